//! A ticket from the list to the answer.

use axum::body::Body;
use axum::http::Method;
use candor_desk::people::Deactivate;
use candor_desk::skill::{AddSkill, SkillText};
use candor_desk::ticket::{AnswerOnPage, TicketView};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_testkit::{Answer, Browser, TestDesk};
use jiff::ToSpan;
use std::fmt::Write as _;

/// Sends the composer as a browser does.
async fn compose(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        let disposition = match name.split_once(':') {
            Some((name, file)) => format!("name=\"{name}\"; filename=\"{file}\""),
            None => format!("name=\"{name}\""),
        };
        write!(
            body,
            "--xx\r\ncontent-disposition: form-data; {disposition}\r\n\r\n{value}\r\n"
        )
        .unwrap();
    }
    body.push_str("--xx--\r\n");
    let headers = [
        ("content-type", "multipart/form-data; boundary=xx"),
        (
            "referer",
            "https://desk.shop.example/tickets/1?list=unassigned",
        ),
    ];
    browser
        .send(Method::POST, path, &headers, Body::from(body))
        .await
}

async fn seen(desk: &TestDesk, ticket: TicketId) -> String {
    let actor = desk.actor("ayla").await;
    let view = desk.desk.ask(&actor, TicketView { ticket }).await.unwrap();
    view.ticket.last_public_message.unwrap().to_string()
}

async fn customer_answers(desk: &TestDesk, ticket: TicketId, text: &str) {
    let ayla = desk.actor("ayla").await;
    let view = desk.desk.ask(&ayla, TicketView { ticket }).await.unwrap();
    let actor = Actor::Customer {
        customer: view.customer.id,
        ticket,
    };
    let answer = AnswerOnPage {
        ticket,
        body: text.to_owned(),
        files: Vec::new(),
    };
    desk.desk.run(&actor, answer).await.unwrap();
}

#[tokio::test]
async fn a_mail_stands_in_the_inbox_until_it_is_answered() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail(
            "Kim Reyes <kim@customer.example>",
            "Wobbly mug",
            "It wobbles.",
        )
        .await;
    desk.clock.advance(18.minutes());
    let mut ayla = desk.browser("ayla").await;
    let inbox = ayla.get("/inbox?list=unassigned").await.words();
    for words in ["Kim Reyes\n, unread", "waiting 18 min", "Wobbly mug", "new"] {
        assert!(inbox.contains(words), "{words}: {inbox}");
    }
    let page = ayla
        .get(&format!("/tickets/{ticket}?list=unassigned"))
        .await;
    assert!(page.words().contains("It wobbles."), "{}", page.words());
    let again = ayla.get("/inbox?list=unassigned").await.words();
    assert!(
        !again.contains("unread"),
        "what was opened is read: {again}"
    );

    let fields = [
        ("kind", "reply"),
        ("body", "Send us **a photo**."),
        ("then", "wait"),
        ("seen", &seen(&desk, ticket).await),
    ];
    let sent = compose(&mut ayla, &format!("/tickets/{ticket}/replies"), &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    assert_eq!(
        sent.header("location"),
        format!("/tickets/{ticket}?list=unassigned#composer")
    );
    let page = ayla.get(&format!("/tickets/{ticket}")).await;
    assert!(page.words().contains("Leaves at"), "{}", page.words());
    assert!(page.text().contains("<strong>a photo</strong>"));
    assert!(desk.mail_out().is_empty());

    desk.clock.advance(11.seconds());
    desk.run_jobs().await;
    assert_eq!(desk.mail_out().len(), 1);
    let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
    assert!(
        page.contains("waiting for them") && page.contains("Sent"),
        "{page}"
    );
}

#[tokio::test]
async fn a_reply_that_is_taken_back_is_a_draft_again() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let fields = [
        ("kind", "reply"),
        ("body", "Too early"),
        ("then", "wait"),
        ("seen", &seen(&desk, ticket).await),
    ];
    compose(&mut ayla, &format!("/tickets/{ticket}/replies"), &fields).await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    let path = page
        .split('"')
        .find(|part| part.ends_with("/sending/removal"))
        .unwrap();
    assert_eq!(ayla.post(path, &[]).await.status, 303);
    let page = ayla.get(&format!("/tickets/{ticket}")).await;
    assert!(page.words().contains("Taken back."), "{}", page.words());
    assert!(page.text().contains("Too early</textarea>"));
    desk.clock.advance(1.minute());
    desk.run_jobs().await;
    assert!(desk.mail_out().is_empty());
}

#[tokio::test]
async fn nobody_answers_past_a_newer_message() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let old = seen(&desk, ticket).await;
    customer_answers(&desk, ticket, "It broke now!").await;
    let path = format!("/tickets/{ticket}/replies");
    let mut fields = vec![
        ("kind", "reply"),
        ("body", "Turn it round."),
        ("then", "solve"),
        ("seen", old.as_str()),
    ];
    let refused = compose(&mut ayla, &path, &fields).await;
    assert_eq!(refused.status, 409);
    let words = refused.words();
    assert!(
        words.contains("It broke now!") && words.contains("A newer message arrived"),
        "{words}"
    );
    assert!(
        refused.text().contains("Turn it round.</textarea>"),
        "the draft is kept"
    );
    let now = seen(&desk, ticket).await;
    fields[3] = ("seen", now.as_str());
    assert_eq!(compose(&mut ayla, &path, &fields).await.status, 303);
}

#[tokio::test]
async fn an_empty_reply_is_asked_for_words() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let fields = [
        ("kind", "reply"),
        ("body", " "),
        ("then", "wait"),
        ("seen", "1"),
    ];
    let answer = compose(&mut ayla, &format!("/tickets/{ticket}/replies"), &fields).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.words().contains("Please write something."),
        "{}",
        answer.words()
    );
}

#[tokio::test]
async fn a_note_with_a_file_stays_in_the_team() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let fields = [
        ("kind", "note"),
        ("body", "Shelf B4."),
        ("seen", "1"),
        ("file:shelf.txt", "third from left"),
    ];
    let done = compose(&mut ayla, &format!("/tickets/{ticket}/notes"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let page = ayla.get(&format!("/tickets/{ticket}")).await;
    assert!(
        page.words().contains("note, staff only"),
        "{}",
        page.words()
    );
    let text = page.text();
    let path = text
        .split('"')
        .find(|part| part.starts_with("/attachments/"))
        .unwrap();
    let file = ayla.get(path).await;
    assert_eq!(file.text(), "third from left");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(desk.mail_out().is_empty());
}

#[tokio::test]
async fn a_change_can_be_undone_by_whoever_made_it() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let mut ben = desk.browser("ben").await;
    let path = format!("/tickets/{ticket}");
    assert_eq!(
        ayla.post(&format!("{path}/solution"), &[]).await.status,
        303
    );
    let solved = ayla.get(&path).await;
    assert!(
        solved.words().contains("Ayla solved this,"),
        "{}",
        solved.words()
    );
    assert!(solved.text().contains(&format!("{path}/undo")));
    assert!(
        !ben.get(&path)
            .await
            .text()
            .contains(&format!("{path}/undo"))
    );
    assert_eq!(ben.post(&format!("{path}/undo"), &[]).await.status, 409);
    assert_eq!(ayla.post(&format!("{path}/undo"), &[]).await.status, 303);
    assert!(ayla.get(&path).await.words().contains("#1 · new"));
    let twice = ayla.post(&format!("{path}/solution/removal"), &[]).await;
    assert_eq!(twice.status, 303);
}

#[tokio::test]
async fn a_call_is_written_down_and_found() {
    let desk = TestDesk::new().await;
    let mut ayla = desk.browser("ayla").await;
    let empty = ayla.post("/tickets", &[("channel", "phone")]).await;
    assert_eq!(empty.status, 422);
    assert!(
        empty.words().contains("Say in one line what it is about."),
        "{}",
        empty.words()
    );
    let typed = [
        ("channel", "phone"),
        ("name", "Kim Reyes"),
        ("email", "kim@customer.example"),
        ("subject", "Grinder rattles"),
        ("body", "It rattles since Monday."),
    ];
    let opened = ayla.post("/tickets", &typed).await;
    assert_eq!(
        opened.header("location"),
        "/tickets/1",
        "{}",
        opened.words()
    );
    let found = ayla.get("/search?q=rattle").await.words();
    assert!(
        found.contains("1 ticket") && found.contains("Grinder rattles"),
        "{found}"
    );
    assert_eq!(
        ayla.get("/search?q=%231").await.header("location"),
        "/tickets/1"
    );
}

#[tokio::test]
async fn whoever_may_not_see_a_ticket_learns_nothing_of_it() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let mut cora = desk.browser("cora").await;
    ayla.post(
        &format!("/tickets/{ticket}/assignment"),
        &[("person", ""), ("team", "")],
    )
    .await;
    for path in ["", "/thread", "/head", "/composer"] {
        let answer = cora.get(&format!("/tickets/{ticket}{path}")).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.words());
    }
    assert!(!cora.get("/inbox").await.words().contains("Mug"));
}

#[tokio::test]
async fn the_others_see_who_is_there() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let (mut ayla, mut ben) = (desk.browser("ayla").await, desk.browser("ben").await);
    let path = format!("/tickets/{ticket}");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = Body::from("state=writing");
    let told = ayla
        .send(Method::PUT, &format!("{path}/presence"), &form, body)
        .await;
    assert_eq!(told.status, 204);
    assert!(
        ben.get(&format!("{path}/head"))
            .await
            .words()
            .contains("Ayla is writing")
    );
    assert!(
        !ayla
            .get(&format!("{path}/head"))
            .await
            .words()
            .contains("is writing")
    );
    ayla.post(&format!("{path}/presence/removal"), &[]).await;
    assert!(
        !ben.get(&format!("{path}/head"))
            .await
            .words()
            .contains("is writing")
    );
}

#[tokio::test]
async fn the_page_speaks_german() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut ayla = desk.browser("ayla").await.speaking("de");
    let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
    for words in [
        "Zuweisen",
        "Senden und warten",
        "Dringlichkeit",
        "Hat noch niemand",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn a_draft_can_be_discarded_with_its_files_and_nothing_is_sent() {
    let desk = TestDesk::new().await;
    let ticket = desk.mail("kim@customer.example", "Mug", "Hi").await;
    let mut ayla = desk.browser("ayla").await;
    let path = format!("/tickets/{ticket}/replies");
    let seen = seen(&desk, ticket).await;
    let typed = [
        ("kind", "reply"),
        ("body", "Not like this."),
        ("seen", seen.as_str()),
        ("file:photo.txt", "bytes"),
        ("keep", "1"),
    ];
    compose(&mut ayla, &path, &typed).await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    assert!(page.contains("Not like this.") && page.contains("photo.txt"));

    let discard = [("kind", "reply"), ("body", "More"), ("discard", "1")];
    let gone = compose(&mut ayla, &path, &discard).await;
    assert_eq!(gone.status, 303, "{}", gone.words());
    let page = ayla.get(&format!("/tickets/{ticket}")).await;
    assert!(page.words().contains("Draft discarded."));
    for words in ["Not like this.", "photo.txt", "More</textarea>"] {
        assert!(!page.text().contains(words), "{words}");
    }
    desk.clock.advance(1.minute());
    desk.run_jobs().await;
    assert!(desk.mail_out().is_empty());
}

#[tokio::test]
async fn a_question_before_a_step_opens_without_a_script() {
    let desk = TestDesk::new().await;
    let ticket = desk.mail("kim@customer.example", "Mug", "Hi").await;
    let mut ayla = desk.browser("ayla").await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    for question in ["dialog-revoke-link", "dialog-discard"] {
        assert!(page.contains(&format!("popovertarget=\"{question}\">")));
        assert!(page.contains(&format!("id=\"{question}\" popover ")));
    }
}

#[tokio::test]
async fn a_mail_that_did_not_leave_is_explained_in_the_readers_language() {
    let desk = TestDesk::new().await;
    let ticket = desk.mail("kim@customer.example", "Mug", "Hi").await;
    let mut ayla = desk.browser("ayla").await;
    let fields = [
        ("kind", "reply"),
        ("body", "Send a photo."),
        ("seen", &seen(&desk, ticket).await),
    ];
    compose(&mut ayla, &format!("/tickets/{ticket}/replies"), &fields).await;
    desk.clock.advance(11.seconds());
    desk.courier
        .fail_next_as("send-failure-login-rejected", "535 no");
    desk.run_jobs().await;
    let page = format!("/tickets/{ticket}");
    let english = ayla.get(&page).await.words();
    assert!(
        english.contains("does not accept this user and password") && english.contains("(535 no)"),
        "{english}"
    );
    let german = ayla.clone().speaking("de").get(&page).await.words();
    assert!(
        german.contains("nimmt diesen Benutzernamen und dieses Passwort nicht an")
            && german.contains("(535 no)"),
        "{german}"
    );
}

#[tokio::test]
async fn a_call_is_written_down_without_an_address_and_with_a_file() {
    let desk = TestDesk::new().await;
    let mut ayla = desk.browser("ayla").await;
    let call = [
        ("name", "Old Mrs Berg"),
        ("phone", "030 / 12 34 56"),
        ("subject", "Wants a catalogue"),
        ("body", "Called about the catalogue."),
        ("channel", "phone"),
        ("files:card.txt", "her card"),
    ];
    let opened = compose(&mut ayla, "/tickets", &call).await;
    assert_eq!(opened.status, 303, "{}", opened.words());
    let page = ayla.get(opened.header("location")).await;
    for words in ["Old Mrs Berg", "030123456", "card.txt", "mailed to nobody"] {
        assert!(page.text().contains(words), "{words}: {}", page.words());
    }
    let again = compose(&mut ayla, "/tickets", &call).await;
    let page = ayla.get(again.header("location")).await.words();
    assert!(page.contains("Wants a catalogue"), "{page}");
    let customers = ayla.get("/customers").await.words();
    assert_eq!(customers.matches("Old Mrs Berg").count(), 1, "{customers}");

    let nobody = [("subject", "Hm"), ("body", "Silence.")];
    let refused = compose(&mut ayla, "/tickets", &nobody).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.words().contains("at least a name"),
        "{}",
        refused.words()
    );
    let wrong = [("phone", "later"), ("subject", "Hm"), ("body", "x")];
    let refused = compose(&mut ayla, "/tickets", &wrong).await;
    assert!(refused.words().contains("no"), "{}", refused.words());
    assert_eq!(refused.status, 422);
    desk.run_jobs().await;
    assert!(desk.mail_out().is_empty());
}

#[tokio::test]
async fn beside_a_ticket_stands_which_skill_it_needs_and_who_has_it() {
    let desk = TestDesk::new().await;
    let (ben, jonas) = (desk.person("ben").await.id, desk.person("jonas").await.id);
    let skill = |name: &str, people| SkillText {
        name: name.to_owned(),
        tags: vec![name.to_lowercase()],
        people,
        ..SkillText::default()
    };
    for text in [
        skill("Grinders", vec![ben, jonas]),
        skill("Invoices", vec![jonas]),
    ] {
        desk.desk.run(&Actor::System, AddSkill(text)).await.unwrap();
    }
    let ticket = desk.mail("lena@cafe.example", "It rattles", "What?").await;
    let path = format!("/tickets/{ticket}");
    let mut ayla = desk.browser("ayla").await;
    assert!(!ayla.get(&path).await.words().contains("Needs"));

    ayla.post(&format!("{path}/tags"), &[("tags", "grinders")])
        .await;
    let words = ayla.get(&path).await.words();
    assert!(words.contains("Needs Grinders\nJonas, Ben"), "{words}");
    assert!(!words.contains("Invoices"), "{words}");
    let token = desk.token("ayla", &[Permission::ReadTickets]).await;
    let program = desk.visitor().with_token(&token);
    let told = { program }.get(&format!("/api/v1{path}")).await.json();
    assert_eq!(told["skills"], serde_json::json!(["Grinders"]));

    ayla.post(&format!("{path}/tags"), &[("tags", "grinders, invoices")])
        .await;
    let leaves = Deactivate { person: jonas };
    desk.desk.run(&Actor::System, leaves).await.unwrap();
    let words = ayla.get(&path).await.words();
    assert!(
        words.contains("Needs Grinders\nBen\n") && words.contains("Needs Invoices\nnobody"),
        "{words}"
    );
    assert!(words.contains("so anybody may take it"), "{words}");
}
