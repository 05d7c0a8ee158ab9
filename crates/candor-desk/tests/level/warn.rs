//! Whom a warning reaches, and how often.

use super::{hours, reply, usual};
use candor_desk::level::{AddLevel, MyWarnings, PutWarningsAway, Warning};
use candor_desk::ticket::ChangeTicket;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::level::{Coverage, Metric, Warns};
use candor_domain::ticket::{AfterSend, Change};
use candor_testkit::TestDesk;
use jiff::ToSpan;

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
    let give = ChangeTicket {
        ticket,
        change: Change::Assign { team: None, person },
        version: None,
    };
    let mara = kit.actor("mara").await;
    kit.desk.run(&mara, give).await.unwrap();
}

async fn warned(kit: &TestDesk, name: &str) -> Vec<(TicketId, i64)> {
    let actor = kit.actor(name).await;
    let all: Vec<Warning> = kit.desk.ask(&actor, MyWarnings).await.unwrap();
    let replies = all.iter().filter(|one| one.metric == Metric::FirstReply);
    replies.map(|one| (one.ticket, one.step)).collect()
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
    let ayla = kit.actor("ayla").await;
    kit.desk.note(&ayla, PutWarningsAway).await.unwrap();
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
