//! Mails from before the desk, as messages of closed tickets.
//!
//! Owns: reading them, their true time, settling them, and that nothing follows from
//! it: no clock, no acknowledgement, no mood, no mail. Must not know: where the mails come from.
//!
//! The rules of trust are those of mail that comes in today: nobody gets into a conversation by
//! naming it. What came in the past never joins a ticket of today; an answer of the team to one
//! does.

mod bringing;

use super::place::our_mailbox;
use super::read::{ReadError, ReadMail, read_mail};
use super::reason;
use super::receive::{Envelope, Handover, StoreIncoming, stage_incoming};
use super::sent::NO_TICKET;
use super::understand::{LARGEST_MAIL, Understand};
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::past_mail::MOST_ATTEMPTS;
use crate::sender_check::check_front;
use bringing::Bringing;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_store::Tx;
use candor_store::fetch::FetchFolder;
use candor_store::intake::{Incoming, IncomingState};
use candor_store::past_mail::PastState;
use jiff::Timestamp;

/// The way of a mail from before the desk that came to us.
pub(super) const PAST: &str = "imap-past";
/// The way of one that the team sent.
pub(super) const PAST_SENT: &str = "imap-past-sent";

/// A mail of the past as it was fetched.
#[derive(Debug, Clone)]
pub struct PastLetter {
    /// From which folder.
    pub folder: FetchFolder,
    /// Under which number.
    pub uid: i64,
    /// When the server took it in.
    pub at: Timestamp,
    /// Its bytes; `None` where it is gone meanwhile.
    pub raw: Option<Vec<u8>>,
    /// How often it was tried in vain.
    pub attempts: i64,
}

/// Brings in mails of a mailbox's past, each settled in the transaction that stores it. False when
/// somebody stopped it meanwhile; nothing was done then.
///
/// # Errors
/// `Unavailable` when they cannot be stored at the moment; the same mails may come again.
pub async fn bring_in(
    desk: &Desk,
    mailbox: (MailboxId, &str),
    letters: Vec<PastLetter>,
) -> Result<bool, DeskError> {
    let mut prepared = Vec::with_capacity(letters.len());
    for letter in letters {
        let of = (letter.folder, letter.uid);
        let what = prepare(desk, mailbox.1, letter).await?;
        prepared.push((of, what));
    }
    let verb = BringIn {
        mailbox: mailbox.0,
        prepared,
    };
    desk.run(&Actor::Mail, verb).await
}

/// What is known of a mail before the verb.
enum Prepared {
    /// It is no longer in its folder.
    Gone,
    /// It is here already.
    Known,
    /// It could not be read.
    Broken(StoreIncoming, String),
    /// It was read.
    Read(StoreIncoming, Box<Understand>, Timestamp),
}

async fn prepare(desk: &Desk, address: &str, letter: PastLetter) -> Result<Prepared, DeskError> {
    let Some(raw) = letter.raw.filter(|raw| raw.len() as i64 <= LARGEST_MAIL) else {
        return Ok(Prepared::Gone);
    };
    let envelope = Envelope {
        via: match letter.folder {
            FetchFolder::Inbox => PAST.to_owned(),
            FetchFolder::Sent => PAST_SENT.to_owned(),
        },
        mail_from: String::new(),
        recipients: vec![address.to_owned()],
    };
    let bytes = raw.clone();
    let stored = stage_incoming(desk, &envelope, &Handover::default(), raw).await?;
    if desk.ask(&Actor::Mail, IsKnown(stored.clone())).await? {
        return Ok(Prepared::Known);
    }
    if letter.attempts >= MOST_ATTEMPTS {
        let why = format!("it could not be brought in, {} times", letter.attempts);
        return Ok(Prepared::Broken(stored, why));
    }
    let incoming = stored.before_it_is_stored(letter.at);
    let mail = match read_mail(desk, &incoming, bytes).await {
        Ok(mail) => mail,
        Err(ReadError::Later(error)) => return Err(error),
        Err(ReadError::Broken(why)) => return Ok(Prepared::Broken(stored, why)),
    };
    let checked = check_front(desk, &mail.message).await?;
    let at = true_time(&incoming, &mail).min(desk.now());
    let understood = Understand {
        incoming,
        mail,
        checked,
    };
    Ok(Prepared::Read(stored, Box::new(understood), at))
}

/// When a mail really happened: what the team sent, when it says; what came, when the last server
/// took it in. Where neither is written, when the folder got it.
fn true_time(incoming: &Incoming, mail: &ReadMail) -> Timestamp {
    let written = if incoming.via == PAST_SENT {
        mail.message.date
    } else {
        mail.message.received_at()
    };
    written.unwrap_or(incoming.received_at)
}

/// A mail that the team sent and that was read before its conversation was here: no message was
/// made of it then, and now one is.
fn is_left_over(earlier: &Incoming) -> bool {
    earlier.message.is_none()
        && earlier.state == IncomingState::Understood
        && earlier.error == NO_TICKET
}

struct IsKnown(StoreIncoming);

impl Query for IsKnown {
    type Output = bool;
    fn read(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<bool, DeskError> {
        let earlier = self.0.earlier(tx)?;
        Ok(earlier.is_some_and(|earlier| !is_left_over(&earlier)))
    }
}

struct BringIn {
    mailbox: MailboxId,
    prepared: Vec<((FetchFolder, i64), Prepared)>,
}

impl Verb for BringIn {
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        let past = tx.past_mail(self.mailbox)?;
        let Some(mut past) = past.filter(|past| past.state == PastState::Running) else {
            return Ok(false);
        };
        let mailbox = tx.mailbox(self.mailbox)?;
        let mut bringing = Bringing::into(mailbox.ok_or(DeskError::NotFound("mailbox"))?);
        for (_, what) in &self.prepared {
            bringing.settle(tx, cx, what)?;
        }
        past.came.add(&bringing.came);
        bringing.finish(tx, cx)?;
        for folder in [FetchFolder::Inbox, FetchFolder::Sent] {
            let own = self.prepared.iter().filter(|((of, _), _)| *of == folder);
            let uids: Vec<i64> = own.map(|((_, uid), _)| *uid).collect();
            tx.settle_past_items((self.mailbox, past.run), folder, &uids)?;
        }
        if tx.next_past_items((self.mailbox, past.run), 1)?.is_empty() {
            past.state = PastState::Done;
        }
        past.failure.clear();
        past.failure_detail.clear();
        past.changed_at = cx.now();
        tx.keep_past_mail(&past)?;
        // A past moves more tickets in a moment than a team does in a week.
        tx.fold_counts()?;
        Ok(true)
    }
}

impl Understand {
    /// Whether it is from before the desk.
    pub(super) fn is_past(&self) -> bool {
        [PAST, PAST_SENT].contains(&self.incoming.via.as_str())
    }

    /// Makes a message of one mail of the past that was put aside and that a person tries again.
    pub(super) fn take_past(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let Some(mailbox) = our_mailbox(tx, &self.named_recipients())? else {
            return self.put_aside(tx, cx, reason::NO_MAILBOX);
        };
        let at = true_time(&self.incoming, &self.mail).min(cx.now());
        let mut bringing = Bringing::into(mailbox);
        bringing.take(tx, cx, self, (self.incoming.id, at))?;
        bringing.finish(tx, cx)
    }
}
