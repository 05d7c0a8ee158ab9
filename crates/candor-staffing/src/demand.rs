//! What comes in, how many people that takes, and where the roster differs.
//!
//! Owns: the forecast by half hour of the week, the requirement, moves of people. Must not know:
//! dates, names, where the counts come from.

mod forecast;
mod moves;
mod requirement;

pub use forecast::{Forecast, SLOTS, SLOTS_A_DAY, forecast, usual};
pub use moves::{Block, Moves, moves};
pub use requirement::{Class, Requirement, requirement};
