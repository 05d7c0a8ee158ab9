//! What priorities do to waiting, by formula.
//!
//! Owns: fixed and accumulating priorities in steady state, the price of calling everything urgent.
//! Must not know: single tickets; those are ordered in `order` and simulated in `simulate`.

pub mod accumulating;
pub mod cobham;
pub mod dilution;

pub use accumulating::{Accumulating, accumulating_waits};
pub use cobham::{Class, Waits, cobham, cobham_single_server};
pub use dilution::{Quota, dilution, effective_levels, longer, quota};
