//! Which ticket comes next.
//!
//! Owns: the rules of queue order, what an order loses, and what no order can save. Must not know:
//! where tickets are stored, who may take them.

pub mod dispatch;
pub mod loss;
pub mod rule;
pub mod study;

pub use dispatch::{Schedule, dispatch};
pub use loss::{Job, Loss, fewest_late, unavoidable_loss};
pub use rule::{Candidate, Rule, Standing, mean_handle, order};
pub use study::{OrderStudy, study_text};
