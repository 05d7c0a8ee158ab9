//! The domain's own tickets go through the script.

use super::{THURSDAY, default_script};
use crate::demo::script::{Deed, Script};
use candor_domain::id::{
    ConversationId, CustomerId, MailboxId, MessageId, PersonId, TeamId, TicketId,
};
use candor_domain::message::Channel;
use candor_domain::ticket::{Change, Status, Ticket, Urgency};
use jiff::Timestamp;
use std::collections::HashMap;

/// Every ticket as it stands at the end. Panics where the domain forbids a step.
pub(super) fn statuses(script: &Script) -> HashMap<usize, Ticket> {
    let mut tickets: HashMap<usize, Ticket> = HashMap::new();
    for (number, step) in script.steps.iter().enumerate() {
        let ticket = tickets
            .entry(step.ticket)
            .or_insert_with(|| opened(step.ticket, step.at));
        let message = MessageId(number as i64);
        let change = |ticket: &mut Ticket, to: Change| ticket.change(to, step.at).map(|_| ());
        let done = match &step.deed {
            Deed::CustomerMail(_) => ticket.customer_wrote(message, step.at).map(|_| ()),
            Deed::Reply { then, .. } => ticket.replied(message, *then, step.at).map(|_| ()),
            Deed::Note { .. } => Ok(()),
            Deed::Assign { team, to, .. } => {
                let team = Some(TeamId(*team as i64));
                let person = to.map(|person| PersonId(person as i64));
                change(ticket, Change::Assign { team, person })
            }
            Deed::SetKind { kind, .. } => change(ticket, Change::Kind(Some(*kind))),
            Deed::SetUrgency { urgency, .. } => change(ticket, Change::Urgency(*urgency)),
            Deed::Tag { tags, .. } => change(
                ticket,
                Change::Tags(tags.iter().map(|&tag| tag.to_owned()).collect()),
            ),
            Deed::Move { status, .. } => change(ticket, Change::Status(*status)),
            Deed::Spam { .. } => change(ticket, Change::Spam(true)),
        };
        if let Err(rule) = done {
            panic!("ticket {}: {rule} at {:?}", step.ticket, step.deed);
        }
    }
    tickets
}

fn opened(key: usize, at: Timestamp) -> Ticket {
    Ticket {
        id: TicketId(key as i64),
        subject: String::new(),
        customer: CustomerId(0),
        conversation: ConversationId(0),
        mailbox: MailboxId(0),
        channel: Channel::Mail,
        status: Status::New,
        kind: None,
        urgency: Urgency::Normal,
        team: Some(TeamId(0)),
        assignee: None,
        tags: Vec::new(),
        spam: false,
        follows: None,
        created_at: at,
        updated_at: at,
        waiting_since: None,
        solved_at: None,
        last_public_message: None,
        link_epoch: 0,
        version: 0,
        salt: Vec::new(),
    }
}

#[test]
fn the_domain_allows_every_step() {
    let script = default_script(THURSDAY);
    let tickets = statuses(&script);
    let closed = tickets
        .values()
        .filter(|ticket| ticket.status == Status::Closed);
    assert!(closed.count() > 300);
}

#[test]
fn an_answer_never_goes_to_a_closed_ticket_of_a_large_shop() {
    let script = super::script(&super::plan(2, 4_000, THURSDAY));
    assert_eq!(statuses(&script).len(), 4_000);
}
