//! What mail says is understood: quotes, machines, reports.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

#[path = "understanding/automatic.rs"]
mod automatic;
#[path = "understanding/cannon.rs"]
mod cannon;
#[path = "understanding/machine.rs"]
mod machine;
#[path = "understanding/mailbox_log.rs"]
mod mailbox_log;
#[path = "understanding/quarantine.rs"]
mod quarantine;
#[path = "understanding/reply.rs"]
mod reply;
#[path = "understanding/report.rs"]
mod report;

use candor_desk::ticket::{MessageOf, TicketView};
use candor_domain::id::TicketId;
use candor_domain::ticket::Ticket;
use house::{HELP, House, mail};

const KIM: &str = "Kim Weber <kim@post.example>";

/// A shop with one ticket of Kim's that was answered; the answer is out.
async fn answered() -> (House, Ticket) {
    let house = House::new().await;
    let text = mail(KIM, "1@post.example", "Late parcel", "Where is my parcel?");
    house.deliver(&[HELP], &text).await;
    let ticket = house.only_ticket().await;
    house.reply(ticket.id, "It left today.").await;
    house.run_jobs().await;
    let ticket = house.only_ticket().await;
    (house, ticket)
}

/// The messages of a ticket as staff see them.
async fn seen(house: &House, ticket: TicketId) -> Vec<MessageOf> {
    let view = house.desk.ask(&house.lena, TicketView { ticket }).await;
    view.unwrap().messages
}

/// The Message-ID of the newest mail that went out.
fn last_sent_id(house: &House) -> String {
    let sent = house.courier.sent().pop().unwrap().message;
    sent.message_id.unwrap().to_string()
}
