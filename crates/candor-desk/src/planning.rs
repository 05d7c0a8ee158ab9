//! How many people a week needs, against who is there, and a shift plan made for it.
//!
//! Owns: the forecast from the desk's own history, the requirement, the question to the planner.
//! Must not know: pages, how a plan is solved.

mod adopt;
mod own;
mod plan;
mod week;

pub use adopt::{
    AdoptPlan, AdoptionView, PlanChoice, PlanConflict, PlanConflictKind, PlanPreview, PlannedShift,
    UndoAdoption,
};
pub use candor_staffing::demand::{Block, Forecast, SLOTS_A_DAY};
pub use candor_staffing::plan::{Assignment, Lack, PersonTotal, RosterPlan, Shortage};
pub use own::{OwnWeek, OwnWeekView};
pub use plan::{PlanTrouble, plan_week, planned_shifts};
pub use week::{PlanDay, PlanningPage, PlanningView, SkilledWeek};
