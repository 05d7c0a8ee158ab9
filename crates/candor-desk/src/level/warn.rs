//! Whom warnings reach, and by which way.
//!
//! Owns: the recipients of a warning, the notice that waits for them, the grouped mail. Must not
//! know: when a clock warns, pages.
//!
//! Warnings are working state: what the clocks did stands in the history, whom it was told to does
//! not. A mail says that a machine wrote it, is sent to people of the team alone, never to one of
//! the desk's own addresses, and at most once in ten minutes to each.

use crate::cx::{Cx, Note, Query, Verb};
use crate::error::DeskError;
use crate::outbox::{SecretMail, WarningTexts, filled, queue_secret_mail};
use crate::people::access_of_person;
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, TicketId};
use candor_domain::level::{ClockEvent, Happening, Metric, TicketPromise, Warns};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::level::Warning;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// One mail to one person in so much time.
const BETWEEN_MAILS: SignedDuration = SignedDuration::from_mins(10);
/// Most lines of one mail; the page shows the rest.
const MOST_LINES: i64 = 50;
/// Most warnings on a page.
const MOST_SHOWN: i64 = 20;

/// Tells of what the clocks of a ticket said just now.
pub(super) fn warn(
    tx: &mut Tx<'_>,
    cx: &Cx,
    promise: &TicketPromise,
    said: &[ClockEvent],
) -> Result<(), DeskError> {
    let mut steps: BTreeMap<Metric, i64> = BTreeMap::new();
    for event in said {
        let step = match event.happening {
            Happening::Warn { step } => i64::from(step),
            Happening::Breach => 3,
            _ => continue,
        };
        let last = steps.entry(event.metric).or_default();
        *last = step.max(*last);
    }
    if steps.is_empty() {
        return Ok(());
    }
    let ticket = tx.ticket(promise.ticket)?;
    let ticket = ticket.ok_or(DeskError::NotFound("ticket"))?;
    let level = promise.level.map(|id| tx.level(id)).transpose()?.flatten();
    let warns = level.map(|level| level.warns).unwrap_or_default();
    for (metric, step) in steps {
        let due = due_of(tx, ticket.id, metric)?;
        for person in recipients(tx, &ticket, (&warns, metric))? {
            let warning = Warning {
                person,
                ticket: ticket.id,
                metric,
                step,
                due,
                at: cx.now(),
                subject: String::new(),
            };
            tx.keep_warning(&warning, warns.mail)?;
        }
    }
    Ok(())
}

fn due_of(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    metric: Metric,
) -> Result<Option<Timestamp>, DeskError> {
    let Some(row) = tx.clocks_of(ticket)? else {
        return Ok(None);
    };
    if metric == Metric::Promised {
        let given = tx.given_of(ticket)?;
        return Ok(given.last().map(|given| given.due));
    }
    let clock = row.clocks.clock(metric);
    Ok(clock.breached_at.or(clock.due))
}

/// Everybody whom the level names and who may see the ticket. What somebody promised in a reply is
/// theirs alone. A ticket that nobody has is the leads' even where the level names its assignee
/// only: otherwise nobody would hear of it.
fn recipients(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    (warns, metric): (&Warns, Metric),
) -> Result<BTreeSet<PersonId>, DeskError> {
    let given = if metric == Metric::Promised {
        let given = tx.given_of(ticket.id)?;
        given.last().map(|given| given.by)
    } else {
        None
    };
    let to_leads = warns.leads || (warns.assignee && ticket.assignee.is_none());
    let mut found = BTreeSet::new();
    for person in tx.people()? {
        let Some(access) = access_of_person(tx, &person)? else {
            continue;
        };
        if !access.visibility().sees(&ticket.whereabouts()) {
            continue;
        }
        let wanted = match given {
            Some(by) => by == person.id,
            None => {
                (warns.assignee && ticket.assignee == Some(person.id))
                    || (to_leads && leads(&person, ticket, access.has(Permission::ManageLevels)))
                    || warns.people.contains(&person.id)
            }
        };
        if wanted {
            found.insert(person.id);
        }
    }
    Ok(found)
}

/// Whether somebody leads the team that has a ticket; one of no team is every lead's.
fn leads(person: &Person, ticket: &Ticket, is_lead: bool) -> bool {
    is_lead && ticket.team.is_none_or(|team| person.teams.contains(&team))
}

/// Asks what the reader was warned of and has not put away.
#[derive(Debug, Clone, Copy)]
pub struct MyWarnings;

impl Query for MyWarnings {
    type Output = Vec<Warning>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Warning>, DeskError> {
        let mut all = tx.warnings_of(cx.access()?.person, MOST_SHOWN)?;
        let tickets: Vec<TicketId> = all.iter().map(|one| one.ticket).collect();
        if !tickets.is_empty() {
            let seen = tx.seen_among(&cx.visibility(), &tickets)?;
            all.retain(|one| seen.contains(&one.ticket));
        }
        Ok(all)
    }
}

/// Puts the reader's warnings away.
#[derive(Debug, Clone, Copy)]
pub struct PutWarningsAway;

impl Verb for PutWarningsAway {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        Ok(tx.warnings_seen(cx.access()?.person, cx.now())?)
    }
}

impl Note for PutWarningsAway {}

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
        for person in tx.who_waits_for_warnings()? {
            let last = tx.last_warning_mail(person)?;
            let soon = last.is_some_and(|last| cx.now().duration_since(last) < BETWEEN_MAILS);
            if !soon {
                sent += usize::from(mail_to(tx, cx, person)?);
                tx.warnings_mailed(person, cx.now())?;
            }
        }
        Ok(sent)
    }
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
    let brand = tx.brand(mailbox.brand)?;
    let brand = brand.ok_or(DeskError::NotFound("brand"))?;
    let language = person.language.as_deref().unwrap_or(&brand.language);
    let texts = &cx.texts().for_language(language).warning;
    let warnings = tx.warnings_to_mail(person.id, MOST_LINES)?;
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
    queue_secret_mail(tx, cx, &mail).map(|_| true)
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
