//! Warnings by mail.
//!
//! Owns: the grouped mail, how often it comes, what it leaves out. Must not know: whom a warning
//! concerns, when a clock warns.
//!
//! A mail says that a machine wrote it, is sent to people of the team alone, never to one of the
//! desk's own addresses, and at most once in ten minutes to each.

use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::outbox::{SecretMail, WarningTexts, filled, queue_secret_mail};
use crate::people::access_of_person;
use candor_domain::actor::Actor;
use candor_domain::id::PersonId;
use candor_domain::people::Person;
use candor_store::Tx;
use candor_store::level::{Warning, WarningReader};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// One mail to one person in so much time.
const BETWEEN_MAILS: SignedDuration = SignedDuration::from_mins(10);
/// Most lines of one mail; the next one brings the rest.
const MOST_LINES: i64 = 50;
/// News that nobody could be sent for so long, for want of a mailbox to send from, is none.
const OLDEST_NEWS: SignedDuration = SignedDuration::from_hours(24);

/// Sends what waits, one mail to each person.
#[derive(Debug, Clone, Copy)]
pub struct MailWarnings;

impl Verb for MailWarnings {
    /// How many mails went out.
    type Output = usize;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<usize, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed("only the desk itself warns"));
        }
        let mut sent = 0;
        for person in tx.who_waits_for_warnings(told_since(cx))? {
            let last = tx.last_warning_mail(person)?;
            let soon = last.is_some_and(|last| cx.now().duration_since(last) < BETWEEN_MAILS);
            if !soon {
                sent += usize::from(mail_to(tx, cx, person)?);
            }
        }
        Ok(sent)
    }
}

/// What was told before this and could not be sent is not sent any more.
fn told_since(cx: &Cx) -> Timestamp {
    let since = cx.now().saturating_sub(OLDEST_NEWS);
    since.unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What is to be told to a person, who may not see every ticket any more that they were warned of.
fn news_of(tx: &mut Tx<'_>, cx: &Cx, person: &Person) -> Result<Vec<Warning>, DeskError> {
    let Some(access) = access_of_person(tx, person)? else {
        return Ok(Vec::new());
    };
    let reader = WarningReader {
        person: person.id,
        visibility: &access.visibility(),
    };
    Ok(tx.warnings_to_mail(reader, told_since(cx), MOST_LINES)?)
}

/// Writes to one person. Without a mailbox to send from nothing goes out, and nothing to an
/// address of the desk: it would come back as a ticket.
fn mail_to(tx: &mut Tx<'_>, cx: &Cx, person: PersonId) -> Result<bool, DeskError> {
    let mailbox = tx.mailboxes()?.into_iter().find(|mailbox| mailbox.active);
    let person = tx.person(person)?.filter(|person| person.active);
    let (Some(mailbox), Some(person)) = (mailbox, person) else {
        return Ok(false);
    };
    if tx.mailbox_by_address(&person.email)?.is_some() {
        return Ok(false);
    }
    let warnings = news_of(tx, cx, &person)?;
    if warnings.is_empty() {
        return Ok(false);
    }
    let brand = tx.brand(mailbox.brand)?;
    let brand = brand.ok_or(DeskError::NotFound("brand"))?;
    let language = person.language.as_deref().unwrap_or(&brand.language);
    let texts = &cx.texts().for_language(language).warning;
    let zone = TimeZone::get(&person.zone).unwrap_or(TimeZone::UTC);
    let lines = warnings.iter().map(|one| line(texts, one, &zone));
    let news = lines.collect::<Vec<_>>().join("\n");
    let number = warnings.len().to_string();
    let link = format!("{}/next", cx.public_url());
    let values = [
        ("name", person.name.as_str()),
        ("brand", brand.name.as_str()),
        ("news", news.as_str()),
        ("number", number.as_str()),
        ("link", link.as_str()),
    ];
    let mail = SecretMail {
        purpose: "warning",
        from: &mailbox.address,
        to: &person.email,
        subject: &filled(&texts.letter.subject, &values),
        body: &filled(&texts.letter.body, &values),
    };
    queue_secret_mail(tx, cx, &mail)?;
    tx.warnings_mailed(person.id, &warnings, cx.now())?;
    Ok(true)
}

fn line(texts: &WarningTexts, warning: &Warning, zone: &TimeZone) -> String {
    let sentence = if warning.step == 3 {
        &texts.late
    } else {
        &texts.soon
    };
    let what = texts.metrics.get(&warning.metric);
    let time = warning.due.map(|due| {
        let local = due.to_zoned(zone.clone());
        local.strftime(&texts.time_form).to_string()
    });
    let number = warning.ticket.to_string();
    let values = [
        ("number", number.as_str()),
        ("subject", warning.subject.as_str()),
        ("what", what.map_or("", String::as_str)),
        ("time", time.as_deref().unwrap_or("–")),
    ];
    filled(sentence, &values)
}
