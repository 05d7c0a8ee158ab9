//! Staff planning, the roster, one's own shifts, and what too much urgency does.

use candor_desk::ticket::OpenTicket;
use candor_desk::verify::verify;
use candor_domain::actor::Actor;
use candor_domain::message::Channel;
use candor_domain::ticket::Urgency;
use candor_testkit::{Browser, TestDesk};
use jiff::ToSpan;

async fn open(desk: &TestDesk, actor: &Actor, number: usize, urgency: Urgency) {
    let ticket = OpenTicket {
        phone: String::new(),
        subject: format!("Order {number}"),
        body: "Where is it?".to_owned(),
        email: "kim@post.example".to_owned(),
        name: "Kim".to_owned(),
        mailbox: None,
        channel: Channel::Api,
        kind: None,
        urgency,
        tags: Vec::new(),
        files: Vec::new(),
    };
    desk.desk.run(actor, ticket).await.unwrap();
}

#[tokio::test]
async fn leads_hear_when_far_too_much_is_called_urgent() {
    let desk = TestDesk::new().await;
    let actor = desk.actor("ayla").await;
    for number in 0..60 {
        let urgency = match number % 4 {
            0 => Urgency::Urgent,
            _ => Urgency::Normal,
        };
        open(&desk, &actor, number, urgency).await;
    }
    let mut jonas = desk.browser("jonas").await;
    let page = jonas.get("/promises/priorities").await.words();
    assert!(
        page.contains("15 of the last 60 tickets, where 3 would be usual"),
        "{page}"
    );
    // Nobody wrote a roster: 90 % busy is assumed, and said so. (1 - .9 x .05) / (1 - .9 x .25).
    assert!(
        page.contains("Urgent waits 23 % longer than it would if 5 %"),
        "{page}"
    );
    assert!(
        page.contains("cannot be said without a roster; 90 % is assumed"),
        "{page}"
    );
    assert!(
        jonas
            .get("/next")
            .await
            .words()
            .contains("Far too much is called urgent")
    );
    let mut ayla = desk.browser("ayla").await;
    assert!(
        !ayla
            .get("/next")
            .await
            .words()
            .contains("Far too much is called urgent")
    );
    assert_eq!(ayla.get("/promises/priorities").await.status, 403);

    let wrong = jonas
        .post("/promises/priorities/quota", &[("quota", "0")])
        .await;
    assert_eq!(wrong.status, 422);
    jonas
        .post("/promises/priorities/quota", &[("quota", "25")])
        .await;
    let page = jonas.get("/promises/priorities").await.words();
    assert!(!page.contains("Far too much is called urgent"), "{page}");
    assert!(
        page.contains("Urgent waits as long as you meant it to"),
        "{page}"
    );
}

/// Monday to Friday, nine to five, for somebody.
async fn shift(lead: &mut Browser, person: i64, days: &[&str], hours: &str) {
    let person = person.to_string();
    let mut form = vec![
        ("person", person.as_str()),
        ("first", "2026-01-05"),
        ("hours", hours),
    ];
    form.extend(days.iter().map(|day| ("day", *day)));
    let added = lead.post("/staff/shifts", &form).await;
    assert_eq!(added.status, 303, "{}", added.words());
}

#[tokio::test]
async fn a_lead_writes_the_roster_and_takes_a_shift_away_and_back() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    let ayla = desk.person("ayla").await.id;
    shift(&mut jonas, ayla.0, &["0", "2"], "9-17").await;
    let roster = jonas.get("/staff/roster").await.words();
    assert!(
        roster.contains("9:00–17:00") && roster.contains("16 h"),
        "{roster}"
    );
    let gone = jonas.post("/staff/shifts/1/removal", &[]).await;
    assert_eq!(gone.status, 303);
    let roster = jonas.get("/staff/roster").await.words();
    assert!(!roster.contains("9:00–17:00"), "{roster}");
    jonas.post("/staff/shifts/1/return", &[]).await;
    assert!(
        jonas
            .get("/staff/shifts/1")
            .await
            .words()
            .contains("Ayla, 9:00–17:00")
    );

    for (field, value, words) in [
        ("hours", "five to nine", "Please write it as 09:00-17:00."),
        ("first", "soon", "Please write a day such as 2026-11-23."),
    ] {
        let mut form = vec![("person", "1"), ("first", "2026-01-05"), ("hours", "9-17")];
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let refused = jonas.post("/staff/shifts", &form).await;
        assert_eq!(refused.status, 422);
        assert!(refused.words().contains(words), "{}", refused.words());
    }
    let found = verify(&desk.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(found.findings, []);
}

/// Somebody was told by mail.
fn told(desk: &TestDesk, to: &str, words: &str) {
    let mails = desk.mail_out();
    let found = mails.iter().any(|mail| {
        mail.envelope.recipients.iter().any(|one| one == to) && mail.message.text.contains(words)
    });
    assert!(found, "nobody told {to}: {words}");
}

#[tokio::test]
async fn leave_is_asked_for_approved_and_stood_in_for() {
    let desk = TestDesk::new().await;
    let (ayla, ben) = (desk.person("ayla").await.id, desk.person("ben").await.id);
    let mut browser = desk.browser("ayla").await;
    let (today, deputy) = (
        desk.desk.now().to_zoned(jiff::tz::TimeZone::UTC).date(),
        ben.to_string(),
    );
    let (first, last) = (
        today.to_string(),
        today.saturating_add(4.days()).to_string(),
    );
    let form = [
        ("kind", "leave"),
        ("first", first.as_str()),
        ("last", last.as_str()),
        ("deputy", deputy.as_str()),
        ("note", "Wedding"),
    ];
    let own = [
        ("kind", "leave"),
        ("first", first.as_str()),
        ("deputy", &ayla.to_string()),
    ];
    assert_eq!(browser.post("/shifts/absences", &own).await.status, 409);
    browser.post("/shifts/absences", &form).await;
    let mine = browser.get("/shifts").await.words();
    assert!(
        mine.contains("waits for a lead") && mine.contains("Wedding"),
        "{mine}"
    );
    desk.run_jobs().await;
    told(&desk, "jonas@shop.example", "Ayla would like to be away");

    let mut jonas = desk.browser("jonas").await;
    let roster = jonas.get("/staff/roster").await.words();
    assert!(
        roster.contains("Waits for you") && roster.contains("Wedding"),
        "{roster}"
    );
    jonas.post("/staff/absences/1/approval", &[]).await;
    desk.run_jobs().await;
    told(&desk, "ayla@shop.example", "Your absence is approved");
    told(&desk, "ben@shop.example", "Ayla is away, and you stand in");
    let mut other = desk.browser("ben").await;
    let stands_in = other.get("/shifts").await.words();
    assert!(
        stands_in.contains("For Ayla") && !stands_in.contains("Wedding"),
        "{stands_in}"
    );
    // Nobody else's absence can be taken back; one's own can, and back again.
    assert_eq!(
        other.post("/shifts/absences/1/removal", &[]).await.status,
        404
    );
    browser.post("/shifts/absences/1/removal", &[]).await;
    assert!(browser.get("/shifts").await.words().contains("taken back"));
    browser.post("/shifts/absences/1/return", &[]).await;
    assert!(
        browser
            .get("/shifts")
            .await
            .words()
            .contains("waits for a lead")
    );
    let found = verify(&desk.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(found.findings, []);
}

#[tokio::test]
async fn a_shift_is_offered_taken_and_moved_by_a_lead() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    let (ayla, ben) = (desk.person("ayla").await.id, desk.person("ben").await.id);
    shift(&mut jonas, ayla.0, &["0", "1", "2", "3", "4"], "9-17").await;
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let today = desk.desk.now().to_zoned(zone).date();
    let days = today.series(1.day()).skip(1);
    let day = days
        .take(7)
        .find(|day| day.weekday() == jiff::civil::Weekday::Wednesday)
        .unwrap();
    let offer = format!("/shifts/1/days/{day}/offer");
    let mut giver = desk.browser("ayla").await;
    let mut taker = desk.browser("ben").await;
    assert_eq!(
        taker.post(&offer, &[]).await.status,
        409,
        "not theirs to offer"
    );
    giver.post(&offer, &[]).await;
    assert_eq!(giver.post(&offer, &[]).await.status, 409, "once is enough");
    assert!(
        taker
            .get("/shifts")
            .await
            .words()
            .contains("Ayla offers this shift")
    );
    assert_eq!(giver.post("/shifts/swaps/1/taking", &[]).await.status, 409);
    taker.post("/shifts/swaps/1/taking", &[]).await;
    let roster = jonas.get("/staff/roster").await.words();
    assert!(
        roster.contains("Ben would work in place of Ayla"),
        "{roster}"
    );
    jonas.post("/staff/swaps/1/approval", &[]).await;
    let theirs = taker.get("/shifts").await.words();
    assert!(theirs.contains("taken from Ayla"), "{theirs}");
    let file = taker.get("/shifts/shifts.ics").await.text();
    assert!(
        file.contains(&format!("UID:{ben}-1-{day}@shifts.candor")),
        "{file}"
    );
    jonas.post("/staff/swaps/1/question", &[]).await;
    assert!(
        !taker
            .get("/shifts")
            .await
            .words()
            .contains("taken from Ayla")
    );
    jonas.post("/staff/swaps/1/refusal", &[]).await;
    assert!(
        giver
            .get("/shifts")
            .await
            .words()
            .contains("The shift stays with Ayla")
    );
    let found = verify(&desk.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(found.findings, []);
}
