//! People of the team are told by mail, and answer by mail.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "staff_mail/answer.rs"]
mod answer;
#[path = "staff_mail/told.rs"]
mod told;

use candor_desk::intake::{Envelope, Handover, receive_from};
use candor_desk::staff_mail::ChangeMailWish;
use candor_desk::ticket::ChangeTicket;
use candor_domain::id::{IncomingId, TicketId};
use candor_domain::message::Message;
use candor_domain::ticket::Change;
use candor_mail::{IncomingMessage, Mark};
use candor_store::Tx;
use candor_testkit::TestDesk;

const KIM: &str = "Kim Nowak <kim@post.example>";

/// What somebody wants mail of: `a`ssigned, a`n`swered, `t`eam.
async fn wish(kit: &TestDesk, name: &str, of: &str) {
    let wish = ChangeMailWish {
        assigned: of.contains('a'),
        answered: of.contains('n'),
        team: of.contains('t'),
    };
    kit.desk.run(&kit.actor(name).await, wish).await.unwrap();
}

async fn give(kit: &TestDesk, by: &str, ticket: TicketId, to: &str) {
    let give = ChangeTicket {
        ticket,
        change: Change::Assign {
            team: Some(kit.team),
            person: Some(kit.person(to).await.id),
        },
        version: None,
    };
    kit.desk.run(&kit.actor(by).await, give).await.unwrap();
    kit.run_jobs().await;
}

/// Mails to somebody, oldest first.
fn mails_to(kit: &TestDesk, address: &str) -> Vec<IncomingMessage> {
    let all = kit.mail_out().into_iter();
    all.filter(|mail| mail.envelope.recipients == [address])
        .map(|mail| mail.message)
        .collect()
}

async fn messages(kit: &TestDesk, ticket: TicketId) -> Vec<Message> {
    let read = move |tx: &mut Tx<'_>| tx.messages_of(ticket, 100);
    kit.desk.store().read(read).await.unwrap()
}

async fn tickets(kit: &TestDesk) -> usize {
    let read = |tx: &mut Tx<'_>| tx.tickets_after(TicketId(0), 100);
    kit.desk.store().read(read).await.unwrap().len()
}

/// A raw mail is handed over by a computer outside, whose sender's domain says this about it. Gives the
/// state in which it ends, with its reason.
async fn arrive(kit: &TestDesk, to: &str, raw: &str, dmarc: Mark) -> (IncomingId, String) {
    arrive_from(kit, "sender@shop.example", to, raw, dmarc).await
}

async fn arrive_from(
    kit: &TestDesk,
    envelope: &str,
    to: &str,
    raw: &str,
    dmarc: Mark,
) -> (IncomingId, String) {
    kit.postmaster.say("shop.example", dmarc);
    let envelope = Envelope {
        via: "smtp".to_owned(),
        mail_from: envelope.to_owned(),
        recipients: vec![to.to_owned()],
    };
    let from = Handover {
        peer: Some("192.0.2.7".parse().unwrap()),
        hello: "mail.shop.example".to_owned(),
    };
    let raw = raw.replace('\n', "\r\n").into_bytes();
    let receipt = receive_from(&kit.desk, &envelope, &from, raw)
        .await
        .unwrap();
    kit.run_jobs().await;
    let id = receipt.incoming;
    let read = move |tx: &mut Tx<'_>| tx.incoming(id);
    let row = kit.desk.store().read(read).await.unwrap().unwrap();
    (
        id,
        format!("{:?} {}", row.state, row.error).trim().to_owned(),
    )
}
