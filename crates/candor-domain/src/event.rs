//! What happened, in the past tense.
//!
//! Owns: the kinds of events with their facts. Facts hold no personal data: ids, numbers and the
//! desk's own words only. Must not know: where events are kept.

use crate::id::{ContractId, CustomerId, LevelId, MailboxId, MessageId, TermsId, TicketId};
use crate::level::{ClockEvent, Happening, LevelReason};
use crate::message::Channel;
use crate::ticket::{AfterSend, Change, Status, Urgency};
use crate::urgency::UrgencyGround;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum TicketEvent {
    /// It was opened by its first message.
    Opened {
        /// Which.
        ticket: TicketId,
        /// Who asked.
        customer: CustomerId,
        /// Where.
        mailbox: MailboxId,
        /// How.
        channel: Channel,
        /// The first message.
        message: MessageId,
        /// The closed ticket it goes on from.
        follows: Option<TicketId>,
    },
    /// It is from before the desk: mails of a mailbox's past made it, or were added to it.
    BroughtIn {
        /// Which.
        ticket: TicketId,
        /// Who asked.
        customer: CustomerId,
        /// From which mailbox.
        mailbox: MailboxId,
        /// How many mails came with this.
        mails: usize,
    },
    /// The customer wrote again.
    CustomerWrote {
        /// Where.
        ticket: TicketId,
        /// What.
        message: MessageId,
        /// Whether it was not our turn before.
        reopened: bool,
    },
    /// A machine answered in the customer's place: an absence, a receipt. It is nobody's turn for it.
    MachineWrote {
        /// Where.
        ticket: TicketId,
        /// What.
        message: MessageId,
    },
    /// Our answer went out.
    Replied {
        /// Where.
        ticket: TicketId,
        /// What.
        message: MessageId,
        /// And then.
        then: AfterSend,
    },
    /// A note was written.
    Noted {
        /// Where.
        ticket: TicketId,
        /// What.
        message: MessageId,
    },
    /// One property was changed.
    Changed {
        /// Where.
        ticket: TicketId,
        /// What it was.
        from: Change,
        /// What it is.
        to: Change,
    },
    /// Customer links sent before lead nowhere now.
    LinkRevoked {
        /// Where.
        ticket: TicketId,
        /// The number of revocations so far.
        epoch: i64,
    },
    /// Another service level, or another wording of it, holds from now on.
    PromiseSet {
        /// Where.
        ticket: TicketId,
        /// The level; `None` promises nothing.
        level: Option<LevelId>,
        /// Why it has this level.
        reason: Option<LevelReason>,
        /// The wording that its clocks run by.
        terms: Option<TermsId>,
        /// The contract that it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contract: Option<ContractId>,
    },
    /// Its clocks reached a warning or the end of what was promised.
    ClocksLooked {
        /// Where.
        ticket: TicketId,
        /// What they did, in order.
        said: Vec<ClockEvent>,
    },
    /// Somebody said when the customer hears from us.
    PromiseGiven {
        /// Where.
        ticket: TicketId,
        /// Which one of this ticket, from 1.
        cycle: u32,
        /// By when.
        due: Timestamp,
        /// When whoever gave it is reminded.
        remind: Timestamp,
    },
    /// It does not hold any more.
    PromiseWithdrawn {
        /// Where.
        ticket: TicketId,
        /// Which.
        cycle: u32,
    },
    /// Somebody decided otherwise than the facts suggest.
    UrgencyDecided {
        /// Where.
        ticket: TicketId,
        /// What was suggested.
        suggested: Urgency,
        /// Because of this.
        ground: UrgencyGround,
        /// What they chose.
        chosen: Urgency,
    },
    /// That decision was taken back.
    UrgencyDecisionDropped {
        /// Where.
        ticket: TicketId,
    },
}

impl TicketEvent {
    /// The journal's kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "ticket.opened",
            Self::BroughtIn { .. } => "ticket.brought_in",
            Self::CustomerWrote { .. } => "ticket.customer_wrote",
            Self::MachineWrote { .. } => "ticket.machine_wrote",
            Self::Replied { .. } => "ticket.replied",
            Self::Noted { .. } => "ticket.noted",
            Self::LinkRevoked { .. } => "ticket.link_revoked",
            Self::PromiseSet { .. } => "ticket.promise_set",
            Self::PromiseGiven { .. } => "ticket.promise_given",
            Self::PromiseWithdrawn { .. } => "ticket.promise_withdrawn",
            Self::UrgencyDecided { .. } => "ticket.urgency_decided",
            Self::UrgencyDecisionDropped { .. } => "ticket.urgency_decision_dropped",
            Self::ClocksLooked { said, .. } => {
                let broken = |event: &ClockEvent| event.happening == Happening::Breach;
                if said.iter().any(broken) {
                    "ticket.promise_broken"
                } else {
                    "ticket.promise_warned"
                }
            }
            Self::Changed { to, .. } => match to {
                Change::Assign { .. } => "ticket.assigned",
                Change::Kind(_) => "ticket.kind_set",
                Change::Urgency(_) => "ticket.urgency_set",
                Change::Tags(_) => "ticket.tagged",
                Change::Spam(true) => "ticket.marked_spam",
                Change::Spam(false) => "ticket.cleared_of_spam",
                Change::Status(Status::Waiting) => "ticket.set_waiting",
                Change::Status(Status::OnHold) => "ticket.put_on_hold",
                Change::Status(Status::Solved) => "ticket.solved",
                Change::Status(Status::Closed) => "ticket.closed",
                Change::Status(Status::New | Status::Open) => "ticket.reopened",
            },
        }
    }

    /// The ticket it happened to.
    pub fn ticket(&self) -> TicketId {
        match self {
            Self::Opened { ticket, .. }
            | Self::BroughtIn { ticket, .. }
            | Self::CustomerWrote { ticket, .. }
            | Self::MachineWrote { ticket, .. }
            | Self::Replied { ticket, .. }
            | Self::Noted { ticket, .. }
            | Self::Changed { ticket, .. }
            | Self::LinkRevoked { ticket, .. }
            | Self::PromiseSet { ticket, .. }
            | Self::PromiseGiven { ticket, .. }
            | Self::PromiseWithdrawn { ticket, .. }
            | Self::UrgencyDecided { ticket, .. }
            | Self::UrgencyDecisionDropped { ticket }
            | Self::ClocksLooked { ticket, .. } => *ticket,
        }
    }

    /// Whether the desk itself noted this because of something else: nobody did it, and nobody
    /// takes it back.
    pub fn is_clockwork(&self) -> bool {
        match self {
            Self::ClocksLooked { .. } => true,
            Self::PromiseSet { reason, .. } => *reason != Some(LevelReason::Explicit),
            _ => false,
        }
    }
}
