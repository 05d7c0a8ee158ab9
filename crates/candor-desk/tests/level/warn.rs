//! Whom a warning reaches, and how often.

use super::{hours, reply, usual};
use candor_desk::history::{PastDeed, PastMail, PastStep, PlayHistory};
use candor_desk::level::{
    AddLevel, DraftPromise, GivePromise, MailWarnings, MyWarnings, PutWarningsAway, WarningsShown,
    WithdrawPromise,
};
use candor_desk::ticket::{ChangeTicket, WriteNote};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, TicketId};
use candor_domain::level::{Coverage, Metric, Warns};
use candor_domain::message::Channel;
use candor_domain::text::StaffText;
use candor_domain::ticket::{AfterSend, Change, Status, Urgency};
use candor_testkit::TestDesk;
use jiff::ToSpan;
use std::collections::HashMap;

async fn level(kit: &TestDesk, warns: Warns) {
    let covers = Coverage {
        everybody: true,
        ..Coverage::default()
    };
    let mut text = usual("Standard", hours(kit).await, covers);
    text.warns = warns;
    kit.desk.run(&Actor::System, AddLevel(text)).await.unwrap();
    kit.run_jobs().await;
}

async fn give(kit: &TestDesk, ticket: TicketId, name: &str) {
    let person = Some(kit.person(name).await.id);
    change(kit, ticket, Change::Assign { team: None, person }).await;
}

async fn shown(kit: &TestDesk, name: &str) -> WarningsShown {
    let actor = kit.actor(name).await;
    kit.desk.ask(&actor, MyWarnings).await.unwrap()
}

async fn warned_of(kit: &TestDesk, name: &str, metric: Metric) -> Vec<(TicketId, i64)> {
    let all = shown(kit, name).await.newest;
    let of_it = all.iter().filter(|one| one.metric == metric);
    of_it.map(|one| (one.ticket, one.step)).collect()
}

async fn warned(kit: &TestDesk, name: &str) -> Vec<(TicketId, i64)> {
    warned_of(kit, name, Metric::FirstReply).await
}

async fn put_away(kit: &TestDesk, name: &str, seen: &WarningsShown) {
    let shown = seen.newest.iter();
    let shown = shown.map(|one| (one.ticket, one.metric, one.at)).collect();
    let actor = kit.actor(name).await;
    let away = PutWarningsAway { shown };
    kit.desk.note(&actor, away).await.unwrap();
}

async fn change(kit: &TestDesk, ticket: TicketId, change: Change) {
    let change = ChangeTicket {
        ticket,
        change,
        version: None,
    };
    let mara = kit.actor("mara").await;
    kit.desk.run(&mara, change).await.unwrap();
}

async fn question(kit: &TestDesk) -> TicketId {
    let from = format!("c{}@cafe.example", kit.desk.now().as_second());
    let ticket = kit.mail(&from, "Late", "Where is it?").await;
    give(kit, ticket, "ayla").await;
    ticket
}

/// The clocks are looked at so much later, and a minute.
async fn look_after(kit: &TestDesk, hours: i64) {
    kit.clock.advance(hours.hours());
    kit.clock.advance(1.minute());
    kit.run_tasks().await;
}

async fn mails(kit: &TestDesk) -> usize {
    kit.desk.run(&Actor::System, MailWarnings).await.unwrap()
}

#[tokio::test]
async fn each_step_reaches_whom_the_level_names_until_somebody_answers() {
    let kit = TestDesk::new().await;
    let ben = kit.person("ben").await.id;
    let warns = Warns {
        people: vec![ben],
        ..Warns::default()
    };
    level(&kit, warns).await;
    // Four open hours: warnings after two, and after three hours and twelve minutes.
    let ticket = kit.mail("lena@cafe.example", "Late", "Where is it?").await;
    give(&kit, ticket, "ayla").await;
    for (hours, step) in [(2, 1), (1, 1), (1, 3)] {
        kit.clock.advance(hours.hours());
        kit.clock.advance(1.minute());
        kit.run_tasks().await;
        assert_eq!(warned(&kit, "ayla").await, [(ticket, step)]);
        assert_eq!(warned(&kit, "ben").await, [(ticket, step)]);
        assert_eq!(warned(&kit, "jonas").await, []);
    }
    assert_eq!(kit.mail_out().len(), 0, "nobody asked for mail");
    // Put away by one, it waits for the other; an answer takes it from both.
    let hers = shown(&kit, "ayla").await;
    put_away(&kit, "ayla", &hers).await;
    assert_eq!(warned(&kit, "ayla").await, []);
    assert_eq!(warned(&kit, "ben").await, [(ticket, 3)]);
    reply(&kit, "ayla", ticket, AfterSend::Wait).await;
    assert_eq!(warned(&kit, "ben").await, []);
}

#[tokio::test]
async fn a_ticket_that_nobody_has_is_its_leads() {
    let kit = TestDesk::new().await;
    level(&kit, Warns::default()).await;
    let ticket = kit.mail("lena@cafe.example", "Late", "Where is it?").await;
    kit.clock.advance(3.hours());
    kit.run_tasks().await;
    assert_eq!(warned(&kit, "mara").await, [(ticket, 1)]);
    assert_eq!(warned(&kit, "ayla").await, []);
}

#[tokio::test]
async fn a_heap_of_warnings_is_counted_where_it_is_shown_and_not_on_every_page() {
    let kit = TestDesk::new().await;
    level(&kit, Warns::default()).await;
    for n in 0..105 {
        let from = format!("c{n}@cafe.example");
        kit.mail(&from, "Late", "Where is it?").await;
    }
    kit.clock.advance(3.hours());
    kit.run_tasks().await;
    assert!(shown(&kit, "mara").await.count >= 105);

    let inbox = kit.browser("mara").await.get("/inbox").await.text();

    assert!(inbox.contains(">99+<"), "{inbox}");
    assert!(inbox.contains("more than 99 warnings"));
}

#[tokio::test]
async fn mail_comes_once_in_ten_minutes_and_says_that_a_machine_wrote_it() {
    let kit = TestDesk::new().await;
    let warns = Warns {
        mail: true,
        ..Warns::default()
    };
    level(&kit, warns).await;
    for subject in ["One", "Two"] {
        let ticket = kit.mail("lena@cafe.example", subject, "Where is it?").await;
        give(&kit, ticket, "ayla").await;
    }
    kit.clock.advance(2.hours());
    kit.clock.advance(1.minute());
    kit.run_tasks().await;
    kit.run_jobs().await;
    let sent = kit.mail_out();
    assert_eq!(sent.len(), 1, "both in one");
    let text = String::from_utf8_lossy(&sent[0].raw).into_owned();
    assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
    assert!(text.contains("#1 One") && text.contains("#2 Two"), "{text}");

    // 12:02: a third one. 13:12: the second step of the others, an hour after the first mail.
    kit.clock.advance(1.minute());
    let third = kit.mail("lena@cafe.example", "Three", "And this?").await;
    give(&kit, third, "ayla").await;
    for (minutes, mails, why) in [
        (70, 2, "the second step, an hour later"),
        (5, 2, "nothing new waits"),
        (44, 3, "both are missed at 14:00"),
        (
            2,
            3,
            "the third one's first step comes too soon after that mail",
        ),
        (9, 4, "now it is told"),
    ] {
        kit.clock.advance(minutes.minutes());
        kit.run_tasks().await;
        kit.run_jobs().await;
        assert_eq!(kit.mail_out().len(), mails, "{why}");
    }
}

#[tokio::test]
async fn whatever_brings_a_clock_to_a_step_tells_of_it() {
    let kit = TestDesk::new().await;
    level(&kit, Warns::default()).await;
    // An hour is nothing of four; of the hour and a quarter that an urgent one has left in all it
    // is the second step.
    let urgent = question(&kit).await;
    kit.clock.advance(1.hour());
    change(&kit, urgent, Change::Urgency(Urgency::Urgent)).await;
    assert_eq!(warned(&kit, "ayla").await, [(urgent, 2)]);
    reply(&kit, "ayla", urgent, AfterSend::Solve).await;
    assert_eq!(warned(&kit, "ayla").await, []);

    // A note in the seconds before the look.
    let noted = question(&kit).await;
    kit.clock.advance(4.hours());
    kit.clock.advance(1.minute());
    let note = WriteNote {
        ticket: noted,
        body: StaffText::new("Asked the carrier.".to_owned()),
        files: Vec::new(),
        channel: Channel::Desk,
    };
    let ben = kit.actor("ben").await;
    kit.desk.run(&ben, note).await.unwrap();
    assert_eq!(warned(&kit, "ayla").await, [(noted, 3)]);
    kit.run_tasks().await;
    assert_eq!(warned(&kit, "ayla").await, [(noted, 3)], "once");
}

#[tokio::test]
async fn what_happened_long_ago_and_is_brought_in_now_warns_nobody() {
    let kit = TestDesk::new().await;
    let ayla = kit.person("ayla").await.id;
    let begun = kit.desk.now();
    level(&kit, Warns::default()).await;
    kit.clock.advance(48.hours());
    let mail = PastMail {
        email: EmailAddress::parse("lena@cafe.example").unwrap(),
        name: "Lena".to_owned(),
        mailbox: MailboxId(1),
        subject: "Late".to_owned(),
        body: "Where is it?".to_owned(),
        terms: candor_store::search::analyse(""),
        files: Vec::new(),
        reading: None,
    };
    let step = |minutes: i64, deed| PastStep {
        at: begun + minutes.minutes(),
        ticket: 0,
        deed,
    };
    let note = PastDeed::Noted {
        by: ayla,
        body: "Too late.".to_owned(),
    };
    let steps = vec![
        step(1, PastDeed::CustomerWrote(Box::new(mail))),
        step(6 * 60, note),
    ];
    let known = HashMap::new();
    let play = PlayHistory { known, steps };
    kit.desk.run(&Actor::System, play).await.unwrap();
    assert_eq!(shown(&kit, "mara").await.newest, []);
}

#[tokio::test]
async fn a_reply_is_owed_while_a_ticket_waits_for_somebody_else() {
    let kit = TestDesk::new().await;
    level(&kit, Warns::default()).await;
    let ticket = question(&kit).await;
    for status in [Status::OnHold, Status::Waiting] {
        change(&kit, ticket, Change::Status(status)).await;
        look_after(&kit, 2).await;
        assert_eq!(warned(&kit, "ayla").await.len(), 1, "{status:?}");
    }
    change(&kit, ticket, Change::Spam(true)).await;
    assert_eq!(warned(&kit, "ayla").await, [], "nobody owes spam a reply");
    change(&kit, ticket, Change::Spam(false)).await;
    assert_eq!(warned(&kit, "ayla").await, [(ticket, 3)]);
}

#[tokio::test]
async fn a_warning_goes_with_its_promise_and_moves_with_its_end() {
    let kit = TestDesk::new().await;
    level(&kit, Warns::default()).await;
    let ticket = question(&kit).await;
    look_after(&kit, 3).await;
    let due = shown(&kit, "ayla").await.newest[0].due.unwrap();
    // Four hours become nine, of which three are less than half.
    change(&kit, ticket, Change::Urgency(Urgency::CanWait)).await;
    assert_eq!(warned(&kit, "ayla").await, []);
    look_after(&kit, 2).await;
    assert_eq!(warned(&kit, "ayla").await, [(ticket, 1)]);
    // Back to four: what is left is a quarter of them, and the line says until when.
    change(&kit, ticket, Change::Urgency(Urgency::Normal)).await;
    assert_eq!(warned(&kit, "ayla").await, [(ticket, 2)]);
    let moved = shown(&kit, "ayla").await.newest[0].due.unwrap();
    assert_eq!(moved, due + 2.hours() + 2.minutes());

    // A promise that somebody gave, once they were reminded of it.
    let ayla = kit.actor("ayla").await;
    let words = "by this evening".to_owned();
    let promise = DraftPromise {
        words,
        due: kit.desk.now() + 2.hours(),
    };
    let give = GivePromise { ticket, promise };
    let cycle = kit.desk.run(&ayla, give).await.unwrap();
    look_after(&kit, 1).await;
    look_after(&kit, 0).await;
    kit.clock.advance(45.minutes());
    kit.run_tasks().await;
    let of_it = warned_of(&kit, "ayla", Metric::Promised).await;
    assert_eq!(of_it, [(ticket, 1)]);
    let withdraw = WithdrawPromise {
        ticket,
        cycle,
        reason: "It came back.".to_owned(),
    };
    kit.desk.run(&ayla, withdraw).await.unwrap();
    assert_eq!(warned_of(&kit, "ayla", Metric::Promised).await, []);
}

#[tokio::test]
async fn warnings_go_to_whoever_has_the_ticket_now() {
    let kit = TestDesk::new().await;
    level(&kit, Warns::default()).await;
    let ticket = question(&kit).await;
    look_after(&kit, 2).await;
    assert_eq!(warned(&kit, "ayla").await, [(ticket, 1)]);
    give(&kit, ticket, "ben").await;
    assert_eq!(warned(&kit, "ayla").await, [], "it is Ben's now");
    assert_eq!(warned(&kit, "ben").await, [(ticket, 1)]);
    let nobody = Change::Assign {
        team: None,
        person: None,
    };
    change(&kit, ticket, nobody).await;
    assert_eq!(warned(&kit, "ben").await, []);
    assert_eq!(warned(&kit, "mara").await, [(ticket, 1)], "nobody has it");
}

#[tokio::test]
async fn what_came_after_the_page_was_drawn_is_not_put_away_with_it() {
    let kit = TestDesk::new().await;
    level(&kit, Warns::default()).await;
    let first = question(&kit).await;
    look_after(&kit, 1).await;
    let second = question(&kit).await;
    look_after(&kit, 1).await;
    let drawn = shown(&kit, "ayla").await;
    assert_eq!(drawn.count, 1);
    // 13:03: the second one's first step, and another one of the first.
    look_after(&kit, 1).await;
    kit.clock.advance(15.minutes());
    kit.run_tasks().await;
    put_away(&kit, "ayla", &drawn).await;
    let still = warned(&kit, "ayla").await;
    assert_eq!(still, [(first, 2), (second, 1)]);
    let drawn = shown(&kit, "ayla").await;
    put_away(&kit, "ayla", &drawn).await;
    assert_eq!(warned(&kit, "ayla").await, []);
}

#[tokio::test]
async fn a_mail_takes_along_what_it_says_and_is_the_last_one_for_ten_minutes() {
    let kit = TestDesk::new().await;
    let warns = Warns {
        mail: true,
        ..Warns::default()
    };
    level(&kit, warns).await;
    let put_away_before = question(&kit).await;
    let mut tickets = Vec::new();
    for number in 0..52 {
        let from = format!("c{number}@cafe.example");
        let ticket = kit.mail(&from, "Late", "Where is it?").await;
        give(&kit, ticket, "ayla").await;
        tickets.push(ticket);
    }
    kit.clock.advance(2.hours());
    kit.clock.advance(1.minute());
    let look = candor_desk::level::LookAtClocks;
    kit.desk.run(&Actor::System, look).await.unwrap();
    // What she read already needs no mail.
    let read = (put_away_before, Metric::FirstReply, kit.desk.now());
    let away = PutWarningsAway { shown: vec![read] };
    let ayla = kit.actor("ayla").await;
    kit.desk.note(&ayla, away).await.unwrap();

    assert_eq!(mails(&kit).await, 1);
    // The answer takes the warnings that were sent; that a mail came just now holds.
    for &ticket in &tickets[..50] {
        reply(&kit, "ayla", ticket, AfterSend::Wait).await;
    }
    kit.clock.advance(5.minutes());
    assert_eq!(mails(&kit).await, 0, "five minutes after the last");
    kit.clock.advance(6.minutes());
    assert_eq!(mails(&kit).await, 1, "the two that had no place");
    kit.run_jobs().await;
    let sent = kit.mail_out();
    let texts = sent.iter().map(|mail| String::from_utf8_lossy(&mail.raw));
    let lines = texts.map(|text| text.matches(" Late: First").count());
    let lines: Vec<usize> = lines.filter(|&lines| lines > 0).collect();
    assert_eq!(lines, [2 * 50, 2 * 2], "each line as text and as HTML");
}
