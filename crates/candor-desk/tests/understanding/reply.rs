//! What a writer added, and in which language.

use super::{KIM, answered, last_sent_id, seen};
use crate::house::{HELP, House, answer, mail};
use candor_desk::ticket::reply_of;
use candor_domain::message::Author;

#[tokio::test]
async fn an_answer_is_kept_whole_and_what_it_quotes_is_known() {
    let (house, ticket) = answered().await;
    let sent = house.courier.sent().remove(0).message;
    let quoted: Vec<String> = sent.text.lines().map(|line| format!("> {line}")).collect();
    let text = format!(
        "Thank you, it arrived!\n\nOn Fri, 15 Jan 2027 at 09:00, Harbour & Pine wrote:\n{}",
        quoted.join("\n")
    );
    let mail = answer(KIM, "2@post.example", &last_sent_id(&house), &text);
    house.deliver(&[HELP], &mail).await;

    let messages = seen(&house, ticket.id).await;
    let last = messages.last().unwrap();
    let reading = last.reading.as_ref().unwrap();
    assert!(last.message.body.contains("Where is my parcel?"));
    assert_eq!(
        reply_of(&last.message.body, &reading.removed),
        "Thank you, it arrived!"
    );
    assert_eq!(reading.joined_by, "our_message");
    assert_eq!(reading.verdict, "personal");
}

#[tokio::test]
async fn what_stands_below_our_own_line_is_not_the_writers() {
    let (house, ticket) = answered().await;
    let text = "Geht klar.\n\nBitte schreiben Sie über dieser Zeile.\n\nGuten Tag, es ging raus.";
    let mail = answer(KIM, "2@post.example", &last_sent_id(&house), text);
    house.deliver(&[HELP], &mail).await;
    let messages = seen(&house, ticket.id).await;
    let last = messages.last().unwrap();
    let reading = last.reading.as_ref().unwrap();
    assert_eq!(reply_of(&last.message.body, &reading.removed), "Geht klar.");
}

#[tokio::test]
async fn a_signature_is_learned_from_the_senders_earlier_mails() {
    let house = House::new().await;
    let end = "Weber Roasters\nWharf 7, Hamburg\nOpen from nine to six";
    for (number, text) in ["Where is it?", "I mean the red one.", "Any news?"]
        .iter()
        .enumerate()
    {
        let id = format!("{number}@post.example");
        let mail = mail(KIM, &id, "Parcel", &format!("{text}\n\n{end}"));
        house.deliver(&[HELP], &mail).await;
    }
    let tickets = house.tickets().await;
    let messages = seen(&house, tickets.last().unwrap().id).await;
    let reading = messages[0].reading.as_ref().unwrap();
    assert_eq!(
        reply_of(&messages[0].message.body, &reading.removed),
        "Any news?"
    );
}

#[tokio::test]
async fn a_customer_is_answered_in_the_language_they_write() {
    let house = House::new().await;
    let text = "Guten Tag, meine Lieferung ist leider noch nicht angekommen. Wo ist sie?";
    house
        .deliver(&[HELP], &mail(KIM, "1@post.example", "Lieferung", text))
        .await;
    let ticket = house.only_ticket().await;
    let messages = house.messages(ticket.id).await;
    let Author::Customer(customer) = messages[0].author else {
        panic!("a customer wrote it");
    };
    let customer = house
        .read(move |tx| Ok(tx.customer(customer)?))
        .await
        .unwrap();
    assert_eq!(customer.language.as_deref(), Some("de"));
    house.reply(ticket.id, "Sie ist unterwegs.").await;
    house.run_jobs().await;
    let sent = house.courier.sent().remove(0).message;
    assert!(
        sent.text.contains("Bitte schreiben Sie über dieser Zeile."),
        "{}",
        sent.text
    );
}
