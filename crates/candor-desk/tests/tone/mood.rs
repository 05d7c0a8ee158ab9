//! Moods: from a message to the mark in the list, and what does not count.

use super::{AMIRA, DELIGHTED, FURIOUS, screen, writes};
use candor_desk::Stretch;
use candor_desk::ticket::{ListPage, ListRow, WhichList};
use candor_desk::tone::{CueKind, MoodLevel, read_waiting};
use candor_domain::id::TicketId;
use candor_domain::ticket::Kind;
use candor_store::tone::{MessageReading, TicketMood};
use candor_store::{Sql, Tx};
use candor_testkit::TestDesk;
use jiff::ToSpan;

async fn line(kit: &TestDesk, ticket: TicketId) -> ListRow {
    let list = ListPage {
        list: WhichList::All,
        customer: None,
        stretch: Stretch::Top,
        limit: 10,
    };
    let ayla = kit.actor("ayla").await;
    let page = kit.desk.ask(&ayla, list).await.unwrap();
    page.rows.into_iter().find(|row| row.id == ticket).unwrap()
}

async fn mood(kit: &TestDesk, ticket: TicketId) -> Option<TicketMood> {
    kit.desk
        .store()
        .read(move |tx| tx.mood_of(ticket))
        .await
        .unwrap()
}

async fn readings(kit: &TestDesk, ticket: TicketId) -> Vec<MessageReading> {
    let read = kit.desk.store().read(move |tx| tx.tones_of(ticket));
    read.await.unwrap()
}

#[tokio::test]
async fn an_upset_mail_is_marked_in_the_list_with_the_words_that_say_so() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;

    assert!(["irate", "negative"].contains(&line(&kit, ticket).await.mood.unwrap().as_str()));
    let tone = screen(&kit, ticket).await.tone;
    assert!(tone.mood.as_ref().unwrap().level <= MoodLevel::Negative);
    let (_, legal) = tone.newest(CueKind::LegalThreat).unwrap();
    assert!(
        legal.words.iter().any(|words| words.contains("lawyer")),
        "{legal:?}"
    );
}

#[tokio::test]
async fn what_an_answer_quotes_and_a_mere_thank_you_do_not_count() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    let before = mood(&kit, ticket).await.unwrap();

    writes(
        &kit,
        ticket,
        &format!("Thanks!\n\nOn Monday, Ben wrote:\n> {FURIOUS}\n"),
    )
    .await;
    kit.run_jobs().await;

    let after = mood(&kit, ticket).await.unwrap();
    assert_eq!((after.score, after.turns), (before.score, 1), "{after:?}");
    assert_eq!(readings(&kit, ticket).await.len(), 2);
}

#[tokio::test]
async fn a_customer_who_gets_angrier_left_more_upset_and_one_who_is_calmed_did_not() {
    let kit = TestDesk::new().await;
    let fell = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    kit.clock.advance(2.hours());
    writes(&kit, fell, FURIOUS).await;
    let rose = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    kit.clock.advance(2.hours());
    writes(&kit, rose, DELIGHTED).await;
    kit.run_jobs().await;

    let fell_to = mood(&kit, fell).await.unwrap();
    assert!(
        fell_to.upset && fell_to.outcome.unwrap() <= -200,
        "{fell_to:?}"
    );
    let last = screen(&kit, fell).await;
    let last = last.view.messages.last().unwrap().message.id;
    assert!(screen(&kit, fell).await.tone.fell_at(last));
    let rose_to = mood(&kit, rose).await.unwrap();
    assert!(
        !rose_to.upset && rose_to.outcome.unwrap() >= 200,
        "{rose_to:?}"
    );
}

#[tokio::test]
async fn a_message_on_a_page_waits_for_the_job_and_is_read_then() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    writes(&kit, ticket, FURIOUS).await;
    assert_eq!(readings(&kit, ticket).await[1].version, 0, "it waits");

    kit.run_jobs().await;

    let readings = readings(&kit, ticket).await;
    assert_eq!(readings[0].version, readings[1].version);
    assert!(readings[1].score < 0, "{readings:?}");
}

#[tokio::test]
async fn what_an_older_model_read_is_read_again() {
    const OLDER: Sql = Sql::Same("update message_reading set version = 0, score = 999");
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let first = readings(&kit, ticket).await;
    let older = |tx: &mut Tx<'_>| tx.execute(OLDER, &[]).map(|_| ());
    kit.desk.store().write(older).await.unwrap();

    read_waiting(&kit.desk).await.unwrap();

    assert_eq!(readings(&kit, ticket).await, first);
}

#[tokio::test]
async fn a_language_that_is_not_read_has_no_mood() {
    let kit = TestDesk::new().await;
    let french = "Bonjour, je suis vraiment en colère, vous ne répondez pas et je veux une \
        réponse pour ma commande.";
    let ticket = kit.mail(AMIRA, "Commande", french).await;

    let tone = screen(&kit, ticket).await.tone;
    assert_eq!(tone.mood, None);
    assert!(!tone.turns[0].is_read);
    assert_eq!(screen(&kit, ticket).await.view.ticket.kind, None::<Kind>);
}
