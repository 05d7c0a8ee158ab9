//! What a person decides about a mailbox's past.
//!
//! Owns: counting, bringing in, stopping, going on, leaving it. Must not know: how any of it is
//! done.

use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::fetch::{FetchAccount, account_behind};
use crate::journal;
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_domain::record::Recorded;
use candor_store::Tx;
use candor_store::past_mail::{PastCame, PastFound, PastMail, PastState};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// How far back somebody may ask, in months.
pub const MONTHS: [i64; 5] = [3, 6, 12, 24, 60];

/// Looks how much mail a mailbox had before the desk. Nothing is brought in yet.
#[derive(Debug, Clone, Copy)]
pub struct LookAtPast {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// How far back, in months: one of [`MONTHS`].
    pub months: i64,
    /// Whether what the team sent belongs to it.
    pub with_sent: bool,
}

impl Verb for LookAtPast {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        if !MONTHS.contains(&self.months) {
            let words = "choose one of the spans that are offered";
            return Err(DeskError::invalid("months", "error-past-months", words));
        }
        let account = account_behind(tx, cx, self.mailbox)?;
        let account = account.ok_or(DeskError::NotFound("inbox to fetch from"))?;
        let before = tx.past_mail(self.mailbox)?;
        if before
            .as_ref()
            .is_some_and(|past| past.state == PastState::Running)
        {
            return Err(DeskError::Conflict(Conflict::InUse("mailbox's past")));
        }
        let today = cx.now().to_zoned(TimeZone::UTC).date();
        let since = today.saturating_sub(self.months.months());
        tx.keep_past_mail(&PastMail {
            mailbox: self.mailbox,
            state: PastState::Counting,
            run: new_run(cx, before.as_ref()),
            since: since.to_string(),
            until: ends_of(&account, today),
            with_sent: self.with_sent,
            validity: (0, 0),
            found: PastFound::default(),
            came: PastCame::default(),
            failure: String::new(),
            failure_detail: String::new(),
            changed_at: cx.now(),
        })?;
        let asked = json!({ "months": self.months, "with_sent": self.with_sent });
        tell(tx, cx, self.mailbox, "mail.past_counted", asked)
    }
}

/// The days from which on mail belongs to fetching, of the inbox and of the folder of sent mail. A
/// mail of today must never come in as a closed ticket.
fn ends_of(account: &FetchAccount, today: Date) -> (String, String) {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let sent = match &account.sent {
        Some(sent) => sent.since,
        // Nobody fetches it: until the inbox is the desk's, else all there is.
        None => account.since.unwrap_or(today.saturating_add(1.day())),
    };
    // Without a first day, all that lies in the inbox is fetched.
    (day(account.since), day(Some(sent)))
}

/// The number of a new count: later than that of every one before, also of one that was forgotten.
pub(super) fn new_run(cx: &Cx, before: Option<&PastMail>) -> i64 {
    let earlier = before.map_or(0, |past| past.run);
    cx.now().as_microsecond().max(earlier + 1)
}

/// Brings in what was counted, or goes on where it was stopped.
#[derive(Debug, Clone, Copy)]
pub struct BringPastIn {
    /// Of which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for BringPastIn {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut past = of(tx, cx, self.mailbox)?;
        if !matches!(past.state, PastState::Counted | PastState::Stopped) {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        // Where counting itself was stopped, there is nothing yet to say yes to.
        past.state = if past.is_counted() {
            PastState::Running
        } else {
            PastState::Counting
        };
        past.failure.clear();
        past.failure_detail.clear();
        past.changed_at = cx.now();
        tx.keep_past_mail(&past)?;
        let found = json!({ "mails": past.found.mails, "brought": past.came.brought });
        tell(tx, cx, self.mailbox, "mail.past_begun", found)
    }
}

/// Stops bringing in. What is in stays in; it can go on later.
#[derive(Debug, Clone, Copy)]
pub struct StopPast {
    /// Of which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for StopPast {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut past = of(tx, cx, self.mailbox)?;
        if past.state != PastState::Running {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        past.state = PastState::Stopped;
        past.changed_at = cx.now();
        tx.keep_past_mail(&past)?;
        let came = json!({ "brought": past.came.brought });
        tell(tx, cx, self.mailbox, "mail.past_stopped", came)
    }
}

/// Leaves the rest where it is and forgets the counts. What is in stays in.
#[derive(Debug, Clone, Copy)]
pub struct LeavePast {
    /// Of which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for LeavePast {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let past = of(tx, cx, self.mailbox)?;
        if past.state == PastState::Running {
            return Err(DeskError::Conflict(Conflict::InUse("mailbox's past")));
        }
        tx.forget_past_mail(self.mailbox)?;
        let came = json!({ "brought": past.came.brought });
        tell(tx, cx, self.mailbox, "mail.past_left", came)
    }
}

/// What is known of a mailbox's past; `None` while nobody looked.
#[derive(Debug, Clone, Copy)]
pub struct PastOf {
    /// Which mailbox.
    pub mailbox: MailboxId,
}

impl Query for PastOf {
    type Output = Option<PastMail>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        Ok(tx.past_mail(self.mailbox)?)
    }
}

fn of(tx: &mut Tx<'_>, cx: &Cx, mailbox: MailboxId) -> Result<PastMail, DeskError> {
    cx.may_at_all(Permission::ManageMailboxes)?;
    tx.past_mail(mailbox)?
        .ok_or(DeskError::NotFound("mailbox's past"))
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
    kind: &'static str,
    event: Value,
) -> Result<(), DeskError> {
    journal::record(tx, cx, kind, event, &[&PastRecord(mailbox)])
}

/// A mailbox's past as the history names it; its row itself is working state.
struct PastRecord(MailboxId);

impl Recorded for PastRecord {
    fn subject(&self) -> String {
        format!("past:{}", self.0)
    }
    fn facts(&self) -> Value {
        json!({})
    }
}
