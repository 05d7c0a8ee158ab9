//! What clocks are told, and what they tell.
//!
//! Owns: the facts that a clock depends on, without personal data, and the events of clocks.
//! Must not know: how either is stored.

use super::Metric;
use crate::event::TicketEvent;
use crate::id::TermsId;
use crate::ticket::{AfterSend, Change, Status, Urgency};
use crate::word::words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

words! {
    /// Who wrote a public reply.
    ReplyBy {
        /// Somebody of the team. Only this keeps a promise.
        Person = "person",
        /// An acknowledgement, an absence note, a rule: it keeps no promise.
        Automatic = "automatic",
    }
}

/// Something happened to a ticket that its clocks depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fact")]
pub enum Fact {
    /// The ticket begins. A ticket that was split off begins so too, with the time of the message
    /// that it took along.
    Opened {
        /// Whether a customer asked; a ticket that we began owes no first reply.
        asked: bool,
        /// When they asked, where that was before now.
        since: Option<Timestamp>,
        /// How much time there is.
        urgency: Urgency,
        /// What it is promised.
        terms: Option<TermsId>,
    },
    /// The customer wrote again.
    CustomerWrote,
    /// A public reply went out.
    Replied {
        /// Who wrote it.
        by: ReplyBy,
    },
    /// A note among staff.
    Noted,
    /// It moved.
    StatusSet {
        /// Where to.
        status: Status,
    },
    /// Its urgency changed.
    UrgencySet {
        /// To this.
        urgency: Urgency,
    },
    /// Other terms hold: another level, tier or calendar, or other words of the same.
    TermsSet {
        /// These; `None` takes every promise away.
        terms: Option<TermsId>,
    },
    /// Marked as spam, or no more.
    SpamSet {
        /// Which.
        spam: bool,
    },
    /// It went into another ticket.
    Merged,
    /// It came out again.
    Unmerged,
    /// Another ticket went into this one.
    TookOver {
        /// Since when the other's customer has been waiting; `None` when they were not.
        waiting: Option<Timestamp>,
    },
    /// A part of it became a ticket of its own.
    SplitOff {
        /// Since when the customer of what remains has been waiting.
        waiting: Option<Timestamp>,
    },
    /// Somebody said when the customer hears from us. The next reply keeps it.
    PromiseGiven {
        /// Which one of this ticket, from 1.
        cycle: u32,
        /// By when.
        due: Timestamp,
        /// When whoever gave it is reminded.
        remind: Timestamp,
    },
    /// The promise that somebody gave does not hold any more.
    PromiseWithdrawn,
    /// Somebody put it aside for a while. That is their reminder and stops no clock.
    Snoozed {
        /// Until then.
        until: Timestamp,
    },
    /// The clocks were looked at, so that warnings and breaches are noticed.
    Looked,
}

impl Fact {
    /// What an event of a ticket means for its clocks. The opening is not among them: it needs
    /// the terms, which the ticket alone does not know.
    pub fn of(event: &TicketEvent) -> Vec<Self> {
        match event {
            TicketEvent::CustomerWrote { .. } => vec![Self::CustomerWrote],
            TicketEvent::Noted { .. } => vec![Self::Noted],
            TicketEvent::Replied { then, .. } => {
                let status = match then {
                    AfterSend::Wait => Status::Waiting,
                    AfterSend::Open => Status::Open,
                    AfterSend::Solve => Status::Solved,
                };
                let by = ReplyBy::Person;
                vec![Self::Replied { by }, Self::StatusSet { status }]
            }
            TicketEvent::Changed { to, .. } => match to {
                Change::Status(status) => vec![Self::StatusSet { status: *status }],
                Change::Urgency(urgency) => vec![Self::UrgencySet { urgency: *urgency }],
                Change::Spam(spam) => vec![Self::SpamSet { spam: *spam }],
                Change::Assign { .. } | Change::Kind(_) | Change::Tags(_) => Vec::new(),
            },
            TicketEvent::PromiseSet { terms, .. } => vec![Self::TermsSet { terms: *terms }],
            TicketEvent::ClocksLooked { .. } => vec![Self::Looked],
            TicketEvent::PromiseGiven {
                cycle, due, remind, ..
            } => vec![Self::PromiseGiven {
                cycle: *cycle,
                due: *due,
                remind: *remind,
            }],
            TicketEvent::PromiseWithdrawn { .. } => vec![Self::PromiseWithdrawn],
            // Nobody promised anything about it, and nobody waits.
            TicketEvent::BroughtIn { .. } => vec![Self::StatusSet {
                status: Status::Closed,
            }],
            TicketEvent::UrgencyDecided { .. }
            | TicketEvent::UrgencyDecisionDropped { .. }
            | TicketEvent::Opened { .. }
            | TicketEvent::MachineWrote { .. }
            | TicketEvent::LinkRevoked { .. } => Vec::new(),
        }
    }
}

/// What a clock did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "happening")]
pub enum Happening {
    /// It began to watch something.
    Activate,
    /// It stands still; what remains is kept.
    Pause,
    /// It goes on with what remained.
    Resume,
    /// What was promised happened.
    Fulfil {
        /// Before it was due.
        in_time: bool,
    },
    /// It became due and nothing had happened.
    Breach,
    /// A share of the time is gone.
    Warn {
        /// 1 or 2.
        step: u8,
    },
    /// Another target holds.
    Retarget,
    /// There is nothing to watch any more, and nothing to count.
    Withdraw,
}

/// What a clock did, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockEvent {
    /// When it happened, which may be before it was noticed.
    pub at: Timestamp,
    /// Which clock.
    pub metric: Metric,
    /// What.
    #[serde(flatten)]
    pub happening: Happening,
}
