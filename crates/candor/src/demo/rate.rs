//! What the customers of the demo shop said of it, and what the shop made of that.
//!
//! Owns: which mailboxes ask, who answered what, a voice of the shop's own, what is done about some
//! who left upset. Deterministic: it follows from the tickets and their moods. Must not know: the
//! script.

use super::cast::Cast;
use anyhow::{Context, Result};
use candor_desk::people::access_of;
use candor_desk::rating::{ChangeRatingSettings, RatePast, RatingSettings, ReviewUpset, UpsetList};
use candor_desk::tone::{HousePhrase, KeepVoice, UseVoice, VoicePlace, VoiceProfile};
use candor_desk::{Desk, DeskError, Verb};
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, TicketId};
use candor_domain::rating::Grade;
use candor_domain::ticket::Place;
use jiff::{Timestamp, ToSpan};

/// Tickets looked at in one go.
const CHUNK: i64 = 500;
/// How many of a hundred customers answer.
const ANSWERS: i64 = 38;

/// Lets the shop ask, brings the answers, and plans what follows from some of them.
pub(crate) async fn rate(desk: &Desk, cast: &Cast) -> Result<()> {
    let owner = actor(desk, cast.people[0]).await?;
    for mailbox in &cast.mailboxes {
        let settings = RatingSettings {
            asks: true,
            alert: Some(cast.people[1]),
        };
        let change = ChangeRatingSettings {
            mailbox: *mailbox,
            settings,
        };
        desk.run(&owner, change).await?;
    }
    speak(desk, &owner).await?;
    let mut after = Some(TicketId(0));
    while let Some(last) = after {
        after = rate_chunk(desk, last).await?;
    }
    plan(desk, cast, &owner).await
}

/// The answers about the tickets after one. Gives the last of them.
async fn rate_chunk(desk: &Desk, after: TicketId) -> Result<Option<TicketId>> {
    let (cx, end) = (desk.cx(&Actor::System), desk.now());
    let rated = desk.store().write(move |tx| {
        let tickets = tx.tickets_after(after, CHUNK)?;
        for ticket in &tickets {
            let over = matches!(ticket.place(), Place::Solved | Place::Closed);
            let Some(solved) = ticket.solved_at.filter(|_| over) else {
                continue;
            };
            let mood = tx.mood_of(ticket.id)?;
            let rate = mood.and_then(|mood| answer(ticket.id, solved, mood.score, end));
            if let Some(rate) = rate {
                rate.apply(tx, &cx)?;
            }
        }
        Ok::<_, DeskError>(tickets.last().map(|ticket| ticket.id))
    });
    Ok(rated.await?)
}

pub(super) async fn actor(desk: &Desk, person: PersonId) -> Result<Actor> {
    let access = desk.store().read(move |tx| access_of(tx, person)).await?;
    Ok(Actor::Person(
        access.context("a person of the demo shop is gone")?,
    ))
}

/// A number from 0 to 99 that belongs to a ticket and a purpose.
fn share(ticket: TicketId, purpose: i64) -> i64 {
    (ticket.0 * 7919 + purpose * 104_729 + ticket.0 / 7 * 31).rem_euclid(100)
}

/// The question about a ticket; some answer it, mostly as they felt.
fn answer(ticket: TicketId, solved: Timestamp, score: i64, end: Timestamp) -> Option<RatePast> {
    let asked_at = solved + 1.hour();
    let answered_at = asked_at + (5 + share(ticket, 3)).minutes();
    if answered_at >= end {
        return None;
    }
    let felt = match score {
        ..-250 => Grade::Unhappy,
        -250..50 => Grade::Fine,
        _ => Grade::Happy,
    };
    // A solved matter makes up for a bad mood more often than the reverse.
    let grade = match (felt, share(ticket, 2)) {
        (Grade::Unhappy, ..30) => Grade::Fine,
        (Grade::Fine, ..55) => Grade::Happy,
        (Grade::Happy, ..4) => Grade::Unhappy,
        _ => felt,
    };
    let words = match (grade, share(ticket, 4)) {
        (Grade::Happy, ..20) => "Quick and friendly, thank you.",
        (Grade::Happy, 20..30) => "Ayla knew at once what I needed.",
        (Grade::Fine, ..15) => "It took a little long, but it is sorted.",
        (Grade::Unhappy, ..30) => "I had to ask three times.",
        (Grade::Unhappy, 30..55) => "Nobody told me when it would arrive.",
        _ => "",
    };
    let answers = share(ticket, 1) < ANSWERS;
    Some(RatePast {
        ticket,
        asked_at,
        answer: answers.then(|| (answered_at, grade, words.to_owned())),
    })
}

/// The voice of Harbour & Pine.
async fn speak(desk: &Desk, owner: &Actor) -> Result<()> {
    let profile = VoiceProfile {
        name: "Harbour & Pine".to_owned(),
        phrases: vec![
            HousePhrase {
                avoid: "consignment".to_owned(),
                prefer: "parcel".to_owned(),
            },
            HousePhrase {
                avoid: "as soon as possible".to_owned(),
                prefer: String::new(),
            },
        ],
        ..VoiceProfile::smart_casual()
    };
    let word = desk
        .run(
            owner,
            KeepVoice {
                word: None,
                profile,
            },
        )
        .await?;
    let brands = desk.store().read(|tx| tx.brands()).await?;
    for brand in brands {
        let place = VoicePlace::Brand(brand.id);
        let word = word.clone();
        desk.run(owner, UseVoice { place, word }).await?;
    }
    Ok(())
}

/// What the lead and the owner do about the newest of those who left upset.
async fn plan(desk: &Desk, cast: &Cast, owner: &Actor) -> Result<()> {
    const ACTIONS: [&str; 4] = [
        "Call and apologise; send the missing bags by courier",
        "Write by hand; ask what would make it right",
        "Refund the shipping and say when the next parcel leaves",
        "Check with the warehouse why it took three tries",
    ];
    let page = desk.ask(owner, UpsetList::default()).await?;
    let today = desk.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    for (at, row) in page.rows.iter().take(6).enumerate() {
        let due = today.saturating_add((at as i64 - 2).days());
        let review = ReviewUpset {
            ticket: row.ticket,
            action: ACTIONS[at % ACTIONS.len()].to_owned(),
            owner: Some(cast.people[at % 3]),
            due: Some(due),
            done: at >= 4,
        };
        desk.run(owner, review).await?;
    }
    Ok(())
}
