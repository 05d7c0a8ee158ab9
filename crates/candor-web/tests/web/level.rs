//! Promises on the pages: set up, shown, kept, counted.

use candor_desk::link::customer_link;
use candor_domain::actor::Actor;
use candor_testkit::{Browser, TestDesk};
use jiff::ToSpan;

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
    let asked = "/promises/studio?hours=9&people=3&weekend=0&tickets=300&minutes=12";
    let answer = mara.get(asked).await.words();
    assert!(answer.contains("Promised within 9 h,"), "{answer}");
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
