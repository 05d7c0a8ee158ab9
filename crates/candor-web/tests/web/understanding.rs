//! What mail says, as pages and programs show it.

use super::portal::page_of;
use candor_desk::intake::{Envelope, receive};
use candor_desk::ticket::Reply;
use candor_domain::id::TicketId;
use candor_domain::message::Channel;
use candor_domain::text::PublicText;
use candor_domain::ticket::AfterSend;
use candor_testkit::TestDesk;

const KIM: &str = "Kim Reyes <kim@customer.example>";

async fn reply(desk: &TestDesk, ticket: TicketId, body: &str) {
    let reply = Reply {
        files: Vec::new(),
        ticket,
        body: PublicText::new(body),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen: None,
        channel: Channel::Desk,
    };
    let ayla = desk.actor("ayla").await;
    desk.desk.run(&ayla, reply).await.unwrap();
    desk.run_jobs().await;
}

/// The Message-ID of the newest mail that went out.
fn last_id(desk: &TestDesk) -> String {
    let sent = desk.mail_out().pop().unwrap().message;
    sent.message_id.unwrap().to_string()
}

/// A ticket with an answer that quotes ours.
async fn with_a_quote(desk: &TestDesk) -> TicketId {
    let ticket = desk.mail(KIM, "Wobbly mug", "It wobbles.").await;
    reply(desk, ticket, "Is it the blue one?").await;
    let raw = format!(
        "From: {KIM}\r\nTo: help@shop.example\r\nMessage-ID: <2@customer.example>\r\n\
         In-Reply-To: <{}>\r\nSubject: Re: Wobbly mug\r\n\r\nYes, the blue one.\r\n\r\n\
         On Mon, 2 Mar 2026 at 10:00, The Shop wrote:\r\n> Is it the blue one?\r\n",
        last_id(desk)
    );
    assert_eq!(
        desk.deliver("help@shop.example", raw.as_bytes()).await,
        ticket
    );
    ticket
}

/// A mail with an empty envelope, as mail servers and machines send it.
async fn from_nobody(desk: &TestDesk, raw: &str) {
    let envelope = Envelope {
        via: "smtp".to_owned(),
        mail_from: String::new(),
        recipients: vec!["help@shop.example".to_owned()],
    };
    let raw = raw.replace('\n', "\r\n").into_bytes();
    receive(&desk.desk, &envelope, raw).await.unwrap();
    desk.run_jobs().await;
}

async fn comes_back(desk: &TestDesk) {
    let report = format!(
        "From: mailer-daemon@customer.example\nTo: help@shop.example\n\
         Message-ID: <report@customer.example>\nSubject: Undelivered\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=xx\n\n\
         --xx\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; customer.example\n\n\
         Final-Recipient: rfc822; kim@customer.example\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 No such user here\n\
         --xx\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{}>\n\n--xx--\n",
        last_id(desk)
    );
    from_nobody(desk, &report).await;
}

#[tokio::test]
async fn what_the_writer_added_is_open_and_the_quote_is_one_click_away() {
    let desk = TestDesk::new().await;
    let ticket = with_a_quote(&desk).await;
    let page = desk
        .browser("ayla")
        .await
        .get(&format!("/tickets/{ticket}"))
        .await;
    let html = page.text();
    let fold = html.find("show quoted text").unwrap();
    assert!(html.find("Yes, the blue one.").unwrap() < fold);
    assert!(html[fold..].contains("On Mon, 2 Mar 2026 at 10:00"));
    let customers = page_of(&desk, ticket).await;
    let theirs = desk.visitor().get(&customers).await.text();
    assert!(theirs.contains("show quoted text"), "{theirs}");

    let token = desk.token("mara", &[]).await;
    let path = format!("/api/v1/tickets/{ticket}/messages");
    let items = desk.visitor().with_token(&token).get(&path).await.json();
    let answer = &items["items"][2];
    assert_eq!(answer["reply"], "Yes, the blue one.");
    assert!(answer["body"].as_str().unwrap().contains("> Is it"));
    assert_eq!(answer["verdict"], "personal");
    assert_eq!(items["items"][1]["verdict"], serde_json::Value::Null);
}

#[tokio::test]
async fn staff_see_why_a_message_is_here_and_read_its_source() {
    let desk = TestDesk::new().await;
    let ticket = with_a_quote(&desk).await;
    let mut ayla = desk.browser("ayla").await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
    for words in [
        "Why is this here?",
        "It answers one of our mails",
        "Written by a person",
        "Nothing: it belongs to a ticket that is known",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let log = ayla.get(&format!("/tickets/{ticket}/mail")).await.words();
    for words in [
        "received",
        "It belongs to no earlier ticket",
        "by SMTP",
        "Sender on the envelope: sender@customer.example",
        "Our answer",
        "sent",
        "To: kim@customer.example",
    ] {
        assert!(log.contains(words), "{words}: {log}");
    }
    let source = ayla.get("/messages/3/source").await.words();
    assert!(source.contains("In-Reply-To: <t."), "{source}");
    assert!(source.contains("Yes, the blue one."), "{source}");
    // A reply of ours has no source of this kind.
    assert_eq!(ayla.get("/messages/2/source").await.status, 404);
}

#[tokio::test]
async fn an_absence_is_a_quiet_line_with_the_day_of_return() {
    let desk = TestDesk::new().await;
    let ticket = desk.mail(KIM, "Wobbly mug", "It wobbles.").await;
    reply(&desk, ticket, "Is it the blue one?").await;
    let away = format!(
        "From: {KIM}\nTo: help@shop.example\nMessage-ID: <away@customer.example>\n\
         Date: Mon, 2 Mar 2026 10:00:00 +0100\n\
         In-Reply-To: <{}>\nAuto-Submitted: auto-replied\nSubject: Out of office\n\n\
         I am out of the office and will be back on 16 March 2026.\n",
        last_id(&desk)
    );
    from_nobody(&desk, &away).await;
    let mut ayla = desk.browser("ayla").await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
    assert!(
        page.contains("Automatic reply: away, back on 16 Mar"),
        "{page}"
    );
    let waiting = ayla.get("/inbox?list=waiting").await.words();
    assert!(waiting.contains("Wobbly mug"), "{waiting}");
}

#[tokio::test]
async fn a_bounce_is_shown_and_the_address_is_released_again() {
    let desk = TestDesk::new().await;
    let ticket = desk.mail(KIM, "Wobbly mug", "It wobbles.").await;
    reply(&desk, ticket, "Is it the blue one?").await;
    comes_back(&desk).await;
    let mut mara = desk.browser("mara").await;
    let path = format!("/tickets/{ticket}");
    let page = mara.get(&path).await.words();
    let told = "Not delivered to kim@customer.example: there is no such address (5.1.1)";
    assert!(page.contains(told), "{page}");
    let mails = mara.get("/settings/mails").await.words();
    assert!(mails.contains(told), "{mails}");

    reply(&desk, ticket, "Are you there?").await;
    let page = mara.get(&path).await.words();
    let held = "Held back: this address does not work (kim@customer.example)";
    assert!(page.contains(held), "{page}");

    let list = mara.get("/settings/addresses").await.words();
    for words in ["kim@customer.example", "there is no such address (5.1.1)"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let released = mara.post("/settings/addresses/1/release", &[]).await;
    assert_eq!(released.header("location"), "/settings/addresses");
    let list = mara.get("/settings/addresses").await.words();
    assert!(list.contains("Every address works"), "{list}");
    let undone = mara
        .post("/settings/addresses/1/release/removal", &[])
        .await;
    assert_eq!(undone.status, 303);
    let list = mara.get("/settings/addresses").await.words();
    assert!(list.contains("kim@customer.example"), "{list}");
}

#[tokio::test]
async fn a_mailbox_acknowledges_once_it_is_switched_on() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let path = "/settings/mailboxes/1";
    let form = mara.get(path).await;
    assert!(form.words().contains("Acknowledge new mail"));
    let typed = [("on", "true"), ("acknowledgement", "We are {brand}.")];
    let answer = mara.post(&format!("{path}/acknowledgement"), &typed).await;
    assert_eq!(answer.header("location"), path);
    assert!(mara.get(path).await.text().contains("We are {brand}."));
    let wordy = "a".repeat(5_000);
    let typed = [("on", "true"), ("acknowledgement", wordy.as_str())];
    let refused = mara.post(&format!("{path}/acknowledgement"), &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(&wordy), "what was typed stays");

    let raw = format!(
        "From: {KIM}\r\nTo: help@shop.example\r\nMessage-ID: <1@customer.example>\r\n\
         Subject: Wobbly mug\r\n\r\nIt wobbles.\r\n"
    );
    desk.deliver("help@shop.example", raw.as_bytes()).await;
    let acknowledged = desk.mail_out().remove(0).message.text;
    assert!(acknowledged.contains("We are The Shop."));
    let log = mara.get("/tickets/1/mail").await.words();
    assert!(log.contains("Acknowledgement, sent automatically"), "{log}");
}

#[tokio::test]
async fn the_log_of_a_mailbox_shows_what_came_went_and_came_back() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let path = "/settings/mailboxes/1/log";
    let empty = mara.get(path).await.words();
    assert!(empty.contains("No mail yet"), "{empty}");

    let ticket = with_a_quote(&desk).await;
    comes_back(&desk).await;
    let log = mara.get(path).await;
    assert!(log.text().contains(&format!("href=\"/tickets/{ticket}\"")));
    let words = log.words();
    for told in [
        "Not delivered to kim@customer.example",
        "Our answer",
        "It answers one of our mails",
        "It belongs to no earlier ticket",
        "Wobbly mug",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    let returned = mara.get(&format!("{path}?kinds=returned")).await.words();
    assert!(returned.contains("Not delivered"), "{returned}");
    assert!(!returned.contains("Our answer"), "{returned}");
    let none = mara.get(&format!("{path}?kinds=quarantined")).await.words();
    assert!(none.contains("There is no such mail."), "{none}");
    assert_eq!(mara.get("/settings/mailboxes/9/log").await.status, 404);
    let box_page = mara.get("/settings/mailboxes/1").await.text();
    assert!(box_page.contains(path));
}

#[tokio::test]
async fn a_mail_in_quarantine_is_let_in_by_a_click() {
    let desk = TestDesk::new().await;
    let hops = "Received: from mx by mx\n".repeat(51);
    let raw = format!(
        "{hops}From: {KIM}\nTo: help@shop.example\nMessage-ID: <1@customer.example>\n\
         Subject: Round and round\n\nHello\n"
    );
    from_nobody(&desk, &raw).await;
    let mut jonas = desk.browser("jonas").await;
    let list = jonas.get("/settings/quarantine").await.words();
    assert!(list.contains("went in circles"), "{list}");
    let let_in = jonas.post("/settings/quarantine/1/release", &[]).await;
    assert_eq!(let_in.status, 303);
    desk.run_jobs().await;
    let inbox = jonas.get("/inbox?list=unassigned").await.words();
    assert!(inbox.contains("Round and round"), "{inbox}");
}

#[tokio::test]
async fn owners_are_told_that_the_brake_is_on_and_release_it() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let typed = [("on", "true"), ("acknowledgement", "")];
    mara.post("/settings/mailboxes/1/acknowledgement", &typed)
        .await;
    for number in 0..101 {
        let raw = format!(
            "From: c{number}@customer.example\nTo: help@shop.example\n\
             Message-ID: <{number}@customer.example>\nSubject: Question {number}\n\nText {number}\n"
        );
        let envelope = Envelope {
            via: "smtp".to_owned(),
            mail_from: format!("c{number}@customer.example"),
            recipients: vec!["help@shop.example".to_owned()],
        };
        let raw = raw.replace('\n', "\r\n").into_bytes();
        receive(&desk.desk, &envelope, raw).await.unwrap();
    }
    desk.run_jobs().await;
    let mut ayla = desk.browser("ayla").await;
    mara.get("/settings/mailboxes/1").await; // tells "Saved."
    let words = "Automatic mail is stopped since";
    for page in ["/inbox", "/settings/people", "/tickets/1"] {
        let shown = mara.get(page).await.words();
        assert!(shown.contains(words), "{page}: {shown}");
    }
    assert!(!ayla.get("/inbox").await.words().contains(words));
    let released = mara.post("/settings/automatic/brake/removal", &[]).await;
    assert_eq!(released.status, 303);
    assert!(!mara.get("/inbox?list=all").await.words().contains(words));
}
