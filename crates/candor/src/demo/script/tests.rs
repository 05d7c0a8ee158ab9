//! What a reader of the demo may rely on.

mod domain;
mod texts;

use super::hours::{DAY, Hours};
use super::library::{Library, REASONS};
use super::random::Random;
use super::step::CustomerMail;
use super::{Deed, Plan, Script, cast, catalogue, facts, plot, script};
use candor_domain::ticket::Status;
use domain::statuses;
use jiff::Timestamp;
use std::collections::HashSet;

/// A Thursday afternoon.
const THURSDAY: &str = "2026-11-19T14:40:00Z";
/// Tickets where nobody asks for a number.
const DEFAULT_TICKETS: usize = 600;
/// Ends that differ in what lies before them: a Sunday, a Monday morning, the middle of a night.
const ENDS: [&str; 4] = [
    THURSDAY,
    "2026-11-22T07:10:00Z",
    "2026-11-23T08:20:00Z",
    "2026-06-17T01:30:00Z",
];

fn plan(seed: u64, tickets: usize, end: &str) -> Plan {
    let end: Timestamp = end.parse().unwrap();
    Plan { seed, tickets, end }
}

fn default_script(end: &str) -> Script {
    script(&plan(1, DEFAULT_TICKETS, end))
}

/// The first mail of each ticket.
fn openings(script: &Script) -> impl Iterator<Item = &CustomerMail> {
    let mut opened = 0;
    script
        .steps
        .iter()
        .filter_map(move |step| match &step.deed {
            Deed::CustomerMail(mail) if step.ticket == opened => {
                opened += 1;
                Some(&**mail)
            }
            _ => None,
        })
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let one = format!("{:?}", script(&plan(7, 300, THURSDAY)));
    let two = format!("{:?}", script(&plan(7, 300, THURSDAY)));
    assert!(one == two);
    let other = format!("{:?}", script(&plan(8, 300, THURSDAY)));
    assert!(one != other);
}

#[test]
fn steps_are_in_order_and_each_ticket_begins_with_a_mail_of_its_customer() {
    let script = default_script(THURSDAY);
    assert!(script.steps.is_sorted_by_key(|step| step.at));
    let end: Timestamp = THURSDAY.parse().unwrap();
    assert!(script.steps.last().unwrap().at <= end);
    let mut opened = 0;
    for step in &script.steps {
        if step.ticket == opened {
            assert!(
                matches!(step.deed, Deed::CustomerMail(_)),
                "ticket {opened}"
            );
            opened += 1;
        } else {
            assert!(step.ticket < opened);
        }
    }
    assert_eq!(opened, DEFAULT_TICKETS);
}

#[test]
fn a_shop_of_any_size_has_as_many_tickets_as_asked_for() {
    for size in [0, 1, 7, 40, 4_000] {
        let script = script(&plan(3, size, THURSDAY));
        let tickets: HashSet<usize> = script.steps.iter().map(|step| step.ticket).collect();
        assert_eq!(tickets.len(), size);
    }
}

#[test]
fn reasons_and_tiers_come_in_the_shares_of_the_shop() {
    let plan = plan(5, 4_000, THURSDAY);
    let mut random = Random::new(plan.seed);
    let hours = Hours::around(plan.end);
    let library = Library::load(&mut random);
    let shop = cast::shop(plan.tickets, &mut random);
    let stage = facts::Stage {
        shop: &shop,
        hours: &hours,
        catalogue: catalogue::Catalogue::load(),
        guests: cast::first_guest(&shop)..shop.customers.len(),
    };
    let cases = plot::cases(plan.tickets, &stage, &library, &mut random);
    for (reason, (name, share)) in REASONS.iter().enumerate() {
        let found = cases.iter().filter(|case| case.reason == reason).count();
        let share = *share as usize * plan.tickets / 100;
        assert!(
            found.abs_diff(share) * 100 < plan.tickets * 3,
            "{name}: {found} of {share}"
        );
    }
    let wholesale = cases
        .iter()
        .filter(|case| case.customer < shop.organizations.len());
    assert!(wholesale.count().abs_diff(240) < 60);
    let mondays = cases
        .iter()
        .filter(|case| hours.local(case.at).weekday().to_monday_zero_offset() == 0);
    assert!(mondays.count().abs_diff(771) < 60); // 1.35 of 7
}

#[test]
fn about_a_fifth_is_german() {
    let script = default_script(THURSDAY);
    let opened: Vec<usize> = openings(&script).map(|mail| mail.customer).collect();
    let german = opened
        .iter()
        .filter(|&&customer| script.shop.customers[customer].language == "de")
        .count();
    let share = german * 100 / opened.len();
    assert!((18..=27).contains(&share), "{share} %");
}

#[test]
fn the_inbox_at_the_end_looks_like_a_days_work() {
    for (seed, end) in (1..=3).flat_map(|seed| ENDS.map(|end| (seed, end))) {
        let script = script(&plan(seed, DEFAULT_TICKETS, end));
        let now: Timestamp = end.parse().unwrap();
        let tickets = statuses(&script);
        let ours: Vec<i64> = tickets
            .iter()
            .filter(|(_, ticket)| {
                matches!(ticket.status, Status::New | Status::Open) && !ticket.spam
            })
            .map(|(_, ticket)| now.as_second() - ticket.created_at.as_second())
            .collect();
        assert!(
            (25..=50).contains(&ours.len()),
            "{end}: {} are open",
            ours.len()
        );
        assert!(
            ours.iter().all(|age| *age < 21 * DAY),
            "{end}: one is too old"
        );
        let count = |status| {
            tickets
                .values()
                .filter(|ticket| ticket.status == status)
                .count()
        };
        assert!(
            (10..=60).contains(&count(Status::Waiting)),
            "{end}: {} wait",
            count(Status::Waiting)
        );
        assert!(
            (3..=14).contains(&count(Status::OnHold)),
            "{end}: {} on hold",
            count(Status::OnHold)
        );
        assert!(tickets.values().filter(|ticket| ticket.spam).count() >= 5);
    }
}

#[test]
fn everybody_in_the_shop_does_something() {
    let script = default_script(THURSDAY);
    for by in 0..script.shop.people.len() {
        let writes = script.steps.iter().any(|step| match &step.deed {
            Deed::Reply { by: who, .. } | Deed::Note { by: who, .. } => *who == by,
            _ => false,
        });
        assert!(writes, "{} writes nothing", script.shop.people[by].name);
    }
}

#[test]
fn staff_work_while_the_shop_is_open() {
    let hours = Hours::around(THURSDAY.parse().unwrap());
    for step in default_script(THURSDAY).steps {
        if matches!(
            step.deed,
            Deed::Reply { .. } | Deed::Note { .. } | Deed::Assign { .. }
        ) {
            let at = step.at.as_second();
            // A step takes up to a minute beyond the minutes that were counted.
            assert!(
                hours.is_open(at) || hours.is_open(at - 60),
                "{} is outside of the hours",
                step.at
            );
        }
    }
}

#[test]
fn the_stories_are_told() {
    let script = default_script(THURSDAY);
    let with_tag = |tag: &str| {
        let tagged = script.steps.iter().filter(|step| match &step.deed {
            Deed::Tag { tags, .. } => tags.contains(&tag),
            _ => false,
        });
        tagged.count()
    };
    assert!((16..=24).contains(&with_tag("austria-strike")));
    assert!((9..=14).contains(&with_tag("pine10")));
    assert!((14..=22).contains(&with_tag("batch-0417")));
    let body = |needle: &str| {
        script.steps.iter().any(|step| match &step.deed {
            Deed::CustomerMail(mail) => mail.subject == needle,
            _ => false,
        })
    };
    assert!(body("Two bags missing from the box"));
    assert!(body("Credit for twelve kilos that went back"));
}
