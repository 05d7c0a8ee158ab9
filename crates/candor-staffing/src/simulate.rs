//! A desk worked through for many weeks.
//!
//! Owns: scenarios, the stream of tickets, people who take them by a rule, what came of it. Must not
//! know: files, the command line, real tickets.

pub mod desk;
pub mod file;
pub mod heat;
mod line;
pub mod measured;
pub mod report;
pub mod scenario;
pub mod stream;
pub mod tally;
pub mod week;

pub use desk::run;
pub use heat::HotHour;
pub use measured::{Measured, measure};
pub use report::{SimulationReport, simulate, simulate_text};
pub use scenario::{NamedRule, Priority, Roster, Scenario};
pub use stream::{Stream, Ticket};
pub use tally::{ClassResult, RunResult};
pub use week::{Hours, Span, Steps};
