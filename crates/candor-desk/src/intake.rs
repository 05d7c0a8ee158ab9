//! Mail in: stored first, understood afterwards.
//!
//! Owns: what becomes of a raw mail from the moment it is accepted. Must not know: sockets.
//!
//! [`receive()`] returns only after the raw bytes and their intake job are durable; whoever answers
//! the sender answers then. Understanding is a job that may be repeated: it makes one message, or
//! puts the mail where a person sees it. What answers by itself is [`crate::automatic`], after the
//! message is stored and within its limits.

mod added;
mod kept;
mod outside;
mod page;
mod past;
mod place;
mod quarantine;
mod read;
mod receive;
mod report;
mod round_trip;
mod sent;
mod staff;
mod understand;

pub use page::{QuarantinedMail, QuarantinedMails, RawMail};
pub use past::{PastLetter, bring_in};
pub use quarantine::{ReleaseIncoming, RetryIncoming};
pub use receive::{Envelope, FETCHED, Handover, Receipt, SENT, receive, receive_from};
pub(crate) use report::is_dead_cause;
pub(crate) use sent::was_sent_by_this_desk;
pub use understand::{LARGEST_MAIL, understand_job};

/// The kind of the job that understands a mail.
pub const INTAKE_JOB: &str = "intake";

/// Why a mail is quarantined, as a word that stands before what the program said.
pub mod reason {
    /// None of its recipients is a mailbox of ours.
    pub const NO_MAILBOX: &str = "no_mailbox";
    /// It is one of our own mails that came back.
    pub const OWN_MAIL: &str = "own_mail";
    /// It names no sender that could be answered.
    pub const NO_SENDER: &str = "no_sender";
    /// It is larger than [`super::LARGEST_MAIL`].
    pub const TOO_LARGE: &str = "too_large";
    /// It was passed on too often: it goes in circles.
    pub const TOO_MANY_HOPS: &str = "too_many_hops";
    /// Somebody of the team seems to answer by mail, and nobody vouches for the sender.
    pub const STAFF_UNVERIFIED: &str = "staff_unverified";
    /// It came to the answer address of somebody else of the team.
    pub const STAFF_OTHER: &str = "staff_other";
    /// Whoever answers does not work here any more.
    pub const STAFF_LEFT: &str = "staff_left";
    /// They may not answer in that ticket.
    pub const STAFF_MAY_NOT: &str = "staff_may_not";
    /// Their answer says nothing of its own.
    pub const STAFF_EMPTY: &str = "staff_empty";
    /// It is a list's mail or a notice, not an answer.
    pub const STAFF_LIST: &str = "staff_list";
    /// The same text came from them again and again.
    pub const STAFF_REPEATS: &str = "staff_repeats";
    /// It was to be kept as a draft while another reply of theirs was on its way.
    pub const STAFF_BUSY: &str = "staff_busy";
    /// Whether a word is about an answer of the team. Letting such a mail in would make a customer's
    /// message of it, so that is not possible.
    pub fn is_of_staff(word: &str) -> bool {
        word.starts_with("staff_")
    }
    /// It was tried several times, and reading it failed each time.
    pub const UNREADABLE: &str = "unreadable";
}
