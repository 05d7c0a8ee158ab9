//! Changes of a ticket: refuse, or return the event.
//!
//! Owns: every transition of a ticket. Must not know: who is allowed to ask for it.

use super::{Kind, Status, Ticket, Urgency, clean_tag};
use crate::event::TicketEvent;
use crate::id::{MessageId, PersonId, TeamId};
use crate::word::words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One change of a ticket. Its opposite is a change too, which is what undo applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Gives the ticket to a team and a person; both may be nobody.
    Assign {
        /// The team.
        team: Option<TeamId>,
        /// The person.
        person: Option<PersonId>,
    },
    /// Says what the customer wants.
    Kind(Option<Kind>),
    /// Says how much time there is.
    Urgency(Urgency),
    /// Replaces the tags.
    Tags(Vec<String>),
    /// Moves it: wait, hold, solve, close, reopen.
    Status(Status),
    /// Marks it as spam or takes the mark away.
    Spam(bool),
}

words! {
    /// What happens to the ticket once the reply is out.
    AfterSend {
        /// It waits for the customer.
        Wait = "wait",
        /// It stays open.
        Open = "open",
        /// It is solved.
        Solve = "solve",
    }
}

/// The rule that a change would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TicketRule {
    /// Nothing would change.
    #[error("the ticket is so already")]
    AlreadySo,
    /// The customer must write, or somebody must reopen it, before that.
    #[error("the ticket is closed; reopen it first")]
    Closed,
    /// `new` is where a ticket begins; nothing goes back there by hand.
    #[error("a ticket cannot be made new again")]
    NotNewAgain,
    /// More tags than one ticket may have.
    #[error("a ticket can have at most {} tags", Ticket::MAX_TAGS)]
    TooManyTags,
    /// Marked as spam: no mail goes to its sender.
    #[error("the ticket is marked as spam; take the mark away first")]
    Spam,
}

impl Ticket {
    /// Applies a change. The caller stores the new state and the event together, or neither.
    ///
    /// # Errors
    /// Names the rule that forbids it; the ticket is unchanged then.
    pub fn change(&mut self, to: Change, at: Timestamp) -> Result<TicketEvent, TicketRule> {
        let from = self.current(&to);
        let to = match to {
            Change::Tags(tags) => Change::Tags(clean_tags(&tags)?),
            other => other,
        };
        if from == to {
            return Err(TicketRule::AlreadySo);
        }
        self.check(&to)?;
        self.put(&to, at);
        self.touch(at);
        Ok(TicketEvent::Changed {
            ticket: self.id,
            from,
            to,
        })
    }

    /// Takes a change back by applying its opposite, which may lead where `change` would not
    /// (a ticket that was new becomes new again).
    ///
    /// # Errors
    /// `AlreadySo` when nothing would change.
    pub fn change_back(&mut self, to: Change, at: Timestamp) -> Result<TicketEvent, TicketRule> {
        let from = self.current(&to);
        if from == to {
            return Err(TicketRule::AlreadySo);
        }
        self.put(&to, at);
        self.touch(at);
        Ok(TicketEvent::Changed {
            ticket: self.id,
            from,
            to,
        })
    }

    /// A message of the customer arrived: waiting, on hold and solved tickets are open again.
    ///
    /// # Errors
    /// `Closed`: the caller opens a new ticket that follows this one.
    pub fn customer_wrote(
        &mut self,
        message: MessageId,
        at: Timestamp,
    ) -> Result<TicketEvent, TicketRule> {
        if self.status == Status::Closed {
            return Err(TicketRule::Closed);
        }
        let reopened = matches!(
            self.status,
            Status::Waiting | Status::OnHold | Status::Solved
        );
        if reopened {
            self.put(&Change::Status(Status::Open), at);
        }
        self.waiting_since.get_or_insert(at);
        self.last_public_message = Some(message);
        self.touch(at);
        Ok(TicketEvent::CustomerWrote {
            ticket: self.id,
            message,
            reopened,
        })
    }

    /// A machine wrote in the customer's place. Status, clocks and the customer's turn stay.
    pub fn machine_wrote(&mut self, message: MessageId, at: Timestamp) -> TicketEvent {
        self.touch(at);
        TicketEvent::MachineWrote {
            ticket: self.id,
            message,
        }
    }

    /// A reply of ours goes out.
    ///
    /// # Errors
    /// `Closed` or `Spam`: no mail goes out from there.
    pub fn replied(
        &mut self,
        message: MessageId,
        then: AfterSend,
        at: Timestamp,
    ) -> Result<TicketEvent, TicketRule> {
        self.check_reply()?;
        self.waiting_since = None;
        self.last_public_message = Some(message);
        let status = match then {
            AfterSend::Wait => Status::Waiting,
            AfterSend::Open => Status::Open,
            AfterSend::Solve => Status::Solved,
        };
        self.put(&Change::Status(status), at);
        self.touch(at);
        Ok(TicketEvent::Replied {
            ticket: self.id,
            message,
            then,
        })
    }

    /// Whether a reply could go out now.
    ///
    /// # Errors
    /// Names the rule that forbids it.
    pub fn check_reply(&self) -> Result<(), TicketRule> {
        match self.status {
            Status::Closed => Err(TicketRule::Closed),
            _ if self.spam => Err(TicketRule::Spam),
            _ => Ok(()),
        }
    }

    /// A note among staff was written.
    pub fn noted(&mut self, message: MessageId, at: Timestamp) -> TicketEvent {
        self.touch(at);
        TicketEvent::Noted {
            ticket: self.id,
            message,
        }
    }

    /// Makes every customer link sent so far invalid.
    pub fn revoke_link(&mut self, at: Timestamp) -> TicketEvent {
        self.link_epoch += 1;
        self.touch(at);
        TicketEvent::LinkRevoked {
            ticket: self.id,
            epoch: self.link_epoch,
        }
    }

    fn current(&self, like: &Change) -> Change {
        match like {
            Change::Assign { .. } => Change::Assign {
                team: self.team,
                person: self.assignee,
            },
            Change::Kind(_) => Change::Kind(self.kind),
            Change::Urgency(_) => Change::Urgency(self.urgency),
            Change::Tags(_) => Change::Tags(self.tags.clone()),
            Change::Status(_) => Change::Status(self.status),
            Change::Spam(_) => Change::Spam(self.spam),
        }
    }

    fn check(&self, to: &Change) -> Result<(), TicketRule> {
        match to {
            Change::Status(Status::New) => Err(TicketRule::NotNewAgain),
            Change::Status(Status::Waiting | Status::OnHold | Status::Solved)
                if self.status == Status::Closed =>
            {
                Err(TicketRule::Closed)
            }
            _ => Ok(()),
        }
    }

    fn put(&mut self, change: &Change, at: Timestamp) {
        match change {
            Change::Assign { team, person } => (self.team, self.assignee) = (*team, *person),
            Change::Kind(kind) => self.kind = *kind,
            Change::Urgency(urgency) => self.urgency = *urgency,
            Change::Tags(tags) => self.tags.clone_from(tags),
            Change::Spam(spam) => self.spam = *spam,
            Change::Status(status) => {
                self.status = *status;
                match status {
                    Status::Solved => self.solved_at = Some(at),
                    Status::Closed => {}
                    _ => self.solved_at = None,
                }
            }
        }
    }

    fn touch(&mut self, at: Timestamp) {
        self.updated_at = at;
        self.version += 1;
    }
}

fn clean_tags(tags: &[String]) -> Result<Vec<String>, TicketRule> {
    let mut clean: Vec<String> = tags.iter().filter_map(|tag| clean_tag(tag)).collect();
    clean.sort();
    clean.dedup();
    if clean.len() > Ticket::MAX_TAGS {
        return Err(TicketRule::TooManyTags);
    }
    Ok(clean)
}
