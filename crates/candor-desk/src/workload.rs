//! How much work there is: how long answers take, how busy the team is, how much is called urgent.
//!
//! Owns: the measure of an answer, utilisation, the health of priorities with its quota. Must not
//! know: pages. It counts tickets and answers and never people.

mod busy;
mod handle;
mod health;

pub use busy::Busy;
pub use handle::{HandleTime, HandleTimeView};
pub use health::{
    KeepUrgentQuota, LastTickets, PriorityAlarm, PriorityHealth, PriorityHealthView, Shares,
};

pub(crate) use handle::{handle_time, note_answer};
pub(crate) use health::alarm_for_leads;
