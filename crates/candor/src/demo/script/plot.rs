//! Who writes about what, and how it ends.
//!
//! Owns: the mix of reasons and tiers, the stories of the eight weeks, what is open at the end.
//! Must not know: the sentences.

mod fate;
mod story;

use super::arrival;
use super::cast;
use super::facts::Stage;
use super::hours::DAY;
use super::library::{Audience, Library, REASONS};
use super::random::Random;
use super::shop::Tier;
use candor_domain::ticket::Urgency;

/// Of a hundred tickets, how many a café writes.
const WHOLESALE: u32 = 6;
const SPAM: u32 = 2;
/// The week in which far too much was called urgent, in days before the end.
const ALARM_WEEK: (i64, i64) = (28, 21);
const ALARM: u32 = 41;

/// How a ticket goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Answered, solved and closed, as far as the time suffices.
    Natural,
    /// Still ours at the end.
    Open,
    /// Still the customer's at the end.
    Waiting,
    /// Still a third party's at the end.
    OnHold,
    /// Nobody wants it.
    Spam,
    /// Answered with a broken template.
    BrokenMacro,
    /// One of many about one fault, all answered at that second.
    Together { answered: i64 },
}

/// One ticket before a word of it is written.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) at: i64,
    pub(super) reason: usize,
    pub(super) situation: usize,
    pub(super) customer: usize,
    pub(super) person: usize,
    pub(super) urgency: Urgency,
    pub(super) fate: Fate,
    pub(super) spam: bool,
}

/// `count` tickets in the order of their opening.
pub(super) fn cases(
    count: usize,
    stage: &Stage,
    library: &Library,
    random: &mut Random,
) -> Vec<Case> {
    if count == 0 {
        return Vec::new();
    }
    let mut cases: Vec<Case> = arrival::times(count, stage.hours, random)
        .into_iter()
        .map(|at| ordinary(at, stage, library, random))
        .collect();
    story::tell(&mut cases, stage, library, random);
    fate::decide(&mut cases, stage.hours, random);
    cases
}

fn ordinary(at: i64, stage: &Stage, library: &Library, random: &mut Random) -> Case {
    let cafes = stage.shop.organizations.len();
    let spam = random.chance(SPAM);
    let customer = if spam {
        cafes + random.below(cast::SENDERS.len())
    } else if random.chance(WHOLESALE) {
        random.below(cafes)
    } else {
        stage.guests.start + random.below(stage.guests.len())
    };
    let audience = match stage.shop.customers[customer].tier {
        Tier::Wholesale => Audience::Wholesale,
        _ => Audience::Retail,
    };
    let reason = random.weighted(&REASONS.map(|reason| reason.1));
    let situation = library.choose(reason, audience, random);
    let (urgent, normal) = {
        let situation = &library.situations[situation];
        (situation.urgent, situation.normal)
    };
    let days_ago = (stage.hours.end - at) / DAY;
    let alarm = urgent > 0 && days_ago >= ALARM_WEEK.1 && days_ago < ALARM_WEEK.0;
    let urgent = if alarm { ALARM } else { urgent };
    let levels = [Urgency::Urgent, Urgency::Normal, Urgency::CanWait];
    let weights = [urgent, normal, 100 - (urgent + normal).min(100)];
    Case {
        at,
        reason,
        situation,
        customer,
        person: cast::on_duty(library.situations[situation].team, random),
        urgency: levels[random.weighted(&weights)],
        fate: if spam { Fate::Spam } else { Fate::Natural },
        spam,
    }
}
