//! Who works when, who is away, who takes a shift for somebody else.
//!
//! Owns: shifts, absences and swaps with their rules, and what they make of a day together. Must
//! not know: tickets, how many people a day needs.

mod absence;
mod adoption;
mod book;
mod shift;
mod swap;

pub use absence::{Absence, AbsenceKind, AbsenceState};
pub use adoption::Adoption;
pub use book::{RosterBook, ShiftDay, Standing};
pub use shift::{Days, Shift, ShiftRule};
pub use swap::{Swap, SwapState};

/// Why a change of the roster is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RosterRule {
    /// It was decided, taken or withdrawn already.
    #[error("somebody decided this in the meantime")]
    Decided,
    /// Nobody stands in for themselves, and nobody takes their own shift.
    #[error("that needs somebody else")]
    Oneself,
    /// The shift is not on that day.
    #[error("there is no such shift on that day")]
    NoSuchDay,
    /// A plan was made for a roster that is not so any more.
    #[error("the roster, the opening hours or the absences changed since the plan was made")]
    PlanOutdated,
}
