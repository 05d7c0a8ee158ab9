//! The life of a ticket, told as stories.
#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

use candor_domain::event::TicketEvent;
use candor_domain::id::{
    ConversationId, CustomerId, MailboxId, MessageId, PersonId, TeamId, TicketId,
};
use candor_domain::message::Channel;
use candor_domain::ticket::{
    AfterSend, Change, Kind, Place, Status, Ticket, TicketRule, Urgency, clean_tag,
};
use jiff::{Timestamp, ToSpan};

fn at(minute: i64) -> Timestamp {
    "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap() + minute.minutes()
}

fn new_ticket() -> Ticket {
    Ticket {
        id: TicketId(12),
        subject: "Two bags missing".to_owned(),
        customer: CustomerId(1),
        conversation: ConversationId(1),
        mailbox: MailboxId(1),
        channel: Channel::Mail,
        status: Status::New,
        kind: None,
        urgency: Urgency::Normal,
        team: None,
        assignee: None,
        tags: Vec::new(),
        spam: false,
        follows: None,
        created_at: at(0),
        updated_at: at(0),
        waiting_since: Some(at(0)),
        solved_at: None,
        last_public_message: Some(MessageId(1)),
        link_epoch: 0,
        version: 1,
        salt: vec![0; 16],
    }
}

fn in_status(status: Status) -> Ticket {
    let mut ticket = new_ticket();
    if status != Status::New {
        ticket.change(Change::Status(status), at(1)).unwrap();
    }
    ticket
}

#[test]
fn an_answer_of_the_customer_makes_it_our_turn_again() {
    for status in [Status::Waiting, Status::OnHold, Status::Solved] {
        let mut ticket = in_status(status);
        let event = ticket.customer_wrote(MessageId(2), at(5)).unwrap();
        assert!(
            matches!(event, TicketEvent::CustomerWrote { reopened: true, .. }),
            "{status:?}"
        );
        assert_eq!(ticket.status, Status::Open);
        assert_eq!(ticket.solved_at, None);
    }
}

#[test]
fn an_answer_to_a_closed_ticket_is_refused_so_that_a_new_one_is_opened() {
    let mut ticket = in_status(Status::Closed);
    let before = ticket.clone();
    assert_eq!(
        ticket.customer_wrote(MessageId(2), at(5)),
        Err(TicketRule::Closed)
    );
    assert_eq!(ticket, before, "a refusal changes nothing");
}

#[test]
fn the_customer_waits_since_the_first_message_that_nobody_answered() {
    let mut ticket = new_ticket();
    ticket.customer_wrote(MessageId(2), at(5)).unwrap();
    assert_eq!(ticket.waiting_since, Some(at(0)));
    ticket
        .replied(MessageId(3), AfterSend::Wait, at(9))
        .unwrap();
    assert_eq!(
        (ticket.waiting_since, ticket.status),
        (None, Status::Waiting)
    );
    ticket.customer_wrote(MessageId(4), at(20)).unwrap();
    assert_eq!(ticket.waiting_since, Some(at(20)));
}

#[test]
fn no_reply_leaves_a_closed_ticket_or_spam() {
    assert_eq!(
        in_status(Status::Closed).replied(MessageId(9), AfterSend::Wait, at(2)),
        Err(TicketRule::Closed)
    );
    let mut spam = new_ticket();
    spam.change(Change::Spam(true), at(1)).unwrap();
    assert_eq!(
        spam.replied(MessageId(9), AfterSend::Wait, at(2)),
        Err(TicketRule::Spam)
    );
    assert_eq!(spam.place(), Place::Spam);
}

#[test]
fn a_change_that_changes_nothing_is_refused() {
    let mut ticket = in_status(Status::Solved);
    assert_eq!(
        ticket.change(Change::Status(Status::Solved), at(3)),
        Err(TicketRule::AlreadySo)
    );
    assert_eq!(
        ticket.change(Change::Kind(None), at(3)),
        Err(TicketRule::AlreadySo)
    );
}

#[test]
fn every_change_can_be_taken_back() {
    let changes = [
        Change::Assign {
            team: Some(TeamId(2)),
            person: Some(PersonId(3)),
        },
        Change::Kind(Some(Kind::Complaint)),
        Change::Urgency(Urgency::Urgent),
        Change::Tags(vec!["parcel".to_owned()]),
        Change::Status(Status::Solved),
        Change::Spam(true),
    ];
    for change in changes {
        let before = new_ticket();
        let mut ticket = before.clone();
        let TicketEvent::Changed { from, .. } = ticket.change(change, at(1)).unwrap() else {
            panic!("a change is recorded as one");
        };
        ticket.change_back(from, at(2)).unwrap();
        ticket.version = before.version;
        ticket.updated_at = before.updated_at;
        assert_eq!(ticket, before);
    }
}

#[test]
fn nothing_is_made_new_again_by_hand() {
    assert_eq!(
        in_status(Status::Open).change(Change::Status(Status::New), at(2)),
        Err(TicketRule::NotNewAgain)
    );
}

#[test]
fn a_closed_ticket_is_reopened_before_anything_else_happens_to_its_status() {
    let mut ticket = in_status(Status::Closed);
    assert_eq!(
        ticket.change(Change::Status(Status::Waiting), at(2)),
        Err(TicketRule::Closed)
    );
    ticket.change(Change::Status(Status::Open), at(3)).unwrap();
    ticket
        .change(Change::Status(Status::Waiting), at(4))
        .unwrap();
    assert_eq!(ticket.place(), Place::Waiting);
}

#[test]
fn tags_are_cleaned_sorted_and_capped() {
    let mut ticket = new_ticket();
    let typed = ["  Late Parcel ", "b", "late parcel", "!!"]
        .map(str::to_owned)
        .to_vec();
    ticket.change(Change::Tags(typed), at(1)).unwrap();
    assert_eq!(ticket.tags, ["b", "late-parcel"]);
    let many = (0..=Ticket::MAX_TAGS).map(|n| format!("t{n}")).collect();
    assert_eq!(
        ticket.change(Change::Tags(many), at(2)),
        Err(TicketRule::TooManyTags)
    );
    assert_eq!(clean_tag(" !? "), None);
}

#[test]
fn a_revoked_link_changes_what_is_signed() {
    let mut ticket = new_ticket();
    assert_eq!(
        ticket.revoke_link(at(1)),
        TicketEvent::LinkRevoked {
            ticket: TicketId(12),
            epoch: 1
        }
    );
}

#[test]
fn a_machine_that_writes_leaves_everything_as_it_is() {
    for status in [Status::Waiting, Status::Solved, Status::Closed] {
        let mut ticket = in_status(status);
        let before = ticket.clone();
        let event = ticket.machine_wrote(MessageId(9), at(2));
        assert_eq!(event.kind(), "ticket.machine_wrote");
        assert_eq!(ticket.version, before.version + 1);
        ticket.version = before.version;
        ticket.updated_at = before.updated_at;
        assert_eq!(ticket, before);
    }
}
