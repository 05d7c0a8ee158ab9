//! Looking whether mail flows.
//!
//! Owns: counting what came, and when an alarm begins and ends. Must not know: who hears of it, what
//! people see.

use super::tell;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::fetch::{account_behind, only_the_desk};
use crate::journal::record;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::MailboxId;
use candor_domain::mailbox::Mailbox;
use candor_domain::silence::{HOUR_US, HOURS, UsualMail, WEEKS};
use candor_store::fetch::FetchFolder;
use candor_store::mail_watch::MailWatch;
use candor_store::{Engine, Tx};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::HashMap;

/// Raw mails that one transaction counts.
const CHUNK: i64 = 500;
/// For how long fetching may fail before somebody hears of it.
const FETCH_FAILS: SignedDuration = SignedDuration::from_hours(1);
/// Two looks that lie further apart have a gap between them: the desk did not run.
const LONGEST_GAP: SignedDuration = SignedDuration::from_mins(30);
/// For how long a mail may be overtaken by one whose transaction began before.
const OVERTAKEN: SignedDuration = SignedDuration::from_mins(2);
/// Old hours that one transaction deletes.
const MOST_HOURS: i64 = 400;
/// The words of the two alarms.
pub(super) const SILENCE: &str = "silence";
pub(super) const FETCH: &str = "fetch";

/// Counts what came since the last time, then looks at each mailbox.
///
/// # Errors
/// As the store answers.
pub async fn watch_mail(desk: &Desk) -> Result<(), DeskError> {
    while desk.run(&Actor::System, CountArrived).await? == CHUNK {}
    for mailbox in desk.ask(&Actor::System, Watched).await? {
        // Many hours are read to know what is usual; that is done before the verb.
        let usual = desk.ask(&Actor::System, UsualOf(mailbox)).await?;
        desk.run(&Actor::System, LookAtFlow { mailbox, usual })
            .await?;
    }
    Ok(())
}

/// The hour since the epoch.
fn hour_of(at: Timestamp) -> i64 {
    at.as_microsecond().div_euclid(HOUR_US)
}

/// Counts a mail of the past, so that what is usual is known from the first day.
pub(crate) fn count_past_mail(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    at: Timestamp,
) -> Result<(), DeskError> {
    note(tx, mailbox, at, 1)
}

/// The first hour that anybody still looks at, a week more than what is usual is made of.
fn oldest_hour(watch: &MailWatch, now: Timestamp) -> i64 {
    hour_of(watch.last_at.min(now)) - (WEEKS + 1) * HOURS as i64
}

fn note(tx: &mut Tx<'_>, mailbox: MailboxId, at: Timestamp, mails: i64) -> Result<(), DeskError> {
    let known = tx.mail_watch(mailbox)?;
    let before = known.clone();
    let mut watch = known.unwrap_or_else(|| MailWatch::new(mailbox, at));
    // An hour that nobody looks at any more would be deleted at once.
    if hour_of(at) >= oldest_hour(&watch, watch.last_at) {
        tx.count_mail(mailbox, hour_of(at), mails)?;
    }
    watch.first_at = watch.first_at.min(at);
    watch.last_at = watch.last_at.max(at);
    if before.as_ref() != Some(&watch) {
        tx.keep_mail_watch(&watch)?;
    }
    Ok(())
}

struct CountArrived;

impl Verb for CountArrived {
    type Output = i64;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<i64, DeskError> {
        only_the_desk(cx)?;
        // One writer gives numbers in the order of its commits; several need a moment to end.
        let until = match tx.engine() {
            Engine::Sqlite => Timestamp::MAX,
            Engine::Postgres => cx.now() - OVERTAKEN,
        };
        let arrived = tx.arrived_since_mark(until, CHUNK)?;
        let Some(last) = arrived.last() else {
            return Ok(0);
        };
        tx.keep_mail_mark(last.id)?;
        let mailboxes: HashMap<String, MailboxId> = tx
            .mailboxes()?
            .into_iter()
            .map(|own| (own.address.to_string(), own.id))
            .collect();
        let mut sums: HashMap<(MailboxId, i64), (i64, Timestamp)> = HashMap::new();
        // What the team sent, and what came before the desk, shows nothing about today.
        let shows = |via: &str| !["imap-sent", "imap-past", "imap-past-sent"].contains(&via);
        for mail in arrived.iter().filter(|mail| shows(&mail.via)) {
            for recipient in &mail.recipients {
                let address = EmailAddress::parse(recipient).ok();
                // An address of ours may have a detail of its own.
                let mailbox = address.and_then(|address| {
                    let bare = address.without_detail().to_string();
                    let whole = mailboxes.get(&address.to_string());
                    whole.or_else(|| mailboxes.get(&bare)).copied()
                });
                if let Some(mailbox) = mailbox {
                    let sum = sums.entry((mailbox, hour_of(mail.at)));
                    let sum = sum.or_insert((0, mail.at));
                    *sum = (sum.0 + 1, sum.1.max(mail.at));
                }
            }
        }
        for ((mailbox, _), (mails, at)) in sums {
            note(tx, mailbox, at, mails)?;
        }
        Ok(arrived.len() as i64)
    }
}

struct Watched;

impl Query for Watched {
    type Output = Vec<MailboxId>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let own = tx.mailboxes()?.into_iter().filter(|own| own.active);
        Ok(own.map(|own| own.id).collect())
    }
}

struct UsualOf(MailboxId);

impl Query for UsualOf {
    type Output = Option<UsualMail>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        match tx.mail_watch(self.0)? {
            Some(watch) => usual_of(tx, &watch, cx.now()),
            None => Ok(None),
        }
    }
}

struct LookAtFlow {
    mailbox: MailboxId,
    usual: Option<UsualMail>,
}

impl Verb for LookAtFlow {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        match tx.mailbox(self.mailbox)?.filter(|own| own.active) {
            Some(mailbox) => self.look(tx, cx, &mailbox),
            None => Ok(()),
        }
    }
}

impl LookAtFlow {
    fn look(&self, tx: &mut Tx<'_>, cx: &Cx, mailbox: &Mailbox) -> Result<(), DeskError> {
        let now = cx.now();
        let known = tx.mail_watch(mailbox.id)?;
        let mut watch = known.unwrap_or_else(|| MailWatch {
            last_at: Timestamp::UNIX_EPOCH,
            ..MailWatch::new(mailbox.id, now)
        });
        if now.duration_since(watch.looked_at) > LONGEST_GAP {
            watch.awake_since = now;
        }
        watch.looked_at = now;
        tx.prune_mail_hours(mailbox.id, oldest_hour(&watch, now), MOST_HOURS)?;
        // What somebody put away is over with the next mail.
        watch.accepted_at = watch.accepted_at.filter(|_| watch.last_at <= watch.since);
        let found = match fetching_fails(tx, cx, &watch)? {
            Some(since) => Some((FETCH, since, 0.0)),
            None => self.silence(cx, &watch),
        };
        follow(tx, cx, mailbox, &mut watch, found)?;
        Ok(tx.keep_mail_watch(&watch)?)
    }

    fn silence(&self, cx: &Cx, watch: &MailWatch) -> Option<(&'static str, Timestamp, f64)> {
        let usual = self.usual.as_ref()?;
        let (since, now) = (watch.last_at.as_microsecond(), cx.now().as_microsecond());
        let watched = watch.last_at.max(watch.awake_since).as_microsecond();
        let quiet = usual.is_too_quiet(watched, now);
        quiet.then(|| (SILENCE, watch.last_at, usual.between(since, now)))
    }
}

/// Begins, keeps or ends the alarm by what was found: its word, since when, how many are usual.
fn follow(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: &Mailbox,
    watch: &mut MailWatch,
    found: Option<(&'static str, Timestamp, f64)>,
) -> Result<(), DeskError> {
    let usual = found.map_or(0, |(_, _, usual)| (usual * 1000.0).round() as i64);
    match found {
        Some((alarm, since, _)) if watch.alarm != alarm => {
            alarm.clone_into(&mut watch.alarm);
            (watch.since, watch.usual) = (since, usual);
            let event = json!({ "mailbox": mailbox.id, "alarm": alarm, "usual": usual });
            record(tx, cx, "mail.flow_stopped", event, &[mailbox])?;
            // Somebody knows already.
            if alarm == FETCH || watch.accepted_at.is_none() {
                tell::began(tx, cx, mailbox, watch)?;
            }
        }
        // The number in the words grows with the silence.
        Some(_) => watch.usual = usual,
        // After a gap nobody knows yet whether mail flows again.
        None if watch.alarm == SILENCE && watch.last_at <= watch.since => {}
        // It was tried too rarely since then to say so again; it still fails.
        None if watch.alarm == FETCH && last_failed(tx, cx, watch)?.is_some() => {}
        None if !watch.alarm.is_empty() => {
            watch.alarm.clear();
            let event = json!({ "mailbox": mailbox.id });
            record(tx, cx, "mail.flows_again", event, &[mailbox])?;
            tell::ended(tx, cx, mailbox, watch)?;
        }
        None => {}
    }
    Ok(())
}

/// Since when the inbox of a mailbox cannot be read, where that is for too long.
fn fetching_fails(
    tx: &mut Tx<'_>,
    cx: &Cx,
    watch: &MailWatch,
) -> Result<Option<Timestamp>, DeskError> {
    let since = last_failed(tx, cx, watch)?;
    let tried = |since: &Timestamp| cx.now().duration_since((*since).max(watch.awake_since));
    Ok(since.filter(|since| tried(since) >= FETCH_FAILS))
}

/// When the inbox could be read last, where the last attempt failed.
fn last_failed(
    tx: &mut Tx<'_>,
    cx: &Cx,
    watch: &MailWatch,
) -> Result<Option<Timestamp>, DeskError> {
    if account_behind(tx, cx, watch.mailbox)?.is_none() {
        return Ok(None);
    }
    let place = tx.fetch_place(watch.mailbox, FetchFolder::Inbox)?;
    Ok(place.looked_at.filter(|_| !place.failure.is_empty()))
}

pub(super) fn usual_of(
    tx: &mut Tx<'_>,
    watch: &MailWatch,
    now: Timestamp,
) -> Result<Option<UsualMail>, DeskError> {
    // What is usual is what was usual before it fell silent.
    let until = hour_of(watch.last_at.min(now));
    let from = until - WEEKS * HOURS as i64;
    let hours = tx.mail_hours(watch.mailbox, from)?;
    Ok(UsualMail::of(&hours, hour_of(watch.first_at), until))
}
