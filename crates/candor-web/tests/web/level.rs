//! Promises on the pages: set up, shown, kept, counted.

use super::tone::{compose, seen};
use axum::http::Method;
use candor_desk::link::customer_link;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_testkit::{Browser, TestDesk};
use jiff::ToSpan;
use serde_json::json;

/// A shop owner sets up hours and the level that is offered.
async fn promise(desk: &TestDesk, mara: &mut Browser) {
    let form = mara.get("/settings/hours/new?preset=shop").await.text();
    assert!(form.contains("09:00-18:00") && form.contains("10:00-14:00"));
    let week = ["mon", "tue", "wed", "thu", "fri"].map(|day| (day, "9-18"));
    let mut typed = vec![
        ("name", "Our hours"),
        ("zone", "Europe/Berlin"),
        ("holidays", "12-25 Christmas"),
    ];
    typed.extend(week);
    let kept = mara.post("/settings/hours", &typed).await;
    let year = mara.get(kept.header("location")).await.words();
    assert!(
        year.contains("Your year") && year.contains("Christmas"),
        "{year}"
    );
    let offered = mara.get("/settings/levels").await.words();
    assert!(offered.contains("Nothing is promised yet"), "{offered}");
    let start = mara
        .post("/settings/levels/start", &[("calendar", "1")])
        .await;
    assert_eq!(start.status, 303);
    let list = mara.get("/settings/levels").await.words();
    assert!(list.contains("answered within 9 h while open"), "{list}");
    desk.run_jobs().await;
}

#[tokio::test]
async fn a_shop_promises_and_everybody_reads_by_when() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    promise(&desk, &mut mara).await;
    // Monday, 10:00 in Berlin: nine open hours end on Tuesday at 10:00.
    let ticket = desk
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let inbox = ayla.get("/inbox").await.words();
    assert!(inbox.contains("reply by tomorrow 10:00"), "{inbox}");
    let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
    assert!(
        page.contains("Standard") && page.contains("like everybody"),
        "{page}"
    );

    let row = desk
        .desk
        .store()
        .read(move |tx| tx.ticket(ticket))
        .await
        .unwrap();
    let link = customer_link(&desk.desk.config().keys, &row.unwrap());
    let request = format!("/help/r/{link}");
    let mut lena = desk.visitor();
    let waits = lena.get(&request).await.words();
    assert!(
        waits.contains("You will hear from us by tomorrow 10:00."),
        "{waits}"
    );

    let urgent = [("urgency", "urgent")];
    ayla.post(&format!("/tickets/{ticket}/urgency"), &urgent)
        .await;
    desk.clock.advance(5.hours());
    desk.run_tasks().await;
    let late = ayla.get(&format!("/tickets/{ticket}")).await.words();
    assert!(late.contains("late by 1 h"), "{late}");
    assert!(
        late.contains("A promise was missed: First answer"),
        "{late}"
    );
    let sorry = lena.get(&request).await.words();
    assert!(
        sorry.contains("You should have heard from us by"),
        "{sorry}"
    );
    let report = mara.get("/promises?days=7").await.words();
    assert!(report.contains("0 of 1"), "{report}");
    let by_team = mara.get("/promises?days=7&by=team").await.words();
    assert!(
        by_team.contains("A ticket counts for the team"),
        "{by_team}"
    );
    let file = mara
        .get("/promises/file/promises.csv?days=7&by=level")
        .await;
    assert_eq!(file.header("content-type"), "application/octet-stream");
    let table = file.text();
    let mut lines = table.lines();
    let head = "by,name,urgency,promise,promises,kept,low_percent,high_percent,beaten_minutes";
    assert_eq!(lines.next(), Some(head));
    let missed = "level,Standard,urgent,first_reply,1,0,0.00,";
    assert!(lines.any(|line| line.starts_with(missed)), "{table}");
    assert_eq!(mara.get("/promises/file/other.csv").await.status, 404);
}

#[tokio::test]
async fn the_next_ticket_is_taken_with_its_reason() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    promise(&desk, &mut mara).await;
    desk.mail("otto@cafe.example", "A question", "When?").await;
    let urgent = desk
        .mail("lena@cafe.example", "No power", "It is dead.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    ayla.post(
        &format!("/tickets/{urgent}/urgency"),
        &[("urgency", "urgent")],
    )
    .await;
    let next = ayla.get("/next").await.words();
    let (first, second) = (
        next.find("No power").unwrap(),
        next.find("A question").unwrap(),
    );
    assert!(first < second, "{next}");
    assert!(
        next.contains("Standard customer, urgent, 4 h left"),
        "{next}"
    );
    let taken = ayla.post("/next", &[]).await;
    assert_eq!(
        taken.header("location"),
        format!("/tickets/{urgent}?list=mine")
    );
    mara.post("/settings/levels/limit", &[("limit", "1")]).await;
    let enough = ayla.post("/next", &[]).await;
    assert_eq!(enough.header("location"), "/next");
    let told = ayla.get("/next").await.words();
    assert!(
        told.contains("You have as many open tickets as you may."),
        "{told}"
    );
}

#[tokio::test]
async fn a_level_is_written_refused_rested_and_read_by_customers() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    promise(&desk, &mut mara).await;
    let mut typed = vec![
        ("name", "Complaints"),
        ("calendar", "1"),
        ("weight", "2"),
        ("public", "true"),
        ("kind", "complaint"),
        ("normal-first_reply-n", "soon"),
        ("normal-first_reply-u", "business hours"),
    ];
    let wrong = mara.post("/settings/levels", &typed).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.words().contains("Please write a whole number"),
        "{}",
        wrong.words()
    );
    assert!(
        wrong.text().contains("value=\"soon\""),
        "what was typed stays"
    );
    typed[5].1 = "2";
    assert_eq!(mara.post("/settings/levels", &typed).await.status, 303);
    let twice = mara.post("/settings/levels", &typed).await;
    assert_eq!(twice.status, 422);

    let public = desk.visitor().get("/help/promises?lang=de").await.words();
    assert!(
        public.contains("Complaints") && public.contains("2 Std."),
        "{public}"
    );
    assert!(!public.contains("Standard"), "{public}");
    assert_eq!(mara.post("/settings/levels/2/rest", &[]).await.status, 303);
    let public = desk.visitor().get("/help/promises").await.words();
    assert!(public.contains("Nothing is promised here yet."), "{public}");
}

#[tokio::test]
async fn the_studio_answers_without_a_script() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let none = mara.get("/promises/studio").await.words();
    assert!(none.contains("Set up opening hours first"), "{none}");
    promise(&desk, &mut mara).await;
    let fresh = mara.get("/promises/studio").await.words();
    assert!(
        fresh.contains("12 is assumed: fewer than 30 answers"),
        "{fresh}"
    );
    let asked = "/promises/studio?hours=9&people=3&weekend=0&tickets=300&minutes=12";
    let answer = mara.get(asked).await.words();
    assert!(answer.contains("Promised within 9 h,"), "{answer}");
    assert!(!answer.contains("breaks first:"), "all are in time");
    let answer = mara.get(&asked.replace("hours=9", "hours=4")).await.words();
    assert!(answer.contains("breaks first:"), "{answer}");
    assert!(answer.contains("With one more person on "), "{answer}");
    assert!(
        answer.contains("within the team, and it is usually beaten"),
        "{answer}"
    );
    let pattern = "0 whole weeks with 0 tickets. It takes 3 weeks and 100 tickets.";
    assert!(answer.contains(pattern), "{answer}");
    assert!(answer.contains("Not enough data yet"), "{answer}");
    let too_few = "/promises/studio?hours=9&people=1&weekend=0&tickets=900&minutes=12";
    let answer = mara.get(too_few).await.words();
    assert!(
        answer.contains("More comes in than this team can ever answer."),
        "{answer}"
    );
    let nonsense = "/promises/studio?hours=0&people=900000&tickets=-1&minutes=x";
    let answer = mara.get(nonsense).await.words();
    assert!(answer.contains("That cannot be counted."), "{answer}");
}

#[tokio::test]
async fn programs_read_promises_and_the_queue() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    promise(&desk, &mut mara).await;
    let ticket = desk
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let customer = desk
        .desk
        .store()
        .read(move |tx| tx.ticket(ticket))
        .await
        .unwrap();
    let customer = customer.unwrap().customer;
    let lena = Actor::Customer { customer, ticket };
    let due = candor_desk::level::DueOfTicket(ticket);
    let due = desk
        .desk
        .ask(&lena, due)
        .await
        .unwrap()
        .unwrap()
        .due
        .unwrap();
    let token = desk.token("ayla", &[]).await;
    let get = async |path: &str| desk.visitor().with_token(&token).get(path).await.json();
    let shown = get(&format!("/api/v1/tickets/{ticket}")).await;
    assert_eq!(shown["promises"][0]["metric"], "first_reply");
    assert_eq!(shown["promises"][0]["due_at"], due.to_string());
    let queue = get("/api/v1/queue").await;
    assert_eq!(queue["items"][0]["number"], ticket.0);
    assert_eq!(queue["items"][0]["left_seconds"], 9 * 3600);
}

const PROMISE: &str = "Dear Lena,\n\nI'll write by 12:00.\n\nBest regards\nAyla";

/// The customer's request page.
async fn request(desk: &TestDesk, ticket: TicketId) -> String {
    let row = desk.desk.store().read(move |tx| tx.ticket(ticket));
    let row = row.await.unwrap().unwrap();
    format!("/help/r/{}", customer_link(&desk.desk.config().keys, &row))
}

/// The composer's fields with what was ticked or pressed.
fn reply<'a>(seen: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("kind", "reply"),
        ("body", PROMISE),
        ("then", "wait"),
        ("seen", seen),
    ];
    fields.extend_from_slice(more);
    fields
}

#[tokio::test]
async fn a_promise_is_offered_while_typing_and_one_click_makes_it() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    let seen = seen(&desk, ticket).await;
    let mut ayla = desk.browser("ayla").await;
    let hints = format!("/tickets/{ticket}/hints");
    let chip = ayla.post(&hints, &[("body", PROMISE)]).await.text();
    assert!(chip.contains("a word by today 12:00"), "{chip}");
    let due = "1772449200000000";
    assert!(chip.contains(due) && !chip.contains("checked"), "{chip}");
    let again = [("body", PROMISE), ("promise", due)];
    let kept = ayla.post(&hints, &again).await.text();
    assert!(kept.contains("checked"), "{kept}");
    let none = ayla.post(&hints, &[("body", "I'll write soon.")]).await;
    assert!(!none.text().contains("name=\"promise\""));

    let fields = reply(&seen, &[("offered", "1"), ("promise", due)]);
    assert_eq!(compose(&mut ayla, ticket, &fields).await.status, 303);
    desk.clock.advance(1.minute());
    desk.run_jobs().await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
    assert!(
        page.contains("Ayla promised a word by today 12:00"),
        "{page}"
    );
    let next = ayla.get("/next").await.words();
    assert!(
        next.contains("You promised") && next.contains("reply in 1 h 59"),
        "{next}"
    );
    let mut lena = desk.visitor();
    let open = lena.get(&request(&desk, ticket).await).await.words();
    assert!(
        open.contains("Ayla promised to write to you by today 12:00."),
        "{open}"
    );

    let withdrawal = format!("/tickets/{ticket}/promises/1/withdrawal");
    ayla.post(&withdrawal, &[("reason", "She called")]).await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
    assert!(
        page.contains("withdrawn") && page.contains("She called"),
        "{page}"
    );
    let over = lena.get(&request(&desk, ticket).await).await.words();
    assert!(
        over.contains("does not hold any more") && !over.contains("She called"),
        "{over}"
    );
}

#[tokio::test]
async fn without_a_script_sending_asks_once_and_both_answers_send() {
    let desk = TestDesk::new().await;
    for (from, button, promised) in [
        ("lena@cafe.example", ("promise", "1772449200000000"), true),
        ("otto@cafe.example", ("offered", "1"), false),
    ] {
        let ticket = desk.mail(from, "Late parcel", "Where is it?").await;
        let seen = seen(&desk, ticket).await;
        let mut ayla = desk.browser("ayla").await;
        let asked = compose(&mut ayla, ticket, &reply(&seen, &[])).await;
        assert_eq!(asked.status, 200);
        let text = asked.words();
        assert!(
            text.contains("You promise a word by today 12:00."),
            "{text}"
        );
        let sent = compose(&mut ayla, ticket, &reply(&seen, &[button])).await;
        assert_eq!(sent.status, 303);
        desk.clock.advance(1.minute());
        desk.run_jobs().await;
        let page = ayla.get(&format!("/tickets/{ticket}")).await.words();
        assert_eq!(page.contains("promised a word"), promised, "{page}");
    }
}

#[tokio::test]
async fn an_acknowledgement_says_by_when_and_what_is_usual() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    promise(&desk, &mut mara).await;
    // Twenty answers, each after 16 minutes.
    let mut ayla = desk.browser("ayla").await;
    for number in 0..20 {
        let from = format!("c{number}@cafe.example");
        let ticket = desk.mail(&from, "A question", "When?").await;
        desk.clock.advance(15.minutes());
        let seen = seen(&desk, ticket).await;
        let plain = [
            ("kind", "reply"),
            ("body", "It left."),
            ("then", "wait"),
            ("seen", seen.as_str()),
        ];
        compose(&mut ayla, ticket, &plain).await;
        desk.run_jobs().await;
        desk.clock.advance(1.minute());
        desk.run_jobs().await;
    }
    let on = [("on", "true"), ("acknowledgement", "")];
    mara.post("/settings/mailboxes/1/acknowledgement", &on)
        .await;
    let ticket = desk
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    desk.run_jobs().await;
    let mails = desk.mail_out();
    let told = mails
        .iter()
        .find(|mail| mail.message.subject.contains("We have your message"));
    let text = &told.expect("an acknowledgement").message.text;
    let says = "You will hear from us by tomorrow 15:20, usually within 20 min.";
    assert!(text.contains(says), "{text}");
    let mut lena = desk.visitor();
    let page = lena.get(&request(&desk, ticket).await).await.words();
    assert!(page.contains(says), "{page}");
}

#[tokio::test]
async fn a_program_gives_a_promise_and_withdraws_it() {
    let desk = TestDesk::new().await;
    let ticket = desk.mail("lena@cafe.example", "A question", "When?").await;
    let scopes = [Permission::ReadTickets, Permission::Reply];
    let token = desk.token("ayla", &scopes).await;
    let mut api = desk.visitor().with_token(&token);
    let path = format!("/api/v1/tickets/{ticket}/promises");
    let due = json!({ "due_at": "2026-03-02T11:00:00Z", "words": "by telephone" });
    let given = api.json(Method::POST, &path, &due).await;
    assert_eq!(given.status, 201, "{}", given.text());
    assert_eq!(given.json()["given_promises"][0]["state"], "open");
    let twice = api.json(Method::POST, &path, &due).await;
    assert_eq!(twice.status, 409);
    let nonsense = json!({ "due_at": "tomorrow" });
    assert_eq!(api.json(Method::POST, &path, &nonsense).await.status, 422);
    let why = json!({ "reason": "done" });
    let over = api
        .json(Method::POST, &format!("{path}/1/withdrawal"), &why)
        .await;
    assert_eq!(over.json()["given_promises"][0]["state"], "withdrawn");
    assert_eq!(over.json()["suggested_urgency"], json!(null));
}

#[tokio::test]
async fn a_suggested_urgency_is_decided_otherwise_with_a_reason() {
    let desk = TestDesk::new().await;
    for _ in 0..2 {
        desk.mail("lena@cafe.example", "A question", "When?").await;
    }
    let ticket = desk.mail("lena@cafe.example", "Again", "When?").await;
    let mut ayla = desk.browser("ayla").await;
    let path = format!("/tickets/{ticket}");
    let page = ayla.get(&path).await.words();
    assert!(page.contains("This customer has 3 open tickets."), "{page}");
    let decision = format!("{path}/urgency/decision");
    let silent = [("urgency", "normal"), ("reason", "")];
    assert_eq!(ayla.post(&decision, &silent).await.status, 422);
    let decided = [("urgency", "normal"), ("reason", "One matter, three mails")];
    ayla.post(&decision, &decided).await;
    let page = ayla.get(&path).await.words();
    assert!(
        page.contains("Ayla decided: Normal") && page.contains("One matter, three mails"),
        "{page}"
    );
    assert!(
        !page.contains("This customer has 3 open tickets."),
        "{page}"
    );
    ayla.post(&format!("{decision}/removal"), &[]).await;
    let page = ayla.get(&path).await.words();
    assert!(page.contains("This customer has 3 open tickets."), "{page}");
}

#[tokio::test]
async fn a_warning_waits_on_the_page_until_it_is_put_away() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    promise(&desk, &mut mara).await;
    let form = mara.get("/settings/levels/1").await.text();
    assert!(form.contains("Who is warned") && form.contains("Also by mail"));
    let ticket = desk
        .mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await;
    // Nine open hours: half of them are gone at 14:30.
    desk.clock.advance(5.hours());
    desk.run_tasks().await;
    let next = mara.get("/next").await.words();
    assert!(
        next.contains("Warnings") && next.contains("First answer: due"),
        "{next}"
    );
    assert!(next.contains("Late parcel"), "#{ticket}: {next}");
    let mut ayla = desk.browser("ayla").await;
    let hers = ayla.get("/next").await.words();
    assert!(
        !hers.contains("Warnings"),
        "nobody has it, so its leads are warned: {hers}"
    );
    // Every page counts them beside the way there, and for nobody else.
    for path in ["/inbox", "/customers", "/rail"] {
        assert!(
            mara.get(path).await.words().contains("one warning"),
            "{path}"
        );
        let mut ben = desk.browser("ben").await;
        assert!(!ben.get(path).await.words().contains("warning"), "{path}");
    }
    // What comes after the page was drawn is not put away with it.
    let drawn = mara.get("/next").await.text();
    let shown = drawn.split("name=\"shown\" value=\"").nth(1).unwrap();
    let shown = shown.split('"').next().unwrap().to_owned();
    desk.clock.advance(5.hours());
    desk.run_tasks().await;
    for form in [&[][..], &[("shown", "1.nothing.x 2")]] {
        assert_eq!(mara.post("/next/warnings", form).await.status, 303);
    }
    let away = mara.post("/next/warnings", &[("shown", &shown)]).await;
    assert_eq!(away.status, 303);
    let next = mara.get("/next").await.words();
    assert!(
        next.contains("First answer: due"),
        "its second step: {next}"
    );
    let drawn = mara.get("/next").await.text();
    let shown = drawn.split("name=\"shown\" value=\"").nth(1).unwrap();
    let shown = shown.split('"').next().unwrap();
    mara.post("/next/warnings", &[("shown", shown)]).await;
    let next = mara.get("/next").await.words();
    assert!(!next.contains("First answer: due"), "{next}");
    // The pages of the queue: a place that nobody wrote begins at the top.
    assert_eq!(mara.get("/next?after=1_2_x").await.status, 200);
}
