//! Laws of the fold, on random histories.

use super::{CLUB_ALWAYS, CLUB_TERMS, GUEST_TERMS, book, to};
use candor_domain::id::TermsId;
use candor_domain::level::{Fact, Metric, Phase, ReplyBy, TermsBook, TicketClocks};
use candor_domain::ticket::{Status, Urgency};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use std::sync::LazyLock;

static BOOK: LazyLock<TermsBook> = LazyLock::new(book);

type History = Vec<(Timestamp, Fact)>;

fn any_terms() -> impl Strategy<Value = Option<TermsId>> {
    prop_oneof![
        Just(None),
        Just(Some(CLUB_TERMS)),
        Just(Some(GUEST_TERMS)),
        Just(Some(CLUB_ALWAYS)),
    ]
}

fn any_urgency() -> impl Strategy<Value = Urgency> {
    proptest::sample::select(Urgency::ALL)
}

fn any_fact(now: Timestamp) -> impl Strategy<Value = Fact> {
    let before = (0_i64..200).prop_map(move |hours| now - SignedDuration::from_hours(hours));
    prop_oneof![
        4 => Just(Fact::CustomerWrote),
        3 => Just(Fact::Replied { by: ReplyBy::Person }),
        1 => Just(Fact::Replied { by: ReplyBy::Automatic }),
        1 => Just(Fact::Noted),
        4 => proptest::sample::select(Status::ALL).prop_map(to),
        2 => any_urgency().prop_map(|urgency| Fact::UrgencySet { urgency }),
        2 => any_terms().prop_map(|terms| Fact::TermsSet { terms }),
        1 => any::<bool>().prop_map(|spam| Fact::SpamSet { spam }),
        1 => Just(Fact::Merged),
        1 => Just(Fact::Unmerged),
        1 => proptest::option::of(before.clone()).prop_map(|waiting| Fact::TookOver { waiting }),
        1 => proptest::option::of(before).prop_map(|waiting| Fact::SplitOff { waiting }),
        1 => Just(Fact::Looked),
        2 => (1_u32..9, 1_i64..400_000, 1_i64..100).prop_map(move |(cycle, seconds, share)| {
            let after = |seconds| now + SignedDuration::from_secs(seconds);
            Fact::PromiseGiven { cycle, due: after(seconds), remind: after(seconds * share / 100) }
        }),
        1 => Just(Fact::PromiseWithdrawn),
    ]
}

fn any_history() -> impl Strategy<Value = History> {
    let begin: Timestamp = "2026-03-20T00:00:00Z".parse().unwrap();
    let opening = (any_urgency(), any_terms(), any::<bool>());
    let gaps = proptest::collection::vec(0_i64..200_000, 1..25);
    (opening, gaps).prop_flat_map(move |((urgency, terms, asked), gaps)| {
        let opened = Fact::Opened {
            asked,
            since: None,
            urgency,
            terms,
        };
        let mut now = begin;
        let later: Vec<_> = gaps
            .into_iter()
            .map(|seconds| {
                now += SignedDuration::from_secs(seconds);
                (Just(now), any_fact(now))
            })
            .collect();
        later.prop_map(move |later| {
            let mut history = vec![(begin, opened)];
            history.extend(later);
            history
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn folding_in_one_go_is_folding_step_by_step_with_storage_between(history in any_history()) {
        let at_once = TicketClocks::fold(history.clone(), &BOOK).unwrap();
        let mut stored = serde_json::to_string(&TicketClocks::default()).unwrap();
        for (at, fact) in history {
            // Both the fact and the clocks have been through the database.
            let fact: Fact = serde_json::from_str(&serde_json::to_string(&fact).unwrap()).unwrap();
            let mut clocks: TicketClocks = serde_json::from_str(&stored).unwrap();
            clocks.take(at, &fact, &BOOK).unwrap();
            stored = serde_json::to_string(&clocks).unwrap();
        }
        prop_assert_eq!(serde_json::from_str::<TicketClocks>(&stored).unwrap(), at_once);
    }

    #[test]
    fn looking_at_a_clock_does_not_change_it(history in any_history(), looks in proptest::collection::vec(0_i64..3_000_000, 0..20)) {
        let plain = TicketClocks::fold(history.clone(), &BOOK).unwrap();
        let (begin, end) = (history[0].0, history[history.len() - 1].0);
        let looks = looks.into_iter().map(|second| begin + SignedDuration::from_secs(second));
        let mut watched: History = looks.filter(|at| *at <= end).map(|at| (at, Fact::Looked)).collect();
        let first = history[0];
        watched.extend(&history[1..]);
        watched.sort_by_key(|(at, _)| *at);
        // The opening comes first, even when somebody looked in the same instant; so do the facts
        // of one instant stay in their order, because the sort is stable and looks do nothing.
        watched.insert(0, first);
        prop_assert_eq!(TicketClocks::fold(watched, &BOOK).unwrap(), plain);
    }

    #[test]
    fn no_change_breaks_a_promise_at_once(history in any_history()) {
        let mut clocks = TicketClocks::default();
        for (at, fact) in history {
            clocks.take(at, &fact, &BOOK).unwrap();
            for clock in &clocks.clocks {
                let due = clock.due.filter(|_| clock.phase == Phase::Running && clock.breached_at.is_none());
                prop_assert!(due.is_none_or(|due| due > at), "{:?} is due at once", clock.metric);
                prop_assert!(clock.breached_at.is_none_or(|breach| breach <= at));
                prop_assert!(clock.kept + clock.broken <= clock.cycle);
            }
        }
    }

    #[test]
    fn the_requesters_wait_is_the_time_in_the_statuses_that_count(history in any_history()) {
        // By hand: under one level that never changes, open time in new, open and on hold. What
        // merges and terms do is left out.
        let (first, urgency) = (history[0].0, Urgency::Normal);
        let opened = Fact::Opened { asked: true, since: None, urgency, terms: Some(CLUB_TERMS) };
        let moves = history[1..].iter().filter(|(_, fact)| matches!(fact, Fact::StatusSet { .. } | Fact::CustomerWrote));
        let mut told = vec![(first, opened)];
        told.extend(moves);
        let calendar = &BOOK[&CLUB_TERMS].calendar;
        let (mut expected, mut status, mut since) = (SignedDuration::ZERO, Status::New, first);
        for (at, fact) in &told[1..] {
            if matches!(status, Status::New | Status::Open | Status::OnHold) {
                expected += calendar.between(since, *at);
            }
            since = *at;
            status = match (fact, status) {
                (Fact::StatusSet { status }, _) => *status,
                (_, Status::New) => Status::New,
                _ => Status::Open,
            };
        }
        let clocks = TicketClocks::fold(told, &BOOK).unwrap();
        prop_assert_eq!(clocks.clock(Metric::RequesterWait).spent_us, expected.as_micros() as i64);
    }
}
