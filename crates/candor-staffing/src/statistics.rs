//! How much a count or a sample can say.
//!
//! Owns: intervals, tolerance bounds, tails, dispersion. Must not know: what was counted.

pub mod interval;
pub mod normal;
pub mod tail;
pub mod tolerance;

pub use interval::{Interval, dispersion_index, wilson};
pub use tail::{Alarm, binomial_at_least, poisson_at_least, surge};
pub use tolerance::tolerance_rank;
