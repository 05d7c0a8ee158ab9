//! Telling somebody that their answer by mail stayed a draft.
//!
//! Owns: the reasons. Must not know: how an answer is read, how a draft is kept, how many automatic
//! mails are too many.

use super::follow::enqueue;
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::id::{NoticeId, PersonId};
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::staff_mail::StaffNotice;

/// Why an answer stayed a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Somebody wrote in between.
    Moved,
    /// The ticket is closed.
    Closed,
    /// The ticket is marked as spam.
    Spam,
    /// Its first line looks like an order that the desk does not know.
    Order,
}

impl Kept {
    /// The kind of the notice.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Moved => "kept_moved",
            Self::Closed => "kept_closed",
            Self::Spam => "kept_spam",
            Self::Order => "kept_order",
        }
    }
}

/// Notes that somebody is to be told. They see the newest message, so that they can answer it.
pub(crate) fn tell_of_kept(
    tx: &mut Tx<'_>,
    cx: &Cx,
    person: PersonId,
    ticket: &Ticket,
    why: Kept,
) -> Result<(), DeskError> {
    let notice = StaffNotice {
        id: NoticeId(0),
        person,
        ticket: ticket.id,
        message: ticket.last_public_message,
        kind: why.kind().to_owned(),
        at: cx.now(),
        state: String::new(),
    };
    enqueue(tx, cx, &notice)
}

/// Whether a notice is about an answer that stayed a draft.
pub(super) fn is_kept(kind: &str) -> bool {
    kind.starts_with("kept_")
}
