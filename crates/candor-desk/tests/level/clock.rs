//! What starts, stops and keeps a promise.

use super::{clock, hours, level_for_everybody, reply, usual, view, wrong};
use candor_desk::intake::{Envelope, SENT, receive};
use candor_desk::level::{
    AddLevel, AnswerOwed, AttainmentBy, AttainmentView, CalendarText, ChangeLevel, KeepCalendar,
    LevelText, RestLevel, SetTicketLevel,
};
use candor_desk::ticket::{ChangeTicket, CustomerView, UndoChange, WriteNote};
use candor_desk::verify::verify;
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::LevelId;
use candor_domain::level::{Coverage, LevelReason, Metric, Phase};
use candor_domain::message::Channel;
use candor_domain::text::StaffText;
use candor_domain::ticket::{AfterSend, Change, Status, Urgency};
use candor_testkit::TestDesk;
use jiff::ToSpan;

#[tokio::test]
async fn a_reply_keeps_the_promise_and_a_note_does_not() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    // Monday, 10:00 in Berlin: four open hours end at 14:00 there.
    let ticket = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let first = clock(&kit, ticket, Metric::FirstReply).await;
    assert_eq!(first.due.unwrap().to_string(), "2026-03-02T13:00:00Z");

    kit.clock.advance(1.hour());
    let note = WriteNote {
        ticket,
        body: StaffText::new("Ask the carrier"),
        files: Vec::new(),
        channel: Channel::Desk,
    };
    let ayla = kit.actor("ayla").await;
    kit.desk.run(&ayla, note).await.unwrap();
    assert_eq!(
        clock(&kit, ticket, Metric::FirstReply).await,
        first_at(&first, 60)
    );

    kit.clock.advance(1.hour());
    reply(&kit, "ayla", ticket, AfterSend::Wait).await;
    let kept = clock(&kit, ticket, Metric::FirstReply).await;
    assert_eq!((kept.phase, kept.kept, kept.broken), (Phase::Met, 1, 0));
    let page = kit
        .desk
        .ask(
            &Actor::System,
            AttainmentView {
                days: 1,
                by: AttainmentBy::Level,
            },
        )
        .await
        .unwrap();
    let line = page
        .lines
        .iter()
        .find(|line| line.metric == Metric::FirstReply)
        .unwrap();
    assert_eq!(
        (line.promises, line.kept, line.beaten_by.as_mins()),
        (1, 1, 120)
    );
    assert!(wrong(&kit).await.is_empty());
}

/// The same clock after more minutes were spent.
fn first_at(clock: &candor_domain::level::Clock, minutes: i64) -> candor_domain::level::Clock {
    let mut later = clock.clone();
    later.spent_us += minutes * 60_000_000;
    later
}

#[tokio::test]
async fn a_missed_promise_is_noticed_told_and_counted() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ticket = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    kit.clock.advance(3.hours());
    kit.run_tasks().await;
    assert_eq!(clock(&kit, ticket, Metric::FirstReply).await.warned, 1);
    kit.clock.advance(2.hours());
    kit.run_tasks().await;
    let broken = clock(&kit, ticket, Metric::FirstReply).await;
    assert_eq!(
        broken.breached_at.unwrap().to_string(),
        "2026-03-02T13:00:00Z"
    );
    let shown = view(&kit, ticket).await;
    let kinds: Vec<_> = shown
        .happenings
        .iter()
        .map(|one| one.event.kind())
        .collect();
    assert_eq!(
        kinds,
        [
            "ticket.opened",
            "ticket.promise_set",
            "ticket.promise_warned",
            "ticket.promise_broken"
        ]
    );
    // Nothing is told twice.
    kit.run_tasks().await;
    assert_eq!(view(&kit, ticket).await.happenings.len(), 4);

    reply(&kit, "ayla", ticket, AfterSend::Wait).await;
    let page = kit
        .desk
        .ask(
            &Actor::System,
            AttainmentView {
                days: 1,
                by: AttainmentBy::Level,
            },
        )
        .await
        .unwrap();
    let line = page
        .lines
        .iter()
        .find(|line| line.metric == Metric::FirstReply)
        .unwrap();
    assert_eq!((line.promises, line.kept), (1, 0));
    assert!(wrong(&kit).await.is_empty());
}

#[tokio::test]
async fn tickets_from_before_the_first_level_count_what_they_waited() {
    let kit = TestDesk::new().await;
    let waiting = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let solved = kit.mail("otto@cafe.example", "Thanks", "All is well").await;
    reply(&kit, "ayla", solved, AfterSend::Solve).await;
    assert!(view(&kit, waiting).await.promise.is_none());
    kit.clock.advance(2.hours());
    level_for_everybody(&kit).await;
    let first = clock(&kit, waiting, Metric::FirstReply).await;
    assert_eq!(first.since.unwrap().to_string(), "2026-03-02T09:00:00Z");
    assert!(view(&kit, solved).await.promise.unwrap().level.is_none());
    assert!(wrong(&kit).await.is_empty());
}

#[tokio::test]
async fn the_strongest_ground_chooses_and_a_hand_chooses_before_it() {
    let kit = TestDesk::new().await;
    let everybody = level_for_everybody(&kit).await;
    let calendar = hours_again(&kit).await;
    let covers = Coverage {
        kinds: vec![candor_domain::ticket::Kind::Complaint],
        ..Coverage::default()
    };
    let text = usual("Complaints", calendar, covers.clone());
    let complaints = kit.desk.run(&Actor::System, AddLevel(text)).await.unwrap();
    let twice = AddLevel(usual("Again", calendar, covers));
    let twice = kit.desk.run(&Actor::System, twice).await;
    assert!(matches!(twice, Err(DeskError::Invalid(_))), "{twice:?}");

    let ticket = kit
        .mail("lena@cafe.example", "Broken cup", "It broke.")
        .await;
    assert_eq!(
        level_of(&kit, ticket).await,
        (everybody, LevelReason::Everybody)
    );
    let ayla = kit.actor("ayla").await;
    let change = ChangeTicket {
        ticket,
        change: Change::Kind(Some(candor_domain::ticket::Kind::Complaint)),
        version: None,
    };
    kit.desk.run(&ayla, change).await.unwrap();
    assert_eq!(
        level_of(&kit, ticket).await,
        (complaints, LevelReason::Kind)
    );
    // What the clocks noted since does not stand between somebody and their undo.
    kit.desk.run(&ayla, UndoChange { ticket }).await.unwrap();
    assert_eq!(
        level_of(&kit, ticket).await,
        (everybody, LevelReason::Everybody)
    );

    let by_hand = |level| SetTicketLevel { ticket, level };
    kit.desk
        .run(&ayla, by_hand(Some(complaints)))
        .await
        .unwrap();
    assert_eq!(
        level_of(&kit, ticket).await,
        (complaints, LevelReason::Explicit)
    );
    kit.desk.run(&ayla, by_hand(None)).await.unwrap();
    assert_eq!(
        level_of(&kit, ticket).await,
        (everybody, LevelReason::Everybody)
    );
    let rest = RestLevel {
        level: everybody,
        rests: true,
    };
    kit.desk.run(&Actor::System, rest).await.unwrap();
    kit.run_jobs().await;
    assert!(view(&kit, ticket).await.promise.unwrap().level.is_none());
    assert!(wrong(&kit).await.is_empty());
}

async fn hours_again(kit: &TestDesk) -> candor_domain::id::CalendarId {
    let mara = kit.actor("mara").await;
    let levels = kit.desk.ask(&mara, candor_desk::level::LevelsView).await;
    levels.unwrap().calendars[0].id
}

async fn level_of(kit: &TestDesk, ticket: candor_domain::id::TicketId) -> (LevelId, LevelReason) {
    let promise = view(kit, ticket).await.promise.unwrap();
    (promise.level.unwrap().0, promise.reason.unwrap())
}

#[tokio::test]
async fn a_stricter_level_never_breaks_a_promise_at_once() {
    let kit = TestDesk::new().await;
    let level = level_for_everybody(&kit).await;
    let ticket = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    kit.clock.advance(3.hours());
    let calendar = hours_again(&kit).await;
    let mut text = usual(
        "Standard",
        calendar,
        Coverage {
            everybody: true,
            ..Coverage::default()
        },
    );
    for target in &mut text.targets {
        "1 business hour".clone_into(&mut target.text);
    }
    let change = ChangeLevel { level, text };
    kit.desk.run(&Actor::System, change).await.unwrap();
    kit.run_jobs().await;
    let first = clock(&kit, ticket, Metric::FirstReply).await;
    assert!(first.breached_at.is_none());
    assert_eq!(first.remaining().unwrap().as_mins(), 15);
    assert!(wrong(&kit).await.is_empty());
}

#[tokio::test]
async fn the_customer_reads_when_they_will_hear_from_us() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ticket = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let customer = view(&kit, ticket).await.ticket.customer;
    let lena = Actor::Customer { customer, ticket };
    let asked = || async {
        kit.desk
            .ask(&lena, CustomerView { ticket })
            .await
            .unwrap()
            .answer
    };
    let by = "2026-03-02T13:00:00Z".parse().unwrap();
    assert_eq!(asked().await, Some(AnswerOwed::By(by)));
    kit.clock.advance(5.hours());
    assert_eq!(asked().await, Some(AnswerOwed::LateSince(by)));
    reply(&kit, "ayla", ticket, AfterSend::Wait).await;
    let after = jiff::SignedDuration::from_hours(5);
    let given = AnswerOwed::Given {
        after,
        in_time: false,
    };
    assert_eq!(asked().await, Some(given));
}

#[tokio::test]
async fn a_pause_keeps_what_remains() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ticket = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    kit.clock.advance(1.hour());
    let solve = |change| ChangeTicket {
        ticket,
        change: Change::Status(change),
        version: None,
    };
    kit.desk
        .run(&Actor::System, solve(Status::Solved))
        .await
        .unwrap();
    kit.clock.advance(72.hours());
    kit.run_tasks().await;
    kit.desk
        .run(&Actor::System, solve(Status::Open))
        .await
        .unwrap();
    let first = clock(&kit, ticket, Metric::FirstReply).await;
    assert_eq!(
        (first.phase, first.remaining().unwrap().as_hours()),
        (Phase::Running, 3)
    );
    assert!(wrong(&kit).await.is_empty());
}

#[tokio::test]
async fn a_clock_that_was_set_back_is_found() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ticket = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let whole = verify(&kit.desk, &Actor::System, |_| {}).await.unwrap();
    assert!(whole.findings.is_empty(), "{:?}", whole.findings);
    let tamper = move |tx: &mut candor_store::Tx<'_>| -> Result<(), DeskError> {
        let mut row = tx.clocks_of(ticket)?.unwrap();
        row.clocks.clocks[0].spent_us = 0;
        row.clocks.clocks[0].allowed_us += 3_600_000_000;
        Ok(tx.keep_clocks(&row)?)
    };
    kit.desk.store().write(tamper).await.unwrap();
    let report = verify(&kit.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_field() {
    let kit = TestDesk::new().await;
    let calendar = hours(&kit).await;
    let refused = |answer: DeskError| match answer {
        DeskError::Invalid(fields) => fields.into_iter().map(|field| field.field).collect(),
        other => vec![Box::leak(other.to_string().into_boxed_str()) as &str],
    };
    let mut text = CalendarText {
        name: "Other".to_owned(),
        zone: "Europe/Nowhere".to_owned(),
        holidays: "someday".to_owned(),
        exceptions: "2026-12-23 25-30".to_owned(),
        file: Some("no calendar".to_owned()),
        ..CalendarText::default()
    };
    "18".clone_into(&mut text.days[1]);
    let keep = |text: &CalendarText| KeepCalendar {
        calendar: None,
        text: text.clone(),
    };
    let wrong = kit.desk.run(&Actor::System, keep(&text)).await.unwrap_err();
    assert_eq!(
        refused(wrong),
        ["zone", "tue", "mon", "holidays", "file", "exceptions"]
    );
    let nothing = AddLevel(LevelText {
        name: "Empty".to_owned(),
        calendar: Some(calendar),
        ..LevelText::default()
    });
    let wrong = kit.desk.run(&Actor::System, nothing).await.unwrap_err();
    assert_eq!(refused(wrong), ["targets"]);
    let mut odd = usual("Odd", calendar, Coverage::default());
    "soon".clone_into(&mut odd.targets[0].text);
    let wrong = kit
        .desk
        .run(&Actor::System, AddLevel(odd))
        .await
        .unwrap_err();
    assert_eq!(refused(wrong), ["targets"]);
    let ayla = kit.actor("ayla").await;
    let not_hers = AddLevel(usual("Hers", calendar, Coverage::default()));
    let wrong = kit.desk.run(&ayla, not_hers).await.unwrap_err();
    assert!(matches!(wrong, DeskError::NotAllowed(_)));
    let same = KeepCalendar {
        calendar: None,
        text: CalendarText {
            name: "Shop hours".to_owned(),
            zone: "UTC".to_owned(),
            days: std::array::from_fn(|_| "9-18".to_owned()),
            ..CalendarText::default()
        },
    };
    let wrong = kit.desk.run(&Actor::System, same).await.unwrap_err();
    assert!(matches!(
        wrong,
        DeskError::Conflict(Conflict::Taken("name"))
    ));
    assert_eq!(Urgency::ALL.len(), 3);
}

#[tokio::test]
async fn an_answer_sent_in_time_and_read_late_keeps_its_promise() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ticket = kit
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let asked = view(&kit, ticket).await.messages[0].message.mail_id.clone();
    kit.clock.advance(5.hours());
    kit.run_tasks().await;
    assert_eq!(clock(&kit, ticket, Metric::FirstReply).await.broken, 1);

    let raw = format!(
        "From: help@shop.example\r\nTo: lena@cafe.example\r\nMessage-ID: <p@phone.example>\r\n\
         In-Reply-To: {asked}\r\nDate: Mon, 02 Mar 2026 11:00:00 +0000\r\nSubject: Re\r\n\r\n\
         It is on its way.\r\n"
    );
    let envelope = Envelope {
        via: SENT.to_owned(),
        mail_from: String::new(),
        recipients: vec!["help@shop.example".to_owned()],
    };
    receive(&kit.desk, &envelope, raw.into_bytes())
        .await
        .unwrap();
    kit.run_jobs().await;

    let kept = clock(&kit, ticket, Metric::FirstReply).await;
    assert_eq!((kept.phase, kept.kept, kept.broken), (Phase::Met, 1, 0));
    assert!(wrong(&kit).await.is_empty());
}
