//! Who hears by mail of an event of a ticket.
//!
//! Owns: that rule. Must not know: whether they still hear of it when the mail is written.
//!
//! Mail of the past opens no ticket as an event that is followed here, and a machine's answer is none
//! either: neither is told.

use super::{NOTICE_JOB, kind};
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::event::TicketEvent;
use candor_domain::id::{MessageId, NoticeId, PersonId, TeamId};
use candor_domain::ticket::{Change, Ticket};
use candor_store::Tx;
use candor_store::job::NewJob;
use candor_store::staff_mail::{MailWish, StaffNotice};

/// Notes who is to be told of an event. `actor` is whoever did it, as the history names them: they are
/// told nothing. The rows of the ticket are stored already.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &str,
    event: &TicketEvent,
) -> Result<(), DeskError> {
    if !is_told(event) {
        return Ok(());
    }
    let mut wishes = tx.mail_wishes()?;
    wishes.retain(|wish| wish.person.subject() != actor && cx.actor.person() != Some(wish.person));
    if wishes.is_empty() {
        return Ok(());
    }
    let Some(ticket) = tx.ticket(event.ticket())?.filter(|ticket| !ticket.spam) else {
        return Ok(());
    };
    for (person, kind, message) in listeners(tx, &wishes, &ticket, event)? {
        let notice = StaffNotice {
            id: NoticeId(0),
            person,
            ticket: ticket.id,
            message: message.or(ticket.last_public_message),
            kind: kind.to_owned(),
            at: cx.now(),
            state: String::new(),
        };
        enqueue(tx, cx, &notice)?;
    }
    Ok(())
}

/// Notes what is to be told, with its job.
pub(super) fn enqueue(tx: &mut Tx<'_>, cx: &Cx, notice: &StaffNotice) -> Result<(), DeskError> {
    let id = tx.add_staff_notice(notice)?;
    tx.enqueue(NewJob {
        kind: NOTICE_JOB,
        payload: id.to_string(),
        run_at: cx.now(),
        dedupe: None,
    })?;
    Ok(())
}

fn is_told(event: &TicketEvent) -> bool {
    match event {
        TicketEvent::Opened { .. } | TicketEvent::CustomerWrote { .. } => true,
        TicketEvent::Changed { to, .. } => matches!(to, Change::Assign { .. }),
        _ => false,
    }
}

type Listener = (PersonId, &'static str, Option<MessageId>);

fn listeners(
    tx: &mut Tx<'_>,
    wishes: &[MailWish],
    ticket: &Ticket,
    event: &TicketEvent,
) -> Result<Vec<Listener>, DeskError> {
    let wants = |person: PersonId, which: fn(&MailWish) -> bool| {
        let mut all = wishes.iter();
        all.any(|wish| wish.person == person && which(wish))
    };
    Ok(match event {
        TicketEvent::Opened { message, .. } => {
            let team = in_team(tx, wishes, ticket.team, None)?;
            with(team, Some(*message))
        }
        TicketEvent::CustomerWrote { message, .. } => {
            let mine = ticket
                .assignee
                .filter(|&who| wants(who, |one| one.answered));
            let heard = mine.map(|who| (who, kind::ANSWERED, Some(*message)));
            heard.into_iter().collect()
        }
        TicketEvent::Changed { from, to, .. } => {
            let (before, after) = (assigned(from), assigned(to));
            let mine = after.1.filter(|_| before.1 != after.1);
            let mine = mine.filter(|&who| wants(who, |one| one.assigned));
            let team = after.0.filter(|_| before.0 != after.0);
            let mut heard = with(in_team(tx, wishes, team, mine)?, None);
            heard.extend(mine.map(|who| (who, kind::ASSIGNED, None)));
            heard
        }
        _ => Vec::new(),
    })
}

fn assigned(change: &Change) -> (Option<TeamId>, Option<PersonId>) {
    match change {
        Change::Assign { team, person } => (*team, *person),
        _ => (None, None),
    }
}

fn with(team: Vec<PersonId>, message: Option<MessageId>) -> Vec<Listener> {
    let heard = team.into_iter().map(|who| (who, kind::TEAM, message));
    heard.collect()
}

/// Those of a team who want to hear of what is new in it, but one, who hears of it anyway.
fn in_team(
    tx: &mut Tx<'_>,
    wishes: &[MailWish],
    team: Option<TeamId>,
    but: Option<PersonId>,
) -> Result<Vec<PersonId>, DeskError> {
    let Some(team) = team else {
        return Ok(Vec::new());
    };
    let mut heard = Vec::new();
    for wish in wishes {
        if !wish.team || but == Some(wish.person) {
            continue;
        }
        let person = tx.person(wish.person)?;
        if person.is_some_and(|person| person.active && person.teams.contains(&team)) {
            heard.push(wish.person);
        }
    }
    Ok(heard)
}
