//! Erlang's formulas for work that is answered at once: telephone and chat.
//!
//! Owns: loss (B), delay (C), abandonment (A), staff for a service level, square-root staffing.
//! Must not know: mail, which waits overnight and is simulated instead; calendars.
//!
//! Loads are in erlangs: arrivals a unit of time, times the mean handle time in that unit.

pub mod abandonment;
pub mod delay;
pub mod square_root;

pub use abandonment::{Abandonment, Impatient};
pub use delay::{Delay, agents_for, blocking, delay, gross_staff};
pub use square_root::{garnett, halfin_whitt, square_root_staff};
