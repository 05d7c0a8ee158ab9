//! Changes, undo, and what closes by itself.

use super::{conflict, ticket, view};
use candor_desk::ticket::{ChangeTicket, OpenTicket, UndoChange};
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::message::Channel;
use candor_domain::ticket::{Change, Status, Urgency};
use candor_testkit::TestDesk;
use jiff::ToSpan;

async fn change(
    kit: &TestDesk,
    actor: &Actor,
    id: TicketId,
    change: Change,
) -> Result<(), DeskError> {
    let verb = ChangeTicket {
        ticket: id,
        change,
        version: None,
    };
    kit.desk.run(actor, verb).await.map(|_| ())
}

#[tokio::test]
async fn a_change_is_told_in_the_thread_and_taken_back_by_whoever_made_it() {
    let kit = TestDesk::new().await;
    let (ayla, ben) = (kit.actor("ayla").await, kit.actor("ben").await);
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    change(&kit, &ayla, id, Change::Status(Status::Solved))
        .await
        .unwrap();

    assert_eq!(
        conflict(kit.desk.run(&ben, UndoChange { ticket: id }).await),
        Conflict::TooLate
    );
    kit.desk
        .run(&ayla, UndoChange { ticket: id })
        .await
        .unwrap();
    assert_eq!(
        ticket(&kit, id).await.status,
        Status::New,
        "undo leads where a change could not"
    );
    let told: Vec<_> = view(&kit, &ayla, id)
        .await
        .happenings
        .iter()
        .map(|happening| (happening.event.kind(), happening.person.clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("ticket.opened", None),
            ("ticket.solved", Some("Ayla".to_owned())),
            ("ticket.reopened", Some("Ayla".to_owned())),
        ]
    );
}

#[tokio::test]
async fn after_ten_minutes_nothing_is_undone_with_one_click() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    change(&kit, &ayla, id, Change::Urgency(Urgency::Urgent))
        .await
        .unwrap();
    kit.clock.advance(11.minutes());
    assert_eq!(
        conflict(kit.desk.run(&ayla, UndoChange { ticket: id }).await),
        Conflict::TooLate
    );
}

#[tokio::test]
async fn a_stale_version_is_refused_with_the_current_one() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    let version = ticket(&kit, id).await.version;
    change(&kit, &ayla, id, Change::Urgency(Urgency::Urgent))
        .await
        .unwrap();
    let late = ChangeTicket {
        ticket: id,
        change: Change::Spam(true),
        version: Some(version),
    };
    let refused = conflict(kit.desk.run(&ayla, late).await);
    assert_eq!(
        refused,
        Conflict::Stale {
            current: version + 1
        }
    );
}

#[tokio::test]
async fn a_collaborator_reads_and_notes_but_changes_nothing() {
    let kit = TestDesk::new().await;
    let (ayla, cora) = (kit.actor("ayla").await, kit.actor("cora").await);
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    let refused = change(&kit, &cora, id, Change::Status(Status::Solved))
        .await
        .unwrap_err();
    assert!(matches!(refused, DeskError::NotAllowed(_)), "{refused}");
    change(
        &kit,
        &ayla,
        id,
        Change::Assign {
            team: None,
            person: None,
        },
    )
    .await
    .unwrap();
    let refused = change(&kit, &cora, id, Change::Status(Status::Solved))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, DeskError::NotFound(_)),
        "out of their team it does not exist: {refused}"
    );
}

#[tokio::test]
async fn a_ticket_goes_to_nobody_who_left() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let ben = kit.person("ben").await.id;
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    let leave = candor_desk::people::Deactivate { person: ben };
    kit.desk.run(&Actor::System, leave).await.unwrap();
    let give = Change::Assign {
        team: Some(kit.team),
        person: Some(ben),
    };
    let refused = change(&kit, &ayla, id, give).await.unwrap_err();
    assert!(matches!(refused, DeskError::Invalid(_)), "{refused}");
}

#[tokio::test]
async fn a_solved_ticket_closes_after_the_days_of_its_mailbox() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    change(&kit, &ayla, id, Change::Status(Status::Solved))
        .await
        .unwrap();
    kit.clock.advance(6.hours() * 27);
    kit.run_tasks().await;
    assert_eq!(ticket(&kit, id).await.status, Status::Solved);
    kit.clock.advance(6.hours());
    kit.run_tasks().await;
    assert_eq!(ticket(&kit, id).await.status, Status::Closed);
}

#[tokio::test]
async fn a_call_is_written_down_with_every_wrong_field_named() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let call = OpenTicket {
        phone: String::new(),
        subject: " ".to_owned(),
        body: String::new(),
        email: "amira".to_owned(),
        name: "Amira".to_owned(),
        mailbox: None,
        channel: Channel::Phone,
        kind: None,
        urgency: Urgency::Normal,
        tags: Vec::new(),
        files: Vec::new(),
    };
    let DeskError::Invalid(fields) = kit.desk.run(&ayla, call.clone()).await.unwrap_err() else {
        panic!("the fields are refused");
    };
    assert_eq!(
        fields.iter().map(|field| field.field).collect::<Vec<_>>(),
        ["email", "subject", "body"]
    );

    let call = OpenTicket {
        phone: String::new(),
        subject: "Called about bags".to_owned(),
        body: "Two are missing.".to_owned(),
        email: "amira@customer.example".to_owned(),
        ..call
    };
    let opened = kit.desk.run(&ayla, call).await.unwrap();
    assert_eq!(
        (opened.channel, opened.status),
        (Channel::Phone, Status::New)
    );
    assert!(kit.mail_out().is_empty(), "nothing is sent by itself");
}
