//! What becomes of their answers.

use super::{KIM, arrive, arrive_from, give, mails_to, messages, tickets, wish};
use candor_desk::intake::{ReleaseIncoming, RetryIncoming};
use candor_desk::people::Deactivate;
use candor_desk::ticket::{ChangeTicket, Draft, Reply};
use candor_domain::id::TicketId;
use candor_domain::message::{Author, Channel, MessageKind};
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Change, Status};
use candor_mail::Mark;
use candor_store::Tx;
use candor_testkit::TestDesk;

const AYLA: &str = "Ayla Demir <ayla@shop.example>";

/// A ticket of Ayla's, of which she was told, with the address at which she answers.
async fn told() -> (TestDesk, TicketId, String) {
    let kit = TestDesk::new().await;
    wish(&kit, "ayla", "an").await;
    let ticket = kit.mail(KIM, "Parcel", "Where is it?").await;
    give(&kit, "mara", ticket, "ayla").await;
    let address = mails_to(&kit, "ayla@shop.example")[0].reply_to[0]
        .address
        .to_string();
    (kit, ticket, address)
}

/// An answer as a mail program writes it.
fn answer(from: &str, to: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nSubject: Re: Parcel\nMessage-ID: <a{}@shop.example>\n\
         Content-Type: text/plain; charset=utf-8\n\n{text}\n\n-- \nAyla Demir\n\
         private +49 30 1234567\n\nOn Monday The Shop wrote:\n> Please write above this line.\n\
         > Ticket is yours now. Only mail from ayla@shop.example counts\n",
        text.len()
    )
}

async fn drafts(kit: &TestDesk, ticket: TicketId) -> Vec<Draft> {
    let read = move |tx: &mut Tx<'_>| tx.drafts_of(ticket);
    kit.desk.store().read(read).await.unwrap()
}

/// Nobody but the customer said anything to the customer, and there is no other ticket.
async fn nothing_happened(kit: &TestDesk, ticket: TicketId) {
    assert_eq!(messages(kit, ticket).await.len(), 1);
    assert_eq!(tickets(kit).await, 1);
    assert_eq!(mails_to(kit, "kim@post.example").len(), 0);
}

#[tokio::test]
async fn an_answer_by_mail_is_the_reply_and_shows_nothing_private() {
    let (kit, ticket, address) = told().await;
    let raw = answer(AYLA, &address, "It leaves today.");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Understood");

    let reply = messages(&kit, ticket).await.pop().unwrap();
    let ayla = kit.person("ayla").await.id;
    assert_eq!(
        (reply.kind, reply.author),
        (MessageKind::Reply, Author::Person(ayla))
    );
    assert_eq!(reply.body, "It leaves today.");
    let sent = kit.mail_out().pop().unwrap();
    assert_eq!(sent.envelope.recipients, ["kim@post.example"]);
    let bytes = String::from_utf8_lossy(&sent.raw);
    assert!(sent.message.text.contains("It leaves today."));
    for private in [
        "ayla@",
        "Demir",
        "1234567",
        "yours now",
        "above this line.\n>",
    ] {
        assert!(!bytes.contains(private), "{private}: {bytes}");
    }
    // Nobody is told of what they did themselves.
    assert_eq!(mails_to(&kit, "ayla@shop.example").len(), 1);

    // The same notification answered once more: only her own words came in between.
    let raw = answer(AYLA, &address, "By the way, it is the blue one.");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Understood");
    assert_eq!(messages(&kit, ticket).await.len(), 3);
}

#[tokio::test]
async fn nobody_speaks_for_somebody_else() {
    let (kit, ticket, address) = told().await;
    let raw = answer(AYLA, &address, "Pay to this account");
    for (dmarc, found) in [
        (Mark::Fail, "fail"),
        (Mark::None, "none"),
        (Mark::Later, "temperror"),
    ] {
        let raw = raw.replacen("ID: <a", &format!("ID: <{found}"), 1);
        let (_, end) = arrive(&kit, &address, &raw, dmarc).await;
        assert_eq!(
            end,
            format!("Quarantined staff_unverified: dmarc={found} spf=none")
        );
    }
    // A second sender above the first, of which each reader takes another.
    let double = format!("From: eve@evil.example\n{raw}");
    let (_, end) = arrive(&kit, &address, &double, Mark::Pass).await;
    assert!(end.starts_with("Quarantined staff_unverified"), "{end}");
    // The right address, the wrong person: a colleague, and a stranger whose domain vouches.
    let raw = answer("Ben <ben@shop.example>", &address, "Pay to that account");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Quarantined staff_other");
    let raw = answer("Eve <eve@shop.example>", &address, "Pay to those accounts");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Quarantined staff_other");
    nothing_happened(&kit, ticket).await;
    assert_eq!(
        mails_to(&kit, "ayla@shop.example").len(),
        1,
        "nobody hears back"
    );
}

#[tokio::test]
async fn whoever_may_not_answer_there_does_not_answer_by_mail() {
    let kit = TestDesk::new().await;
    wish(&kit, "cora", "t").await;
    let ticket = kit.mail(KIM, "Parcel", "Where is it?").await;
    let address = mails_to(&kit, "cora@shop.example")[0].reply_to[0]
        .address
        .to_string();
    let cora = "Cora <cora@shop.example>";
    let raw = answer(cora, &address, "I answer");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Quarantined staff_may_not");
    nothing_happened(&kit, ticket).await;
    // A note is what she may write.
    let raw = answer(cora, &address, "#note\nask Jonas");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Understood");
    let note = messages(&kit, ticket).await.pop().unwrap();
    assert_eq!(
        (note.kind, note.body.as_str()),
        (MessageKind::Note, "ask Jonas")
    );
    assert_eq!(mails_to(&kit, "kim@post.example").len(), 0);
}

#[tokio::test]
async fn whoever_left_does_not_answer_and_letting_their_mail_in_makes_no_customer_of_them() {
    let (kit, ticket, address) = told().await;
    let person = kit.person("ayla").await.id;
    let mara = kit.actor("mara").await;
    kit.desk.run(&mara, Deactivate { person }).await.unwrap();
    let raw = answer(AYLA, &address, "I am still here");
    let (incoming, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Quarantined staff_left");
    let refused = kit.desk.run(&mara, ReleaseIncoming { incoming }).await;
    assert!(refused.is_err());
    kit.desk
        .run(&mara, RetryIncoming { incoming })
        .await
        .unwrap();
    kit.run_jobs().await;
    nothing_happened(&kit, ticket).await;
}

#[tokio::test]
async fn an_absence_of_somebody_of_the_team_never_reaches_a_customer() {
    let (kit, ticket, address) = told().await;
    let away = "I am on holiday until Monday. Call my boss, he is a bore.";
    let plain = answer(AYLA, &address, away);
    let marked = plain.replacen("Subject:", "Auto-Submitted: auto-replied\nSubject:", 1);
    let (_, end) = arrive(&kit, &address, &marked, Mark::Pass).await;
    assert_eq!(end, "Understood staff_machine");
    let by_subject = plain
        .replacen("Re: Parcel", "Automatic reply: Parcel", 1)
        .replacen("ID: <a", "ID: <b", 1);
    let (_, end) = arrive(&kit, &address, &by_subject, Mark::Pass).await;
    assert_eq!(end, "Understood staff_machine");
    let by_envelope = plain.replacen("ID: <a", "ID: <c", 1);
    let (_, end) = arrive_from(&kit, "", &address, &by_envelope, Mark::Pass).await;
    assert_eq!(end, "Understood staff_machine");
    nothing_happened(&kit, ticket).await;
    assert_eq!(mails_to(&kit, "ayla@shop.example").len(), 1);
}

#[tokio::test]
async fn a_thread_that_moved_keeps_the_answer_as_a_draft_and_says_so() {
    let (kit, ticket, address) = told().await;
    let ben = Reply {
        ticket,
        body: PublicText::new("Ben was faster."),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen: None,
        files: Vec::new(),
        channel: Channel::Desk,
    };
    kit.desk.run(&kit.actor("ben").await, ben).await.unwrap();
    kit.run_jobs().await;
    let raw = answer(AYLA, &address, "It leaves today.");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Understood staff_draft");
    assert_eq!(messages(&kit, ticket).await.len(), 2);
    let draft = drafts(&kit, ticket).await.remove(0);
    assert_eq!(
        (draft.body.as_str(), draft.send_at),
        ("It leaves today.", None)
    );
    let told = mails_to(&kit, "ayla@shop.example");
    assert_eq!(told.len(), 2);
    assert!(
        told[1].text.contains("kept as your draft"),
        "{}",
        told[1].text
    );
    assert!(
        told[1].text.contains("> Ben was faster."),
        "{}",
        told[1].text
    );

    // She has read it now, and answers that mail.
    let address = told[1].reply_to[0].address.to_string();
    let raw = answer(AYLA, &address, "As Ben says, and it is blue.");
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Understood");
    assert_eq!(messages(&kit, ticket).await.len(), 3);
    assert_eq!(drafts(&kit, ticket).await.len(), 1, "the draft waits");
}

#[tokio::test]
async fn closed_spam_and_unclear_answers_stay_drafts() {
    for (change, text) in [
        (Some(Change::Status(Status::Closed)), "It leaves today."),
        (Some(Change::Spam(true)), "It leaves today."),
        (None, "#internal\nIt leaves today."),
    ] {
        let (kit, ticket, address) = told().await;
        if let Some(change) = change {
            let change = ChangeTicket {
                ticket,
                change,
                version: None,
            };
            kit.desk
                .run(&kit.actor("mara").await, change)
                .await
                .unwrap();
        }
        let raw = answer(AYLA, &address, text);
        let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
        assert_eq!(end, "Understood staff_draft");
        nothing_happened(&kit, ticket).await;
        assert_eq!(drafts(&kit, ticket).await[0].body, text);
        assert_eq!(mails_to(&kit, "ayla@shop.example").len(), 2);
    }
}

#[tokio::test]
async fn files_travel_along_and_pictures_of_a_signature_do_not() {
    let (kit, ticket, address) = told().await;
    let raw = format!(
        "From: {AYLA}\nTo: {address}\nSubject: Re: Parcel\nMessage-ID: <f@shop.example>\n\
         Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/related; \
         boundary=r\n\n--r\nContent-Type: text/html\n\n<p>Here is the label.</p>\
         <p>-- <br>Ayla<img src=\"cid:logo@x\"></p>\n--r\nContent-Type: image/png\nContent-ID: \
         <logo@x>\nContent-Disposition: inline; filename=logo.png\nContent-Transfer-Encoding: \
         base64\n\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\n\
         --r--\n--b\nContent-Type: application/pdf\n\
         Content-Disposition: attachment; filename=label.pdf\n\n%PDF-1.4 label\n--b--\n"
    );
    let (_, end) = arrive(&kit, &address, &raw, Mark::Pass).await;
    assert_eq!(end, "Understood");
    let sent = kit.mail_out().pop().unwrap().message;
    let names: Vec<_> = sent
        .attachments
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(names, ["label.pdf"]);
    assert!(sent.text.contains("Here is the label."), "{}", sent.text);
    assert_eq!(messages(&kit, ticket).await.len(), 2);
}

#[tokio::test]
async fn an_answer_that_lost_our_address_is_known_by_what_it_answers() {
    let (kit, ticket, _) = told().await;
    let told = mails_to(&kit, "ayla@shop.example")
        .remove(0)
        .message_id
        .unwrap();
    let lost = |from: &str, id: &str| {
        answer(from, "help@shop.example", "It leaves today.")
            .replacen("ID: <a", &format!("ID: <{id}"), 1)
            .replacen("Subject:", &format!("In-Reply-To: <{told}>\nSubject:"), 1)
    };
    let raw = lost(AYLA, "x");
    let (_, end) = arrive(&kit, "help@shop.example", &raw, Mark::None).await;
    assert!(end.starts_with("Quarantined staff_unverified"), "{end}");
    let (_, end) = arrive(&kit, "help@shop.example", &lost(AYLA, "y"), Mark::Pass).await;
    assert_eq!(end, "Understood");
    assert_eq!(messages(&kit, ticket).await.len(), 2);
    // Whoever got it passed on is a customer like any other.
    let raw = lost("Eve <eve@else.example>", "z");
    arrive(&kit, "help@shop.example", &raw, Mark::None).await;
    assert_eq!(
        (messages(&kit, ticket).await.len(), tickets(&kit).await),
        (2, 2)
    );
}
