//! Handing tickets to people, where a desk wants that.
//!
//! Owns: the modes, who is there to get one, whose turn it is. Must not know: how often somebody
//! looks.
//!
//! Pull is the first mode: people take. In the two others the desk gives the open tickets that
//! nobody has, in the order of the queue, to people who are there: on shift by the roster, or, for
//! people without shifts, seen within half an hour. Nobody gets more than the limit, nobody who is
//! away gets any, and everybody only what they can and may answer.

use super::candidate::{Candidates, Offer};
use super::take::limit;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::people::{access_of_person, staff_only};
use crate::roster::book_now;
use crate::setting::{self, Known};
use crate::ticket::save;
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, TicketId};
use candor_domain::permission::{Access, Permission};
use candor_domain::roster::Standing;
use candor_domain::ticket::Change;
use candor_store::Tx;
use jiff::{SignedDuration, Timestamp};

const MODE: Known<'static> = Known {
    name: "queue.mode",
    default: "pull",
    secret: false,
};
/// Tickets handed out by one run of the verb.
const CHUNK: usize = 50;
/// How long ago somebody without shifts may have been seen to count as there.
const SEEN: SignedDuration = SignedDuration::from_mins(30);

/// How tickets find their people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueueMode {
    /// People take the next one.
    #[default]
    Pull,
    /// One after the other gets one.
    RoundRobin,
    /// Whoever has the fewest open ones gets it.
    LeastLoaded,
}

impl QueueMode {
    /// Every mode, as people choose among them.
    pub const ALL: [Self; 3] = [Self::Pull, Self::RoundRobin, Self::LeastLoaded];

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pull => "pull",
            Self::RoundRobin => "round_robin",
            Self::LeastLoaded => "least_loaded",
        }
    }

    /// Reads the stored word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == word)
    }
}

fn mode(tx: &mut Tx<'_>, cx: &Cx) -> Result<QueueMode, DeskError> {
    let word = setting::value(tx, cx, &MODE)?;
    Ok(QueueMode::parse(&word).unwrap_or_default())
}

/// Asks for the mode.
#[derive(Debug, Clone, Copy)]
pub struct QueueModeView;

impl Query for QueueModeView {
    type Output = QueueMode;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<QueueMode, DeskError> {
        staff_only(cx)?;
        mode(tx, cx)
    }
}

/// Sets the mode.
#[derive(Debug, Clone, Copy)]
pub struct KeepQueueMode(pub QueueMode);

impl Verb for KeepQueueMode {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        setting::keep(tx, cx, &MODE, self.0.as_str())
    }
}

/// Gives open tickets that nobody has to people who are there; says how many.
#[derive(Debug, Clone, Copy)]
pub struct HandOut;

impl Verb for HandOut {
    type Output = usize;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<usize, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed(
                "only the desk itself hands tickets out",
            ));
        }
        let mode = mode(tx, cx)?;
        if mode == QueueMode::Pull {
            return Ok(0);
        }
        let mut hands = Hands {
            mode,
            limit: limit(tx, cx)?,
            turn: tx.queue_turn()?,
            people: there(tx, cx.now())?,
        };
        if hands.people.is_empty() {
            return Ok(0);
        }
        let candidates = Candidates::load(tx, cx)?;
        let mut given = Vec::new();
        for offer in candidates.in_order() {
            if given.len() == CHUNK || hands.are_full() {
                break;
            }
            if let Some(person) = hands.next(&offer) {
                given.push((offer.row.ticket, person));
            }
        }
        for (ticket, person) in &given {
            assign(tx, cx, *ticket, *person)?;
        }
        if let Some(turn) = hands.turn {
            tx.keep_queue_turn(turn)?;
        }
        Ok(given.len())
    }
}

fn assign(tx: &mut Tx<'_>, cx: &Cx, id: TicketId, person: PersonId) -> Result<(), DeskError> {
    let before = tx.ticket(id)?.ok_or(DeskError::NotFound("ticket"))?;
    let mut ticket = before.clone();
    let change = Change::Assign {
        team: before.team,
        person: Some(person),
    };
    let event = ticket.change(change, cx.now())?;
    save(tx, cx, &before, &ticket, &event)?;
    Ok(())
}

/// People who are there, with the open tickets that they have.
struct Hands {
    mode: QueueMode,
    limit: i64,
    turn: Option<PersonId>,
    people: Vec<(Access, i64)>,
}

impl Hands {
    /// Whether nobody may get another one.
    fn are_full(&self) -> bool {
        self.people.iter().all(|(_, has)| *has >= self.limit)
    }

    /// Who gets a ticket; `None` where nobody can.
    fn next(&mut self, offer: &Offer<'_>) -> Option<PersonId> {
        let after = self.turn.unwrap_or(PersonId(0));
        let (mode, limit) = (self.mode, self.limit);
        let able = self.people.iter_mut();
        let able = able.filter(|(access, has)| *has < limit && offer.may_go_to(access));
        // Whoever comes after the last one by number, and from the first again.
        let place = |person: PersonId| (person <= after, person);
        let (access, has) = able.min_by_key(|(access, has)| {
            let load = if mode == QueueMode::LeastLoaded {
                *has
            } else {
                0
            };
            (load, place(access.person))
        })?;
        *has += 1;
        self.turn = Some(access.person);
        Some(access.person)
    }
}

/// Everybody who can be given something now.
fn there(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<(Access, i64)>, DeskError> {
    let book = book_now(tx, now)?;
    let seen = tx.people_last_seen()?;
    let mut there = Vec::new();
    for person in tx.people()? {
        let planned = book.shifts.iter().any(|shift| shift.person == person.id);
        let lately = seen
            .iter()
            .any(|(other, at)| *other == person.id && now.duration_since(*at) <= SEEN);
        let here = book.standing(person.id, now) == Standing::Here && (planned || lately);
        if !here {
            continue;
        }
        if let Some(access) = access_of_person(tx, &person)? {
            let has = tx.our_turn_of(person.id)?;
            there.push((access, has));
        }
    }
    Ok(there)
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_domain::id::MailboxId;
    use candor_domain::permission::first_roles;
    use candor_domain::ticket::Urgency;
    use candor_store::level::QueueRow;

    fn row(ticket: i64) -> QueueRow {
        QueueRow {
            ticket: TicketId(ticket),
            subject: String::new(),
            customer: String::new(),
            language: None,
            urgency: Urgency::Normal,
            mailbox: MailboxId(1),
            team: None,
            assignee: None,
            waiting_since: None,
            level: None,
            terms: None,
            metric: None,
            due: None,
            left_us: None,
            allowed_us: None,
        }
    }

    fn hands(mode: QueueMode, loads: &[i64]) -> Hands {
        let [_, _, agent, _] = first_roles();
        let person = |(place, has): (usize, &i64)| {
            let access = Access {
                person: PersonId(place as i64 + 1),
                grants: agent.1.clone(),
                teams: Vec::new(),
                mailboxes: Vec::new(),
            };
            (access, *has)
        };
        Hands {
            mode,
            limit: 4,
            turn: None,
            people: loads.iter().enumerate().map(person).collect(),
        }
    }

    fn given(hands: &mut Hands, tickets: i64) -> Vec<i64> {
        let people = (1..=tickets).filter_map(|ticket| {
            let (row, skills) = (row(ticket), Vec::new());
            hands.next(&Offer { row: &row, skills })
        });
        people.map(|person| person.0).collect()
    }

    #[test]
    fn one_after_the_other_up_to_the_limit() {
        let mut hands = hands(QueueMode::RoundRobin, &[0, 3, 0]);
        assert_eq!(given(&mut hands, 6), [1, 2, 3, 1, 3, 1]);
        assert_eq!(given(&mut hands, 9), [3, 1, 3], "four each, then nobody");
    }

    #[test]
    fn whoever_has_least_gets_it() {
        let mut hands = hands(QueueMode::LeastLoaded, &[2, 0, 1]);
        assert_eq!(given(&mut hands, 4), [2, 3, 2, 3]);
    }
}
