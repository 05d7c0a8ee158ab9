use super::*;
use crate::NamedAddress;

fn key() -> ReplyKey {
    ReplyKey::new([42; 32])
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn place(ticket: i64) -> TicketRef {
    TicketRef {
        ticket: TicketId(ticket),
        conversation: ConversationId(ticket + 1),
    }
}

fn sent(ticket: i64, sequence: u64) -> SentRef {
    SentRef {
        reference: place(ticket),
        sequence,
    }
}

#[test]
fn a_reply_address_leads_back_to_its_ticket_in_either_case() {
    let reply = reply_address(&address("help@shop.example"), place(4182), &key());
    assert!(reply.as_str().starts_with("help+"), "{reply}");
    let shouted = address(&reply.as_str().to_uppercase());
    assert_eq!(open_reply_address(&shouted, &key()), Some(place(4182)));
}

#[test]
fn a_reply_address_of_another_desk_leads_nowhere() {
    let reply = reply_address(
        &address("help@shop.example"),
        place(4182),
        &ReplyKey::new([1; 32]),
    );
    assert_eq!(open_reply_address(&reply, &key()), None);
    assert_eq!(
        open_reply_address(&address("help+4182@shop.example"), &key()),
        None
    );
    assert_eq!(
        open_reply_address(&address("help@shop.example"), &key()),
        None
    );
}

#[test]
fn a_mailbox_name_too_long_for_a_token_stays_plain() {
    let long = address(&format!("{}@shop.example", "a".repeat(60)));
    assert_eq!(reply_address(&long, place(1), &key()), long);
}

#[test]
fn our_message_id_is_recognised_and_cannot_be_renumbered() {
    let id = outgoing_message_id(sent(7, 12), "desk.shop.example", &key());
    assert!(id.as_str().ends_with(".12@desk.shop.example"), "{id}");
    assert_eq!(open_message_id(&id, &key()), Some(sent(7, 12)));
    let renumbered = MessageId::parse(&id.as_str().replace(".12@", ".13@")).unwrap();
    assert_eq!(open_message_id(&renumbered, &key()), None);
}

#[test]
fn a_host_name_with_line_breaks_cannot_break_an_id() {
    let id = outgoing_message_id(sent(7, 12), "desk\r\nBcc: x@y.example", &key());
    assert!(id.as_str().ends_with("@deskBccxy.example"), "{id}");
}

#[test]
fn the_surest_hint_comes_first_and_the_subject_is_none() {
    let ours = outgoing_message_id(sent(2, 5), "shop.example", &key());
    let foreign = |n: u8| MessageId::parse(&format!("{n}@elsewhere.example")).unwrap();
    let message = IncomingMessage {
        subject: "Re: [#999] parcel".into(),
        to: vec![NamedAddress::bare(reply_address(
            &address("help@shop.example"),
            place(3),
            &key(),
        ))],
        in_reply_to: vec![foreign(9)],
        references: vec![foreign(1), ours, foreign(9)],
        ..IncomingMessage::default()
    };
    let envelope = [reply_address(
        &address("help@shop.example"),
        place(1),
        &key(),
    )];
    assert_eq!(
        thread_candidates(&message, &envelope, &key()),
        [
            Candidate::ReplyAddress(place(1)),
            Candidate::ReplyAddress(place(3)),
            Candidate::OurMessage(sent(2, 5)),
            Candidate::Foreign(foreign(9)),
            Candidate::Foreign(foreign(1)),
        ]
    );
}

#[test]
fn a_key_does_not_leak_through_debug() {
    assert_eq!(format!("{:?}", key()), "ReplyKey(secret)");
}
