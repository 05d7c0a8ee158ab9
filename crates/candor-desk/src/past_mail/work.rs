//! What is to be done about mailboxes' past, for whoever reads folders.
//!
//! Owns: the tasks, their next mails, and remembering why one cannot go on. Must not know: IMAP.
//! It is working state: nothing of it is in the history.

use super::ask::new_run;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::fetch::{FetchAccount, account_behind, only_the_desk};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_store::fetch::FetchFolder;
use candor_store::past_mail::{PastCame, PastItem, PastMail, PastState};
use candor_store::{Engine, Tx};
use jiff::SignedDuration;

/// For how long a node may go on without saying so again. A step that takes longer and is begun by
/// two nodes does no harm: the later one finds the mails here.
const LEASE: SignedDuration = SignedDuration::from_secs(20);
/// Mails of one step, and their bytes together; a larger one goes alone.
const MOST_MAILS: i64 = 25;
const MOST_BYTES: i64 = 4 * 1024 * 1024;
/// How often a mail is tried before it is given up: once with others, then alone.
pub const MOST_ATTEMPTS: i64 = 4;
/// Rows that one transaction deletes.
const MOST_ROWS: i64 = 400;

/// A mailbox whose past is being counted or brought in.
#[derive(Debug, Clone)]
pub struct PastTask {
    /// Its address.
    pub address: String,
    /// Where its mail lies.
    pub account: FetchAccount,
    /// Where it stands.
    pub past: PastMail,
}

/// Every mailbox of which something is to be done.
#[derive(Debug, Clone, Copy)]
pub struct PastWork;

impl Query for PastWork {
    type Output = Vec<PastTask>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let mut found = Vec::new();
        for past in tx.past_mails()? {
            if !matches!(past.state, PastState::Counting | PastState::Running) {
                continue;
            }
            let mailbox = tx.mailbox(past.mailbox)?.filter(|own| own.active);
            let account = account_behind(tx, cx, past.mailbox)?;
            if let (Some(mailbox), Some(account)) = (mailbox, account) {
                found.push(PastTask {
                    address: mailbox.address.as_str().to_owned(),
                    account,
                    past,
                });
            }
        }
        Ok(found)
    }
}

/// The next mails of a mailbox to bring in; `None` once somebody stopped it.
#[derive(Debug, Clone, Copy)]
pub struct NextPast {
    /// Of which mailbox.
    pub mailbox: MailboxId,
}

impl Query for NextPast {
    type Output = Option<Vec<PastItem>>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let past = tx.past_mail(self.mailbox)?;
        let Some(past) = past.filter(|past| past.state == PastState::Running) else {
            return Ok(None);
        };
        let mut bytes = 0;
        let mut items = tx.next_past_items((self.mailbox, past.run), MOST_MAILS)?;
        // One of a step that failed may be the cause: each of them goes alone.
        let fits = items.iter().take_while(|item| {
            bytes += item.size;
            bytes <= MOST_BYTES && item.attempts == 0
        });
        let fits = fits.count().max(1);
        items.truncate(fits);
        Ok(Some(items))
    }
}

/// Something is in the way.
#[derive(Debug, Clone)]
pub struct PastFailed {
    /// Of which mailbox.
    pub mailbox: MailboxId,
    /// The id under which the sentence is translated.
    pub failure: &'static str,
    /// What the other side said.
    pub detail: String,
    /// Whether it is tried again by itself. Otherwise it stops until a person goes on.
    pub tries_again: bool,
}

impl Verb for PastFailed {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let Some(mut past) = tx.past_mail(self.mailbox)? else {
            return Ok(());
        };
        self.failure.clone_into(&mut past.failure);
        past.failure_detail = self.detail.chars().take(500).collect();
        let goes_on = matches!(past.state, PastState::Running | PastState::Counting);
        if goes_on && !self.tries_again {
            past.state = PastState::Stopped;
        }
        past.changed_at = cx.now();
        Ok(tx.keep_past_mail(&past)?)
    }
}

/// The numbers of a folder mean something else now: it is counted again, and the person asked again.
#[derive(Debug, Clone, Copy)]
pub struct PastRenumbered {
    /// Of which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for PastRenumbered {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let Some(mut past) = tx.past_mail(self.mailbox)? else {
            return Ok(());
        };
        past.run = new_run(cx, Some(&past));
        past.validity = (0, 0);
        past.state = PastState::Counting;
        past.came = PastCame::default();
        past.changed_at = cx.now();
        Ok(tx.keep_past_mail(&past)?)
    }
}

/// Takes or renews the right to read a mailbox's past; false while another node has it.
#[derive(Debug, Clone)]
pub struct TakePastLease {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// Who asks.
    pub holder: String,
}

impl Verb for TakePastLease {
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        only_the_desk(cx)?;
        hold(tx, cx, self.mailbox, &self.holder)
    }
}

pub(super) fn hold(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
    holder: &str,
) -> Result<bool, DeskError> {
    // One process serves a SQLite file; it need not wait for the lease of the one before.
    if tx.engine() == Engine::Sqlite {
        return Ok(true);
    }
    let name = format!("past.{mailbox}");
    Ok(tx.take_lease(&name, holder, cx.now(), cx.now() + LEASE)?)
}

/// A step failed: its mails are tried one by one from now on, and one that fails alone again and
/// again is given up.
#[derive(Debug, Clone)]
pub struct PastStumbled {
    /// Of which mailbox.
    pub mailbox: MailboxId,
    /// The mails of the step.
    pub items: Vec<PastItem>,
}

impl Verb for PastStumbled {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let Some(past) = tx.past_mail(self.mailbox)? else {
            return Ok(());
        };
        for folder in [FetchFolder::Inbox, FetchFolder::Sent] {
            let own = self.items.iter().filter(|item| item.folder == folder);
            let uids: Vec<i64> = own.map(|item| item.uid).collect();
            tx.count_past_attempt((self.mailbox, past.run), folder, &uids)?;
        }
        Ok(())
    }
}

/// Deletes what counts left behind that nobody needs any more, a little at a time.
///
/// # Errors
/// As the store answers.
pub async fn sweep_past(desk: &Desk) -> Result<(), DeskError> {
    for (mailbox, run) in desk.ask(&Actor::System, StalePast).await? {
        while desk.run(&Actor::System, DropPast { mailbox, run }).await? == MOST_ROWS as u64 {}
    }
    Ok(())
}

struct StalePast;

impl Query for StalePast {
    /// Mailboxes with items of earlier runs than this one.
    type Output = Vec<(MailboxId, i64)>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let mut stale = Vec::new();
        for mailbox in tx.mailboxes()? {
            // A new run is always later than now.
            let run = match tx.past_mail(mailbox.id)? {
                Some(past) => past.run,
                None => cx.now().as_microsecond(),
            };
            if tx.has_past_items_before(mailbox.id, run)? {
                stale.push((mailbox.id, run));
            }
        }
        Ok(stale)
    }
}

struct DropPast {
    mailbox: MailboxId,
    run: i64,
}

impl Verb for DropPast {
    type Output = u64;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<u64, DeskError> {
        only_the_desk(cx)?;
        Ok(tx.drop_past_items(self.mailbox, self.run, MOST_ROWS)?)
    }
}
