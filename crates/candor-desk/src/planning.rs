//! How many people a week needs, against who is there, and a shift plan made for it.
//!
//! Owns: the forecast from the desk's own history, the requirement, the question to the planner.
//! Must not know: pages, how a plan is solved.

mod plan;
mod week;

pub use candor_staffing::demand::{Block, SLOTS_A_DAY};
pub use candor_staffing::plan::{Assignment, PersonTotal, RosterPlan};
pub use plan::{PlanTrouble, plan_week};
pub use week::{PlanDay, PlanningPage, PlanningView};
