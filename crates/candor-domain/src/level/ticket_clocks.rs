//! All clocks of a ticket, as a fold of its facts.
//!
//! Owns: what each fact means for each clock. Must not know: where facts come from. The same
//! facts in the same order give the same clocks, at once or one by one, today or in ten years.
//!
//! | fact | effect |
//! |---|---|
//! | note, automatic reply, snooze | none |
//! | reply by a person | fulfils first or next reply, begins the next periodic update |
//! | waiting, on hold | pauses what that status does not count; reply clocks run on |
//! | solved, closed | fulfils requester wait, agent work, resolution; reply clocks pause |
//! | reopened | those go on with what they had spent, at least a quarter of the target left |
//! | urgency, tier, level, calendar | spent time stays spent, at least a quarter remains |
//! | spam, merged into another | pauses everything; coming back goes on with what remained |
//! | took over another ticket | the reply clock counts from the longer of both waits |
//! | promise given in a reply | runs to its moment whatever the status; the next reply by a person keeps it |
//! | split off | the new ticket counts from its message; here the reply clock ends with it |

use super::clock::Clock;
use super::fact::{ClockEvent, Fact, ReplyBy};
use super::given::Given;
use super::rule::{WHOLE_MATTER, is_done, runs_in};
use super::{Metric, Terms, TermsBook};
use crate::id::TermsId;
use crate::ticket::{Status, Urgency};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why clocks cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LevelError {
    /// A fact names terms that are not in the book.
    #[error("nothing is known of the terms {0}; the history names them")]
    UnknownTerms(TermsId),
}

/// The clocks of a ticket and what they depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketClocks {
    /// What it is promised.
    pub terms: Option<TermsId>,
    /// How much time there is.
    pub urgency: Urgency,
    /// Where it stands.
    pub status: Status,
    /// Since when the customer has been waiting for an answer.
    pub waiting_since: Option<Timestamp>,
    /// Up to when time was counted.
    pub seen: Timestamp,
    /// One for each metric, in their order.
    pub clocks: Vec<Clock>,
    /// What somebody promised in a reply, while it is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    spam: bool,
    merged: bool,
    /// Whether the next answer is a first reply.
    owes_first_reply: bool,
}

impl Default for TicketClocks {
    fn default() -> Self {
        Self {
            terms: None,
            urgency: Urgency::Normal,
            status: Status::New,
            waiting_since: None,
            seen: Timestamp::UNIX_EPOCH,
            clocks: Metric::OF_LEVELS.iter().copied().map(Clock::new).collect(),
            given: None,
            spam: false,
            merged: false,
            owes_first_reply: false,
        }
    }
}

/// What happens while one fact is taken in.
struct Step<'a> {
    at: Timestamp,
    terms: Option<&'a Terms>,
    log: Vec<ClockEvent>,
}

impl TicketClocks {
    /// Folds a whole history.
    ///
    /// # Errors
    /// When a fact names unknown terms.
    pub fn fold(
        facts: impl IntoIterator<Item = (Timestamp, Fact)>,
        book: &TermsBook,
    ) -> Result<Self, LevelError> {
        let mut clocks = Self::default();
        for (at, fact) in facts {
            clocks.take(at, &fact, book)?;
        }
        Ok(clocks)
    }

    /// Takes one fact in and tells what the clocks did. A fact that claims to be older than the
    /// one before counts at the time of that one.
    ///
    /// # Errors
    /// When the fact names unknown terms; the clocks are unchanged then.
    pub fn take(
        &mut self,
        at: Timestamp,
        fact: &Fact,
        book: &TermsBook,
    ) -> Result<Vec<ClockEvent>, LevelError> {
        let old_terms = find(self.terms, book)?;
        let terms = match fact {
            Fact::Opened { terms, .. } | Fact::TermsSet { terms } => *terms,
            _ => self.terms,
        };
        let new_terms = find(terms, book)?;
        let at = at.max(self.seen);
        let mut log = Vec::new();
        if let Some(old) = old_terms {
            let seen = self.seen;
            self.clocks
                .iter_mut()
                .for_each(|clock| clock.pass(seen, at, old, &mut log));
        }
        if !self.stands()
            && let Some(given) = &mut self.given
        {
            given.pass(at, &mut log);
        }
        self.seen = at;
        self.terms = terms;
        let mut step = Step {
            at,
            terms: new_terms,
            log,
        };
        self.apply(fact, &mut step);
        self.settle(&mut step);
        Ok(step.log)
    }

    /// Up to when the clocks were counted.
    pub fn seen(&self) -> Timestamp {
        self.seen
    }

    /// The clock of one metric of levels; what somebody promised stands in `given`.
    pub fn clock(&self, metric: Metric) -> &Clock {
        &self.clocks[place(metric)]
    }

    /// The next instant at which a clock warns or is due: then the clocks want to be looked at.
    ///
    /// # Errors
    /// When its terms are unknown.
    pub fn next_moment(&self, book: &TermsBook) -> Result<Option<Timestamp>, LevelError> {
        let terms = find(self.terms, book)?;
        let moments = self
            .clocks
            .iter()
            .filter_map(|clock| clock.next_moment(self.seen, terms?));
        let given = self.given.as_ref().filter(|_| !self.stands());
        Ok(moments.chain(given.and_then(Given::next_moment)).min())
    }

    fn apply(&mut self, fact: &Fact, step: &mut Step<'_>) {
        match *fact {
            Fact::Opened {
                asked,
                since,
                urgency,
                ..
            } => {
                self.urgency = urgency;
                self.open(asked, since, step);
            }
            Fact::CustomerWrote => {
                if !matches!(self.status, Status::New | Status::Open) {
                    self.move_to(Status::Open, step);
                }
                self.wait_since(step.at, step);
            }
            Fact::Replied {
                by: ReplyBy::Person,
            } => self.replied(step),
            Fact::StatusSet { status } => self.move_to(status, step),
            Fact::UrgencySet { urgency } => self.urgency = urgency,
            Fact::SpamSet { spam } => self.spam = spam,
            Fact::Merged => self.merged = true,
            Fact::Unmerged => self.merged = false,
            Fact::TookOver {
                waiting: Some(since),
            } => self.wait_since(since, step),
            Fact::SplitOff { waiting } => self.split_off(waiting, step),
            Fact::PromiseGiven { cycle, due, remind } => {
                self.end_given(step);
                self.given = Some(Given::begin(cycle, step.at, (due, remind), &mut step.log));
            }
            Fact::PromiseWithdrawn => self.end_given(step),
            Fact::TookOver { waiting: None }
            | Fact::Replied {
                by: ReplyBy::Automatic,
            }
            | Fact::Noted
            | Fact::TermsSet { .. }
            | Fact::Snoozed { .. }
            | Fact::Looked => {}
        }
    }

    fn open(&mut self, asked: bool, since: Option<Timestamp>, step: &mut Step<'_>) {
        let since = since.unwrap_or(step.at).min(step.at);
        self.owes_first_reply = asked;
        for metric in WHOLE_MATTER {
            self.begin(metric, since, false, step);
        }
        if asked {
            self.wait_since(since, step);
        }
    }

    /// The customer waits since an instant, which may be longer than we knew.
    fn wait_since(&mut self, since: Timestamp, step: &mut Step<'_>) {
        let since = since.min(step.at);
        let metric = self.reply_metric();
        match self.waiting_since {
            Some(known) if since >= known => {}
            Some(known) => {
                self.waiting_since = Some(since);
                self.backdate(metric, since, known, step);
            }
            None => {
                self.waiting_since = Some(since);
                self.begin(metric, since, false, step);
            }
        }
    }

    fn reply_metric(&self) -> Metric {
        if self.owes_first_reply {
            Metric::FirstReply
        } else {
            Metric::NextReply
        }
    }

    fn replied(&mut self, step: &mut Step<'_>) {
        self.waiting_since = None;
        self.owes_first_reply = false;
        for metric in [
            Metric::FirstReply,
            Metric::NextReply,
            Metric::PeriodicUpdate,
        ] {
            self.clocks[place(metric)].fulfil(step.at, &mut step.log);
        }
        if let Some(given) = self.given.take() {
            given.fulfil(step.at, &mut step.log);
        }
        if !is_done(self.status) {
            self.begin(Metric::PeriodicUpdate, step.at, false, step);
        }
    }

    fn end_given(&mut self, step: &mut Step<'_>) {
        if self.given.take().is_some() {
            Given::withdraw(step.at, &mut step.log);
        }
    }

    /// Whether nothing runs: it is spam, or went into another ticket.
    /// Whether nobody works on it: it is solved or closed, spam, or part of another.
    pub fn is_over(&self) -> bool {
        is_done(self.status) || self.stands()
    }

    fn stands(&self) -> bool {
        self.spam || self.merged
    }

    fn move_to(&mut self, status: Status, step: &mut Step<'_>) {
        let was_done = is_done(self.status);
        self.status = status;
        if is_done(status) && !was_done {
            for metric in WHOLE_MATTER {
                self.clocks[place(metric)].fulfil(step.at, &mut step.log);
            }
            self.clocks[place(Metric::PeriodicUpdate)].withdraw(step.at, &mut step.log);
        }
        if was_done && !is_done(status) {
            for metric in WHOLE_MATTER {
                self.begin(metric, step.at, true, step);
            }
        }
    }

    fn split_off(&mut self, waiting: Option<Timestamp>, step: &mut Step<'_>) {
        if waiting.is_none() {
            self.waiting_since = None;
            let metric = self.reply_metric();
            self.clocks[place(metric)].withdraw(step.at, &mut step.log);
        }
    }

    fn begin(&mut self, metric: Metric, since: Timestamp, carry: bool, step: &mut Step<'_>) {
        let clock = &mut self.clocks[place(metric)];
        if clock.is_active() {
            return;
        }
        clock.activate(since, carry, &mut step.log);
        self.backdate(metric, since, step.at, step);
    }

    fn backdate(&mut self, metric: Metric, from: Timestamp, to: Timestamp, step: &Step<'_>) {
        let Some(terms) = step.terms else { return };
        let clock = &mut self.clocks[place(metric)];
        if let Some(target) = terms.level.target(self.urgency, metric)
            && clock.is_active()
            && from < to
        {
            clock.backdate(from, to, terms, target);
        }
    }

    /// Brings every clock in line with what holds now.
    fn settle(&mut self, step: &mut Step<'_>) {
        let stands = self.stands();
        for clock in &mut self.clocks {
            let target = step
                .terms
                .and_then(|t| t.level.target(self.urgency, clock.metric));
            clock.retarget(step.at, target, &mut step.log);
            let may_run = !stands && runs_in(clock.metric, self.status);
            clock.run(step.at, may_run, step.terms, &mut step.log);
        }
    }
}

fn place(metric: Metric) -> usize {
    metric as usize
}

fn find(terms: Option<TermsId>, book: &TermsBook) -> Result<Option<&Terms>, LevelError> {
    match terms {
        Some(id) => book.get(&id).map(Some).ok_or(LevelError::UnknownTerms(id)),
        None => Ok(None),
    }
}
