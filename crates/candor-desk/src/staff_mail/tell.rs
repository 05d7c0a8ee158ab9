//! Telling, one mail for each event, and not more than are read.
//!
//! Owns: the limit of mails to one person in an hour, and the one line about what is above it. Must
//! not know: what the mails say.

use super::kept::is_kept;
use super::kind;
use crate::automatic::one_more;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::outbox::{SecretMail, StaffLetterMail, filled, queue_secret_mail, queue_staff_letter};
use crate::people::access_of_person;
use crate::worker::{JobOutcome, JobRun};
use candor_domain::actor::Actor;
use candor_domain::id::{NoticeId, PersonId};
use candor_domain::mailbox::Mailbox;
use candor_domain::people::Person;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::automatic::AutomaticMail;
use candor_store::staff_mail::{NoticeEnd, StaffNotice};
use jiff::{SignedDuration, Timestamp};

/// The job that tells one thing; its payload is the number of the notice.
pub const NOTICE_JOB: &str = "staff-notice";

/// Most mails to one person within [`WINDOW`].
const MOST_IN_AN_HOUR: i64 = 20;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// What waits longer was held back by the limit: its job has run.
const HELD_BACK: SignedDuration = SignedDuration::from_mins(2);
/// What is counted in one mail, people in one round, and rows that are swept in one.
const MOST_SUMMED: i64 = 100;
const MOST_PEOPLE: i64 = 50;
const MOST_SWEPT: i64 = 500;
/// What was told is forgotten after this time.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Tells one thing.
pub async fn tell_job(desk: Desk, job: JobRun) -> JobOutcome {
    let Ok(notice) = job.payload.parse::<NoticeId>() else {
        return JobOutcome::GiveUp("the job names no notice".to_owned());
    };
    match desk.run(&Actor::System, Tell(notice)).await {
        Ok(()) => JobOutcome::Done,
        Err(error) => job.after_error(&error),
    }
}

/// Tells in one line what the limit held back, as soon as it allows; and forgets what is old.
pub async fn tell_held_back(desk: &Desk) -> Result<(), DeskError> {
    for person in desk.ask(&Actor::System, WhoWaits).await? {
        desk.run(&Actor::System, SumUp(person)).await?;
    }
    Ok(())
}

struct Tell(NoticeId);

impl Verb for Tell {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let notice = tx.staff_notice(self.0)?;
        let Some(notice) = notice.filter(|notice| notice.state == "waiting") else {
            return Ok(()); // an earlier run told it
        };
        let Some((person, ticket)) = may_be_told(tx, &notice)? else {
            return Ok(tx.settle_staff_notice(notice.id, NoticeEnd::Dropped)?);
        };
        let Some(mailbox) = sender_for(tx, Some(&ticket))? else {
            return Ok(tx.settle_staff_notice(notice.id, NoticeEnd::Dropped)?);
        };
        if hour_is_full(tx, cx, person.id)? {
            return Ok(()); // it is counted in a line of a later mail
        }
        // Where their answer stayed a draft a machine answers a mail: the limits on that hold too.
        let answers = is_kept(&notice.kind);
        if answers && !one_more(tx, cx, ticket.id, person.email.as_str())? {
            return Ok(tx.settle_staff_notice(notice.id, NoticeEnd::Dropped)?);
        }
        let letter = StaffLetterMail {
            notice: &notice,
            mailbox: &mailbox,
            to: &person.email,
        };
        let mail = queue_staff_letter(tx, cx, &letter)?;
        if let (true, Some(message)) = (answers, notice.message) {
            tx.add_automatic_mail(&AutomaticMail {
                outbox: mail,
                ticket: ticket.id,
                message,
                address: person.email.to_string(),
                at: cx.now(),
            })?;
        }
        Ok(tx.settle_staff_notice(notice.id, NoticeEnd::Sent(mail, cx.now()))?)
    }
}

fn hour_is_full(tx: &mut Tx<'_>, cx: &Cx, person: PersonId) -> Result<bool, DeskError> {
    let sent = tx.staff_notices_sent(person, cx.now() - WINDOW)?;
    Ok(sent >= MOST_IN_AN_HOUR)
}

/// The person and the ticket of a notice, if it may be told at this moment: they work here, still want
/// it, see the ticket, and their address is none of the desk's, whose mail would come back as a ticket.
pub(crate) fn may_be_told(
    tx: &mut Tx<'_>,
    notice: &StaffNotice,
) -> Result<Option<(Person, Ticket)>, DeskError> {
    let (Some(person), Some(ticket)) = (tx.person(notice.person)?, tx.ticket(notice.ticket)?)
    else {
        return Ok(None);
    };
    let Some(access) = access_of_person(tx, &person)? else {
        return Ok(None);
    };
    let sees = access.visibility().sees(&ticket.whereabouts());
    if !sees || !wanted(tx, notice, &ticket)? || tx.mailbox_by_address(&person.email)?.is_some() {
        return Ok(None);
    }
    Ok(Some((person, ticket)))
}

/// What became of somebody's own answer is told whatever they chose.
fn wanted(tx: &mut Tx<'_>, notice: &StaffNotice, ticket: &Ticket) -> Result<bool, DeskError> {
    let wish = tx.mail_wish(notice.person)?;
    let wish = wish.filter(|_| !ticket.spam);
    Ok(match notice.kind.as_str() {
        kind::ASSIGNED => wish.is_some_and(|wish| wish.assigned),
        kind::ANSWERED => wish.is_some_and(|wish| wish.answered),
        kind::TEAM => wish.is_some_and(|wish| wish.team),
        _ => true,
    })
}

/// The mailbox that tells: that of the ticket, else any.
pub(super) fn sender_for(
    tx: &mut Tx<'_>,
    ticket: Option<&Ticket>,
) -> Result<Option<Mailbox>, DeskError> {
    if let Some(ticket) = ticket
        && let Some(own) = tx.mailbox(ticket.mailbox)?.filter(|own| own.active)
    {
        return Ok(Some(own));
    }
    let mailboxes = tx.mailboxes()?;
    Ok(mailboxes.into_iter().find(|mailbox| mailbox.active))
}

struct WhoWaits;

impl Query for WhoWaits {
    type Output = Vec<PersonId>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<PersonId>, DeskError> {
        Ok(tx.who_waits_for_notices(held_back_since(cx), MOST_PEOPLE)?)
    }
}

fn held_back_since(cx: &Cx) -> Timestamp {
    cx.now() - HELD_BACK
}

/// One line about what waits for somebody.
struct SumUp(PersonId);

impl Verb for SumUp {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        tx.sweep_staff_notices(cx.now() - KEPT, MOST_SWEPT)?;
        let person = tx.person(self.0)?.filter(|person| person.active);
        if person.is_some() && hour_is_full(tx, cx, self.0)? {
            return Ok(());
        }
        let mut told = Vec::new();
        for notice in tx.staff_notices_waiting(self.0, MOST_SUMMED)? {
            if may_be_told(tx, &notice)?.is_some() {
                told.push(notice.id);
            } else {
                tx.settle_staff_notice(notice.id, NoticeEnd::Dropped)?;
            }
        }
        let mailbox = sender_for(tx, None)?;
        if let (Some(person), Some(mailbox), false) = (person, mailbox, told.is_empty()) {
            write(tx, cx, &person, &mailbox, told.len())?;
        }
        // The mail counts once.
        for (index, notice) in told.into_iter().enumerate() {
            let at = (index == 0).then(|| cx.now());
            tx.settle_staff_notice(notice, NoticeEnd::Summed(at))?;
        }
        Ok(())
    }
}

fn write(
    tx: &mut Tx<'_>,
    cx: &Cx,
    person: &Person,
    mailbox: &Mailbox,
    number: usize,
) -> Result<(), DeskError> {
    let brand = tx.brand(mailbox.brand)?;
    let brand = brand.ok_or(DeskError::NotFound("brand"))?;
    let language = person.language.as_deref().unwrap_or(&brand.language);
    let letter = &cx.texts().for_language(language).staff.more;
    let (number, link) = (number.to_string(), format!("{}/inbox", cx.public_url()));
    let values = [
        ("name", person.name.as_str()),
        ("brand", brand.name.as_str()),
        ("number", number.as_str()),
        ("link", link.as_str()),
    ];
    let mail = SecretMail {
        purpose: "staff_notices",
        from: &mailbox.address,
        to: &person.email,
        subject: &filled(&letter.subject, &values),
        body: &filled(&letter.body, &values),
    };
    queue_secret_mail(tx, cx, &mail).map(|_| ())
}
