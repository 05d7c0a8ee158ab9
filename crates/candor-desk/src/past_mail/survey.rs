//! Counting a mailbox's past before anything is brought in.
//!
//! Owns: how many mails there are, which conversations they make, how many are here already or
//! cannot be read. Must not know: IMAP. It reads heads alone.

use super::ask::new_run;
use super::work::hold;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::fetch::only_the_desk;
use crate::intake::{LARGEST_MAIL, was_sent_by_this_desk};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_mail::{Conversations, MessageId};
use candor_store::Tx;
use candor_store::fetch::FetchFolder;
use candor_store::past_mail::{PastFound, PastItem, PastMail, PastState};
use jiff::Timestamp;
use std::collections::HashMap;

/// Mails that one transaction remembers.
const CHUNK: usize = 200;

/// The head of a mail in a folder.
#[derive(Debug, Clone)]
pub struct Head {
    /// In which folder.
    pub folder: FetchFolder,
    /// Under which number.
    pub uid: u32,
    /// Its size in bytes.
    pub size: u32,
    /// When the server took it in, where it says so.
    pub received: Option<Timestamp>,
    /// Its fields, as far as they say where it belongs.
    pub fields: Vec<u8>,
}

/// A mail that was counted.
#[derive(Debug, Clone)]
struct Seen {
    item: PastItem,
    id: Option<MessageId>,
}

/// What was counted so far.
#[derive(Debug, Default)]
pub struct Survey {
    conversations: Conversations,
    seen: Vec<(usize, Seen)>,
    found: PastFound,
}

impl Survey {
    /// Takes in the head of a mail.
    pub fn take(&mut self, head: &Head) {
        let message = candor_mail::parse(&head.fields).message;
        self.found.mails += 1;
        if i64::from(head.size) > LARGEST_MAIL {
            self.found.too_large += 1;
            return;
        }
        if message.from.is_none() {
            self.found.unreadable += 1;
        }
        let at = match head.folder {
            FetchFolder::Sent => message.date,
            FetchFolder::Inbox => message.received_at(),
        };
        let mail = self.conversations.take(&message);
        let item = PastItem {
            folder: head.folder,
            uid: i64::from(head.uid),
            conversation: 0,
            at: at.or(head.received).unwrap_or_default(),
            size: i64::from(head.size),
            attempts: 0,
        };
        let id = message.message_id;
        self.seen.push((mail, Seen { item, id }));
    }

    /// Mails that were counted so far.
    pub fn mails(&self) -> i64 {
        self.found.mails
    }

    /// The mails in the order in which they are brought in: conversations by their first mail.
    fn finish(mut self) -> (Vec<Seen>, PastFound) {
        let leaders: Vec<usize> = self.seen.iter().map(|(mail, _)| *mail).collect();
        let leaders: Vec<usize> = leaders
            .into_iter()
            .map(|mail| self.conversations.of(mail))
            .collect();
        let mut order: Vec<usize> = (0..self.seen.len()).collect();
        order.sort_by_key(|&mail| self.seen[mail].1.item.at);
        let mut numbers: HashMap<usize, i64> = HashMap::new();
        for mail in order {
            let next = numbers.len() as i64 + 1;
            let number = *numbers.entry(leaders[mail]).or_insert(next);
            self.seen[mail].1.item.conversation = number;
        }
        self.found.conversations = numbers.len() as i64;
        (
            self.seen.into_iter().map(|(_, seen)| seen).collect(),
            self.found,
        )
    }
}

/// One count: of which mailbox, which run, by whom.
#[derive(Debug, Clone)]
pub struct Count {
    /// Of which mailbox.
    pub mailbox: MailboxId,
    /// Which run, as [`BeginCount`] gave it.
    pub run: i64,
    /// Who counts.
    pub holder: String,
}

impl Count {
    /// The row, as long as nobody counts anew, stopped it, or took over. It renews the lease, so
    /// that writing down a long count does not lose it.
    fn stands(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<PastMail>, DeskError> {
        only_the_desk(cx)?;
        let past = counting(tx, self.mailbox)?.filter(|past| past.run == self.run);
        if past.is_none() || !hold(tx, cx, self.mailbox, &self.holder)? {
            return Ok(None);
        }
        Ok(past)
    }
}

/// Remembers what was counted, and asks the person.
///
/// # Errors
/// As the store answers.
pub async fn keep_survey(
    desk: &Desk,
    count: &Count,
    validity: (u32, u32),
    survey: Survey,
) -> Result<(), DeskError> {
    let (seen, found) = survey.finish();
    for chunk in seen.chunks(CHUNK) {
        let verb = KeepSeen {
            count: count.clone(),
            seen: chunk.to_vec(),
        };
        if !desk.run(&Actor::System, verb).await? {
            return Ok(()); // somebody does not want it any more
        }
    }
    let counted = Counted {
        count: count.clone(),
        validity: (i64::from(validity.0), i64::from(validity.1)),
        found,
    };
    desk.run(&Actor::System, counted).await
}

struct KeepSeen {
    count: Count,
    seen: Vec<Seen>,
}

impl Verb for KeepSeen {
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        let Some(mut past) = self.count.stands(tx, cx)? else {
            return Ok(false);
        };
        for seen in &self.seen {
            if let Some(id) = &seen.id
                && (!tx.tickets_by_mail_id(&format!("<{id}>"))?.is_empty()
                    || was_sent_by_this_desk(tx, cx, id)?)
            {
                past.found.known += 1;
            }
        }
        let items: Vec<PastItem> = self.seen.iter().map(|seen| seen.item).collect();
        tx.add_past_items((past.mailbox, past.run), &items)?;
        past.changed_at = cx.now();
        tx.keep_past_mail(&past)?;
        Ok(true)
    }
}

struct Counted {
    count: Count,
    validity: (i64, i64),
    found: PastFound,
}

impl Verb for Counted {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let Some(mut past) = self.count.stands(tx, cx)? else {
            return Ok(());
        };
        past.found = PastFound {
            known: past.found.known,
            ..self.found
        };
        past.validity = self.validity;
        past.state = PastState::Counted;
        past.failure.clear();
        past.failure_detail.clear();
        past.changed_at = cx.now();
        Ok(tx.keep_past_mail(&past)?)
    }
}

/// Begins a count, which makes every earlier one worthless; `None` when nobody wants to know.
#[derive(Debug, Clone, Copy)]
pub struct BeginCount {
    /// Of which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for BeginCount {
    type Output = Option<i64>;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<i64>, DeskError> {
        only_the_desk(cx)?;
        let Some(mut past) = counting(tx, self.mailbox)? else {
            return Ok(None);
        };
        past.run = new_run(cx, Some(&past));
        past.found = PastFound::default();
        past.changed_at = cx.now();
        tx.keep_past_mail(&past)?;
        Ok(Some(past.run))
    }
}

/// Tells how many mails were counted so far; false when nobody wants to know any more, or somebody
/// else counts.
#[derive(Debug, Clone)]
pub struct CountRuns {
    /// Which count.
    pub count: Count,
    /// Mails so far.
    pub mails: i64,
}

impl Verb for CountRuns {
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        let Some(mut past) = self.count.stands(tx, cx)? else {
            return Ok(false);
        };
        past.found.mails = self.mails;
        past.changed_at = cx.now();
        tx.keep_past_mail(&past)?;
        Ok(true)
    }
}

fn counting(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<PastMail>, DeskError> {
    let past = tx.past_mail(mailbox)?;
    Ok(past.filter(|past| past.state == PastState::Counting))
}
