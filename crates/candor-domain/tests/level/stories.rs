//! What each thing that happens to a ticket does to its clocks.

use super::{BY_PERSON, CLUB_ALWAYS, CLUB_TERMS, GUEST_TERMS, Story, at, opened, to};
use Metric::{
    AgentWork, FirstReply, NextReply, PeriodicUpdate, Promised, RequesterWait, Resolution,
};
use candor_domain::event::TicketEvent;
use candor_domain::id::{MessageId, TermsId, TicketId};
use candor_domain::level::{Fact, Happening, LevelError, Metric, Phase, ReplyBy, TicketClocks};
use candor_domain::ticket::{AfterSend, Status, Urgency};

#[test]
fn only_a_reply_by_a_person_keeps_the_promise() {
    let story = Story::opened("Mon 10:00", Urgency::Normal)
        .then(
            "Mon 10:01",
            Fact::Replied {
                by: ReplyBy::Automatic,
            },
        )
        .then("Mon 10:30", Fact::Noted);
    assert_eq!(story.clock(FirstReply).phase, Phase::Running);
    assert_eq!(story.due(FirstReply), "Mon 14:00");
    let story = story.then("Mon 13:59", BY_PERSON);
    assert_eq!(story.score(FirstReply), (1, 0));
    assert_eq!(story.due(FirstReply), "never");
}

#[test]
fn a_promise_that_nobody_looked_at_breaks_when_it_was_due() {
    let story = Story::opened("Mon 10:00", Urgency::Urgent).then("Tue 12:00", BY_PERSON);
    assert_eq!(story.score(FirstReply), (0, 1));
    assert_eq!(story.clock(FirstReply).breached_at, Some(at("Mon 11:00")));
    assert!(
        story
            .told(FirstReply)
            .contains(&Happening::Fulfil { in_time: false })
    );
}

#[test]
fn two_warnings_come_before_the_breach_and_the_next_one_is_known_ahead() {
    let mut story = Story::opened("Fri 17:30", Urgency::Urgent);
    for (moment, happening) in [
        ("Fri 18:00", Happening::Warn { step: 1 }),
        ("Sat 10:18", Happening::Warn { step: 2 }),
        ("Sat 10:30", Happening::Breach),
    ] {
        let next = story.clocks.next_moment(&story.book).unwrap();
        assert_eq!(next, Some(at(moment)));
        story = story.then(moment, Fact::Looked);
        let last = story
            .log
            .iter()
            .rfind(|event| event.metric == FirstReply)
            .unwrap();
        assert_eq!((last.at, last.happening), (at(moment), happening));
    }
    assert_ne!(
        story.clocks.next_moment(&story.book).unwrap(),
        Some(at("Sat 10:30"))
    );
}

#[test]
fn the_next_reply_counts_from_the_oldest_message_without_an_answer() {
    let story = Story::opened("Mon 10:00", Urgency::Normal)
        .then("Mon 10:30", Fact::CustomerWrote)
        .then("Mon 11:00", BY_PERSON);
    assert_eq!(
        story.clock(NextReply).phase,
        Phase::Idle,
        "one answer to two messages"
    );
    let story = story
        .then("Mon 11:00", to(Status::Waiting))
        .then("Mon 12:00", Fact::CustomerWrote)
        .then("Mon 15:00", Fact::CustomerWrote);
    assert_eq!(story.clocks.status, Status::Open);
    assert_eq!(story.due(NextReply), "Mon 16:00");
    let story = story.then("Mon 15:30", BY_PERSON);
    assert_eq!(
        (story.score(NextReply), story.score(FirstReply)),
        ((1, 0), (1, 0))
    );
    let story = story.then("Mon 17:00", Fact::CustomerWrote);
    assert_eq!(
        (story.due(NextReply).as_str(), story.clock(NextReply).cycle),
        ("Tue 12:00", 2)
    );
}

#[test]
fn pause_is_true() {
    let story = Story::opened("Mon 10:00", Urgency::Normal).then("Mon 11:00", BY_PERSON);
    let story = story.then("Mon 12:00", to(Status::Waiting));
    assert_eq!(story.clock(RequesterWait).phase, Phase::Paused);
    assert_eq!(story.left(RequesterWait), 25 * 60);
    let story = story.then("Fri 16:00", Fact::CustomerWrote);
    assert_eq!(
        story.left(RequesterWait),
        25 * 60,
        "a week of waiting cost nothing"
    );
    let did: Vec<Happening> = story.told(RequesterWait);
    assert_eq!(
        did,
        [
            Happening::Activate,
            Happening::Resume,
            Happening::Pause,
            Happening::Resume
        ]
    );
}

#[test]
fn on_hold_stops_the_work_but_not_the_wait() {
    let mut story =
        Story::opened("Mon 10:00", Urgency::Normal).then("Mon 11:00", to(Status::OnHold));
    assert_eq!(story.clock(RequesterWait).phase, Phase::Running);
    let agent = "name = \"A\"\n[targets.normal]\nagent_work = \"3 business hours\"";
    story.book.get_mut(&GUEST_TERMS).unwrap().level = toml::from_str(agent).unwrap();
    let story = story.then(
        "Mon 12:00",
        Fact::TermsSet {
            terms: Some(GUEST_TERMS),
        },
    );
    assert_eq!(story.clock(AgentWork).phase, Phase::Paused);
    let story = story.then("Mon 13:00", to(Status::Open));
    assert_eq!(story.due(AgentWork), "Mon 16:00");
}

#[test]
fn moving_a_ticket_does_not_stop_a_reply_clock() {
    for status in [Status::Open, Status::Waiting, Status::OnHold] {
        let story = Story::opened("Mon 10:00", Urgency::Normal).then("Mon 10:05", to(status));
        assert_eq!(story.due(FirstReply), "Mon 14:00", "{status:?}");
    }
    let solved = Story::opened("Mon 10:00", Urgency::Normal).then("Mon 11:00", to(Status::Solved));
    assert_eq!(solved.clock(FirstReply).phase, Phase::Paused);
    let reopened = solved.then("Mon 17:00", Fact::CustomerWrote);
    assert_eq!(
        reopened.due(FirstReply),
        "Tue 11:00",
        "three hours remained"
    );
}

#[test]
fn reopening_never_breaks_a_promise_at_once() {
    let story = Story::opened("Mon 10:00", Urgency::Urgent)
        .then("Mon 10:30", BY_PERSON)
        .then("Wed 09:59", to(Status::Solved));
    assert_eq!(
        story.score(Resolution),
        (1, 0),
        "a minute before it was due"
    );
    let story = story.then("Fri 12:00", Fact::CustomerWrote);
    assert_eq!(story.due(Resolution), "Sat 00:00", "a quarter of two days");
    assert_eq!(
        (story.clock(Resolution).eased, story.clock(Resolution).cycle),
        (1, 2)
    );
    let late = Story::opened("Mon 10:00", Urgency::Urgent)
        .then("Thu 10:00", to(Status::Solved))
        .then("Fri 12:00", to(Status::Open))
        .then("Fri 13:00", to(Status::Solved));
    assert_eq!(
        late.score(Resolution),
        (1, 1),
        "what was broken stays broken, and is counted once"
    );
}

#[test]
fn a_periodic_update_is_owed_while_it_is_our_turn() {
    let story = Story::opened("Mon 09:00", Urgency::Normal);
    assert_eq!(
        story.clock(PeriodicUpdate).phase,
        Phase::Idle,
        "first comes the first reply"
    );
    let story = story.then("Mon 10:00", BY_PERSON);
    assert_eq!(story.due(PeriodicUpdate), "Wed 10:00");
    let story = story.then("Tue 10:00", BY_PERSON);
    assert_eq!(
        (
            story.due(PeriodicUpdate).as_str(),
            story.score(PeriodicUpdate)
        ),
        ("Thu 10:00", (1, 0))
    );
    let story = story.then("Tue 11:00", to(Status::Waiting));
    assert_eq!(
        (
            story.due(PeriodicUpdate).as_str(),
            story.left(PeriodicUpdate)
        ),
        ("never", 17 * 60)
    );
    let story = story.then("Tue 12:00", to(Status::Solved));
    assert_eq!(story.clock(PeriodicUpdate).phase, Phase::Idle);
    assert_eq!(
        story.score(PeriodicUpdate),
        (1, 0),
        "withdrawn, not counted"
    );
}

#[test]
fn another_urgency_keeps_what_was_spent() {
    let story = Story::opened("Mon 10:00", Urgency::Normal);
    let story = story.then(
        "Mon 10:30",
        Fact::UrgencySet {
            urgency: Urgency::Urgent,
        },
    );
    assert_eq!(story.due(FirstReply), "Mon 11:00");
    let story = story.then(
        "Mon 10:45",
        Fact::UrgencySet {
            urgency: Urgency::CanWait,
        },
    );
    assert_eq!(story.due(FirstReply), "Tue 10:00");
    let story = story.then(
        "Mon 15:00",
        Fact::UrgencySet {
            urgency: Urgency::Urgent,
        },
    );
    assert_eq!(
        story.due(FirstReply),
        "Mon 15:15",
        "five hours are spent, a quarter of one remains"
    );
    assert_eq!(story.clock(FirstReply).eased, 1);
}

#[test]
fn another_level_or_calendar_counts_from_now_on() {
    let story = Story::opened("Mon 16:00", Urgency::Normal);
    let guest = Fact::TermsSet {
        terms: Some(GUEST_TERMS),
    };
    assert_eq!(story.due(FirstReply), "Tue 11:00");
    let story = story.then("Mon 17:00", guest);
    assert_eq!(story.due(FirstReply), "Tue 16:00");
    assert!(story.told(FirstReply).contains(&Happening::Retarget));
    let always = Fact::TermsSet {
        terms: Some(CLUB_ALWAYS),
    };
    let story = story.then("Mon 17:30", always);
    assert_eq!(
        story.due(FirstReply),
        "Mon 20:00",
        "90 minutes spent in shop hours, 150 by the clock"
    );
    let none = story.then("Mon 18:00", Fact::TermsSet { terms: None });
    assert_eq!(
        (none.clock(FirstReply).phase, none.due(FirstReply).as_str()),
        (Phase::Paused, "never")
    );
    let again = none.then("Tue 09:00", always);
    assert_eq!(
        again.due(FirstReply),
        "Tue 11:00",
        "taking a promise away and back wins no time"
    );
}

#[test]
fn a_broken_promise_stays_broken_under_a_kinder_level() {
    let story = Story::opened("Mon 10:00", Urgency::Urgent)
        .then(
            "Mon 12:00",
            Fact::UrgencySet {
                urgency: Urgency::CanWait,
            },
        )
        .then("Mon 12:30", BY_PERSON);
    assert_eq!(story.score(FirstReply), (0, 1));
}

#[test]
fn a_ticket_without_a_level_promises_nothing() {
    let story =
        Story::begun("Mon 10:00", opened(Urgency::Urgent, None)).then("Fri 10:00", BY_PERSON);
    assert_eq!(
        (story.score(FirstReply), story.due(Resolution).as_str()),
        ((0, 0), "never")
    );
    assert_eq!(story.clocks.next_moment(&story.book), Ok(None));
}

#[test]
fn a_ticket_that_we_began_owes_no_first_reply() {
    let outbound = Fact::Opened {
        asked: false,
        since: None,
        urgency: Urgency::Normal,
        terms: Some(CLUB_TERMS),
    };
    let story = Story::begun("Mon 10:00", outbound);
    assert_eq!(story.clock(FirstReply).phase, Phase::Idle);
    let story = story.then("Mon 12:00", Fact::CustomerWrote);
    assert_eq!(story.due(NextReply), "Mon 16:00");
}

#[test]
fn spam_stands_still_and_goes_on() {
    let story =
        Story::opened("Mon 10:00", Urgency::Normal).then("Mon 11:00", Fact::SpamSet { spam: true });
    assert_eq!(story.due(FirstReply), "never");
    let story = story.then("Wed 10:00", Fact::SpamSet { spam: false });
    assert_eq!(story.due(FirstReply), "Wed 13:00");
}

#[test]
fn a_snooze_stops_no_clock() {
    let story = Story::opened("Mon 10:00", Urgency::Normal).then(
        "Mon 10:30",
        Fact::Snoozed {
            until: at("Fri 10:00"),
        },
    );
    assert_eq!(story.due(FirstReply), "Mon 14:00");
}

#[test]
fn a_merge_counts_from_the_longer_wait() {
    let older = Some(at("Mon 09:00"));
    let story = Story::opened("Mon 11:00", Urgency::Normal)
        .then("Mon 12:00", Fact::TookOver { waiting: older });
    assert_eq!(story.due(FirstReply), "Mon 13:00");
    let answered = Story::opened("Mon 11:00", Urgency::Normal)
        .then("Mon 11:30", BY_PERSON)
        .then("Mon 12:00", Fact::TookOver { waiting: older });
    assert_eq!(
        answered.due(NextReply),
        "Mon 13:00",
        "the other's question is open here now"
    );
    let younger = Some(at("Mon 11:30"));
    let story = Story::opened("Mon 11:00", Urgency::Normal)
        .then("Mon 12:00", Fact::TookOver { waiting: younger });
    assert_eq!(story.due(FirstReply), "Mon 15:00");
    let long_ago = Story::opened("Thu 11:00", Urgency::Normal)
        .then("Thu 12:00", Fact::TookOver { waiting: older });
    assert_eq!(
        long_ago.due(FirstReply),
        "Thu 13:00",
        "a quarter of four hours remains"
    );
}

#[test]
fn a_merged_ticket_stands_still_and_comes_back_with_what_remained() {
    let story = Story::opened("Mon 10:00", Urgency::Normal).then("Mon 11:00", Fact::Merged);
    assert_eq!(story.due(FirstReply), "never");
    let story = story.then("Tue 10:00", Fact::Unmerged);
    assert_eq!(story.due(FirstReply), "Tue 13:00");
}

#[test]
fn a_split_takes_the_wait_along() {
    let split = Fact::Opened {
        asked: true,
        since: Some(at("Mon 09:00")),
        urgency: Urgency::Normal,
        terms: Some(CLUB_TERMS),
    };
    let new = Story::begun("Mon 10:00", split);
    assert_eq!(new.due(FirstReply), "Mon 13:00");
    let moved = Story::opened("Mon 09:00", Urgency::Normal)
        .then("Mon 10:00", Fact::SplitOff { waiting: None });
    assert_eq!(moved.clock(FirstReply).phase, Phase::Idle);
    let moved = moved.then("Mon 12:00", Fact::CustomerWrote);
    assert_eq!(
        moved.due(FirstReply),
        "Mon 16:00",
        "their next question is the first here"
    );
    let stays = Story::opened("Mon 09:00", Urgency::Normal).then(
        "Mon 10:00",
        Fact::SplitOff {
            waiting: Some(at("Mon 09:00")),
        },
    );
    assert_eq!(stays.due(FirstReply), "Mon 13:00");
}

#[test]
fn a_reply_that_solves_is_two_facts() {
    let event = TicketEvent::Replied {
        ticket: TicketId(1),
        message: MessageId(2),
        then: AfterSend::Solve,
    };
    let story = Story::opened("Mon 10:00", Urgency::Urgent);
    let story = Fact::of(&event)
        .into_iter()
        .fold(story, |story, fact| story.then("Mon 10:30", fact));
    assert_eq!(
        (story.score(FirstReply), story.score(Resolution)),
        ((1, 0), (1, 0))
    );
}

#[test]
fn a_calendar_that_never_opens_breaks_no_promise() {
    let mut story = Story::opened("Mon 10:00", Urgency::Normal);
    let never = toml::from_str("zone = \"UTC\"\n[hours]").unwrap();
    story.book.get_mut(&GUEST_TERMS).unwrap().calendar = std::sync::Arc::new(never);
    let story = story
        .then(
            "Mon 11:00",
            Fact::TermsSet {
                terms: Some(GUEST_TERMS),
            },
        )
        .then("Sun 11:00", Fact::Looked);
    assert_eq!(
        (story.due(FirstReply).as_str(), story.score(FirstReply)),
        ("never", (0, 0))
    );
}

#[test]
fn a_history_with_terms_that_nobody_knows_is_named_and_changes_nothing() {
    let mut story = Story::opened("Mon 10:00", Urgency::Normal);
    let before = story.clocks.clone();
    let unknown = Fact::TermsSet {
        terms: Some(TermsId(99)),
    };
    let error = story.clocks.take(at("Mon 11:00"), &unknown, &story.book);
    assert_eq!(error, Err(LevelError::UnknownTerms(TermsId(99))));
    assert_eq!(story.clocks, before);
}

#[test]
fn a_fact_that_claims_to_be_older_counts_now() {
    let story = Story::opened("Mon 10:00", Urgency::Normal).then("Mon 12:00", Fact::Noted);
    let story = story.then("Mon 11:00", BY_PERSON);
    assert_eq!(story.clock(FirstReply).fulfilled_at, Some(at("Mon 12:00")));
    assert_eq!(
        TicketClocks::default().clocks.len(),
        Metric::OF_LEVELS.len()
    );
}

#[test]
fn a_promise_given_in_a_reply_is_kept_by_the_next_one_whatever_the_status() {
    let given = |due: &str, remind: &str| Fact::PromiseGiven {
        cycle: 1,
        due: at(due),
        remind: at(remind),
    };
    let story = Story::opened("Mon 10:00", Urgency::Normal)
        .then("Mon 10:30", BY_PERSON)
        .then("Mon 10:30", to(Status::Waiting))
        .then("Mon 10:30", given("Mon 12:00", "Mon 11:15"));
    let first = story.clocks.foremost().unwrap();
    assert_eq!((first.metric, first.due), (Promised, Some(at("Mon 12:00"))));
    let next = story.clocks.next_moment(&story.book).unwrap();
    assert_eq!(next, Some(at("Mon 11:15")));
    let before = story.clocks.clone();
    let kept = story.then("Mon 11:30", BY_PERSON);
    let outcome = kept.clocks.outcomes(&before, &kept.log);
    let outcome = outcome.iter().find(|one| one.metric == Promised).unwrap();
    assert!(outcome.kept && outcome.done == Some(at("Mon 11:30")));
    assert_eq!(outcome.left_us, 30 * 60 * 1_000_000);
    assert_eq!(kept.clocks.given, None);
}

#[test]
fn spam_silences_a_given_promise_and_taking_the_mark_back_shows_what_was_missed() {
    let given = Fact::PromiseGiven {
        cycle: 1,
        due: at("Mon 12:00"),
        remind: at("Mon 11:15"),
    };
    let spam = |spam| Fact::SpamSet { spam };
    let story = Story::opened("Mon 10:00", Urgency::Normal)
        .then("Mon 10:30", given)
        .then("Mon 10:31", spam(true))
        .then("Mon 15:00", Fact::Looked);
    assert!(
        story
            .told(Promised)
            .iter()
            .all(|did| *did != Happening::Breach)
    );
    let story = story
        .then("Mon 16:00", spam(false))
        .then("Mon 16:01", Fact::Looked);
    let last = story
        .log
        .iter()
        .rfind(|event| event.metric == Promised)
        .unwrap();
    assert_eq!(
        (last.at, last.happening),
        (at("Mon 12:00"), Happening::Breach)
    );
}
