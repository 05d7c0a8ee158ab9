//! Mail that the desk sends by itself.
//!
//! Owns: the acknowledgement of a new ticket, the limits on everything automatic, and the brake that
//! stops all of it. Must not know: how a mail is read, carried or composed.
//!
//! Two machines that answer each other must fall silent by themselves: RFC 3834 says what may be
//! answered at all (`candor_mail::may_answer`), the limits here say how often.

mod acknowledge;
mod brake;
mod limit;

pub use acknowledge::{
    Acknowledgement, AcknowledgementOf, Arrival, ChangeAcknowledgement, acknowledge,
};
pub use brake::{Brake, ReleaseBrake};

use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::id::TicketId;
use candor_store::Tx;

/// Whether the desk may write to an address by itself once more, about a ticket.
pub(crate) fn one_more(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
    address: &str,
) -> Result<bool, DeskError> {
    let sent = tx.automatic_mail_to(address, limit::horizon(cx.now()))?;
    Ok(!limit::is_too_many(&sent, ticket, cx.now()) && !brake::is_on(tx, cx)?)
}

/// Why no automatic answer went out, where it is not the mail itself that forbids it.
pub mod silence {
    /// It belongs to a ticket that is known already.
    pub const KNOWN_TICKET: &str = "known_ticket";
    /// The mailbox acknowledges nothing.
    pub const SWITCHED_OFF: &str = "switched_off";
    /// The same sender wrote the same again and again.
    pub const REPEATS: &str = "repeats";
    /// The address had an acknowledgement within a day.
    pub const WITHIN_A_DAY: &str = "within_a_day";
    /// The address had too many automatic mails.
    pub const TOO_MANY: &str = "too_many";
    /// The address is known not to work.
    pub const DEAD_ADDRESS: &str = "dead_address";
    /// Somebody else wrote under the sender's address.
    pub const FORGED: &str = "forged";
    /// The brake is on: the desk sent too much by itself.
    pub const BRAKE: &str = "brake";
}
