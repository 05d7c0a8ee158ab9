//! The stories of the eight weeks that many tickets tell together.
//!
//! Owns: which tickets belong to a story. Must not know: the sentences.

use super::{Case, Fate};
use crate::demo::script::cast::{self, BEN};
use crate::demo::script::facts::Stage;
use crate::demo::script::hours::DAY;
use crate::demo::script::library::{Library, REASONS};
use crate::demo::script::random::Random;
use candor_domain::ticket::Urgency;

/// One story, in days before the end.
struct Story {
    situation: &'static str,
    reason: &'static str,
    /// Tickets in a shop of the default size.
    tickets: usize,
    from: i64,
    to: i64,
    who: Who,
    urgency: Urgency,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Anybody,
    Cafes,
    Austrians,
}

const STORIES: [Story; 3] = [
    // A strike on the lane from Germany to Austria holds 38 parcels; 24 people ask.
    Story {
        situation: "austria-strike",
        reason: "wismo",
        tickets: 24,
        from: 16,
        to: 6,
        who: Who::Austrians,
        urgency: Urgency::Normal,
    },
    // The code works in the shop and is missing in the wholesale price book: 14 overcharges.
    Story {
        situation: "pine10",
        reason: "price",
        tickets: 14,
        from: 7,
        to: 2,
        who: Who::Cafes,
        urgency: Urgency::Normal,
    },
    // Batch 0417 of the grinder squeaks.
    Story {
        situation: "squeak",
        reason: "returns",
        tickets: 22,
        from: 21,
        to: 9,
        who: Who::Anybody,
        urgency: Urgency::CanWait,
    },
];
/// Days before the end on which everybody with a squeaking grinder gets the answer.
const SQUEAK_ANSWER: i64 = 8;
/// Ben's tickets that went out with a broken template, and when it was broken.
const BROKEN_MACROS: usize = 6;
const MACRO_BROKEN: (i64, i64) = (20, 13);
/// Below this many tickets the stories shrink with the shop.
const DEFAULT_SIZE: usize = 600;

/// Turns ordinary tickets into those of the stories.
pub(super) fn tell(cases: &mut [Case], stage: &Stage, library: &Library, random: &mut Random) {
    let size = cases.len();
    for story in &STORIES {
        let reason = REASONS.iter().position(|reason| reason.0 == story.reason);
        let mut chosen = within(cases, stage.hours.end, (story.from, story.to));
        random.shuffle(&mut chosen);
        chosen.sort_by_key(|&index| Some(cases[index].reason) != reason);
        chosen.truncate((story.tickets * size / DEFAULT_SIZE).min(story.tickets));
        let customers = crowd(story.who, stage, random);
        let situation = library.find(story.situation);
        for (turn, index) in chosen.into_iter().enumerate() {
            let case = &mut cases[index];
            case.situation = situation;
            case.reason = reason.unwrap_or(case.reason);
            case.customer = customers[turn % customers.len()];
            case.person = cast::on_duty(library.situations[situation].team, random);
            case.urgency = story.urgency;
            if story.situation == "squeak" {
                let day = stage.hours.end - SQUEAK_ANSWER * DAY;
                let answered = stage.hours.after(day, 40);
                case.fate = Fate::Together {
                    answered: answered + turn as i64,
                };
            }
        }
    }
    break_macro(cases, stage, size);
}

fn break_macro(cases: &mut [Case], stage: &Stage, size: usize) {
    let count = (BROKEN_MACROS * size / DEFAULT_SIZE).min(BROKEN_MACROS);
    let open: Vec<usize> = within(cases, stage.hours.end, MACRO_BROKEN)
        .into_iter()
        .filter(|&index| cases[index].person == BEN)
        .collect();
    for index in open.into_iter().take(count) {
        cases[index].fate = Fate::BrokenMacro;
    }
}

/// Ordinary tickets that were opened in a span of days before the end.
fn within(cases: &[Case], end: i64, (from, to): (i64, i64)) -> Vec<usize> {
    let span = end - from * DAY..end - to * DAY;
    (0..cases.len())
        .filter(|&index| cases[index].fate == Fate::Natural && span.contains(&cases[index].at))
        .collect()
}

fn crowd(who: Who, stage: &Stage, random: &mut Random) -> Vec<usize> {
    let cafes = stage.shop.organizations.len();
    let guests = stage.guests.clone();
    let mut crowd: Vec<usize> = match who {
        Who::Cafes => (0..cafes).collect(),
        Who::Anybody => guests.collect(),
        Who::Austrians => guests
            .filter(|&index| stage.shop.customers[index].austria)
            .collect(),
    };
    if crowd.is_empty() {
        crowd.push(stage.guests.start); // a tiny shop may have nobody in Austria
    }
    random.shuffle(&mut crowd);
    crowd
}
