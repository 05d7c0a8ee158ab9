//! Who is told what, and how often.

use super::{KIM, arrive, give, mails_to, messages, wish};
use candor_desk::people::SetTeamsOf;
use candor_desk::verify::verify;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_mail::Mark;
use candor_testkit::TestDesk;
use jiff::ToSpan;

const AYLA: &str = "ayla@shop.example";

#[tokio::test]
async fn each_hears_what_they_chose_and_nothing_that_they_did_themselves() {
    let kit = TestDesk::new().await;
    wish(&kit, "ben", "t").await;
    let ticket = kit.mail(KIM, "Parcel", "Where is it?").await;
    assert_eq!(mails_to(&kit, AYLA).len(), 0, "off until somebody chooses");
    let told = mails_to(&kit, "ben@shop.example").remove(0);
    assert_eq!(told.subject, format!("#{ticket} Parcel"));
    assert!(told.text.contains("Where is it?"), "{}", told.text);
    assert!(
        told.text
            .contains(&format!("http://desk.shop.example/tickets/{ticket}"))
    );
    assert_eq!(told.auto_submitted.as_deref(), Some("auto-generated"));
    assert!(
        told.references.is_empty(),
        "nothing of the customer's thread"
    );

    wish(&kit, "ayla", "an").await;
    give(&kit, "mara", ticket, "ayla").await;
    assert!(mails_to(&kit, AYLA)[0].text.contains("is yours now"));
    kit.mail(KIM, "Another", "Not hers").await;
    assert_eq!(
        mails_to(&kit, AYLA).len(),
        1,
        "not in a team of hers by choice"
    );

    // What she does herself is no news to her.
    give(&kit, "ayla", ticket, "ben").await;
    give(&kit, "ayla", ticket, "ayla").await;
    assert_eq!(mails_to(&kit, AYLA).len(), 1);
    let found = verify(&kit.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(found.findings, []);
}

#[tokio::test]
async fn an_answer_is_told_without_what_it_quotes() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(KIM, "Parcel", "Where is it?").await;
    give(&kit, "mara", ticket, "ayla").await;
    wish(&kit, "ayla", "n").await;
    let first = messages(&kit, ticket).await.remove(0).mail_id;
    let raw = format!(
        "From: {KIM}\nTo: help@shop.example\nSubject: Re: Parcel\nMessage-ID: <2@post.example>\n\
         In-Reply-To: {first}\n\nIt came, thank you!\n\nOn Monday Kim wrote:\n> Where is it?\n"
    );
    kit.deliver("help@shop.example", raw.replace('\n', "\r\n").as_bytes())
        .await;
    let told = mails_to(&kit, AYLA).remove(0).text;
    assert!(told.contains("There is an answer"), "{told}");
    assert!(told.contains("> It came, thank you!"), "{told}");
    assert!(!told.contains("Where is it?"), "{told}");
}

#[tokio::test]
async fn whoever_may_not_see_the_ticket_any_more_reads_nothing() {
    let kit = TestDesk::new().await;
    wish(&kit, "cora", "t").await;
    let leave = SetTeamsOf {
        person: kit.person("cora").await.id,
        teams: Vec::new(),
    };
    // The first try does not get through; before the second she left the team.
    kit.courier.fail_next(false, "later");
    kit.mail(KIM, "Parcel", "Secret of Kim").await;
    kit.desk.run(&Actor::System, leave).await.unwrap();
    kit.clock.advance(1.hour());
    kit.run_jobs().await;
    assert_eq!(mails_to(&kit, "cora@shop.example").len(), 0);
}

#[tokio::test]
async fn above_twenty_in_an_hour_one_line_says_how_many_more() {
    let kit = TestDesk::new().await;
    wish(&kit, "ayla", "t").await;
    for number in 0..23 {
        kit.mail(KIM, &format!("Parcel {number}"), "Where is it?")
            .await;
    }
    assert_eq!(mails_to(&kit, AYLA).len(), 20);
    kit.clock.advance(30.minutes());
    kit.run_tasks().await;
    kit.run_jobs().await;
    assert_eq!(mails_to(&kit, AYLA).len(), 20, "the hour is full");
    kit.clock.advance(31.minutes());
    kit.run_tasks().await;
    kit.run_jobs().await;
    let all = mails_to(&kit, AYLA);
    assert_eq!(all.len(), 21);
    assert!(all[20].text.contains("and 3 more"), "{}", all[20].text);
    kit.clock.advance(2.hours());
    kit.run_tasks().await;
    kit.run_jobs().await;
    assert_eq!(mails_to(&kit, AYLA).len(), 21, "told once");
}

#[tokio::test]
async fn a_notice_that_comes_back_is_no_ticket() {
    let kit = TestDesk::new().await;
    wish(&kit, "ayla", "t").await;
    kit.mail(KIM, "Parcel", "Where is it?").await;
    let sent = kit.mail_out().pop().unwrap();
    let raw = String::from_utf8_lossy(&sent.raw).replace("\r\n", "\n");
    let (_, end) = arrive(&kit, "help@shop.example", &raw, Mark::Pass).await;
    assert_eq!(end, "Quarantined own_mail");
    assert_eq!(messages(&kit, TicketId(1)).await.len(), 1);
}
