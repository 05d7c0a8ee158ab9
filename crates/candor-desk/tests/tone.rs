//! How customers feel, and what a writer is told in private, told as stories.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "tone/hint.rs"]
mod hint;
#[path = "tone/mood.rs"]
mod mood;
#[path = "tone/rating.rs"]
mod rating;
#[path = "tone/voice.rs"]
mod voice;

use candor_desk::ticket::{AnswerOnPage, TicketScreen, TicketScreenView};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_testkit::TestDesk;

const AMIRA: &str = "Amira Haddad <amira@customer.example>";
const FURIOUS: &str = "This is outrageous. I have been waiting for three weeks and nobody answers. \
    I want my money back now or I will call my lawyer.";
const DELIGHTED: &str = "Thank you so much, the beans are wonderful and the card made my day!";

/// A ticket as Ayla's page shows it.
async fn screen(kit: &TestDesk, ticket: TicketId) -> TicketScreen {
    let ayla = kit.actor("ayla").await;
    let view = TicketScreenView { ticket, list: None };
    kit.desk.ask(&ayla, view).await.unwrap()
}

/// The customer writes again, on their page.
async fn writes(kit: &TestDesk, ticket: TicketId, text: &str) {
    let customer = screen(kit, ticket).await.view.customer.id;
    let actor = Actor::Customer { customer, ticket };
    let answer = AnswerOnPage {
        ticket,
        body: text.to_owned(),
        files: Vec::new(),
    };
    kit.desk.run(&actor, answer).await.unwrap();
}
