//! Telling people of the team by mail what happened, where they want it.
//!
//! Owns: of what somebody wants mail, who hears of an event, how many mails an hour are enough. Must
//! not know: how such a mail is written or carried, how an answer to it is read.
//!
//! What happened is noted in the transaction of the event and told by a job. Whether somebody may
//! still see the ticket is asked when the mail is queued and again when it is written: nobody reads by
//! mail what the pages would not show them.

mod follow;
mod kept;
mod tell;
mod wish;

pub(crate) use follow::follow;
pub(crate) use kept::{Kept, tell_of_kept};
pub(crate) use tell::may_be_told;
pub use tell::{NOTICE_JOB, tell_held_back, tell_job};
pub(crate) use wish::WishRecord;
pub use wish::{ChangeMailWish, MailWishOf};

pub use candor_store::staff_mail::MailWish;

/// What happened, in a word.
pub(crate) mod kind {
    /// A ticket was given to somebody.
    pub(crate) const ASSIGNED: &str = "assigned";
    /// A customer wrote again.
    pub(crate) const ANSWERED: &str = "answered";
    /// A ticket is new in a team.
    pub(crate) const TEAM: &str = "team";
}
