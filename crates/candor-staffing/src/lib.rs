//! How many people it takes, which ticket comes next, and which promise can be kept.
//!
//! Owns: queueing formulas, queue orders and what they lose, the simulation of a desk, shift plans.
//! Must not know: where tickets are stored, the current time, any randomness but its own seeded one.

pub mod ask;
pub mod backlog;
mod check;
pub mod demand;
pub mod erlang;
pub mod error;
pub mod order;
pub mod plan;
pub mod plot;
pub mod priority;
pub mod promise;
pub mod random;
pub mod simulate;
pub mod statistics;

pub use error::StaffingError;
