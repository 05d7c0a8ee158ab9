//! Staff planning, the roster, one's own shifts, and what too much urgency does.

use axum::body::Body;
use axum::http::{Request, header};
use candor_desk::people::Deactivate;
use candor_desk::planning::PlanningView;
use candor_desk::skill::{AddSkill, SkillText};
use candor_desk::ticket::OpenTicket;
use candor_desk::verify::verify;
use candor_domain::actor::Actor;
use candor_domain::message::Channel;
use candor_domain::ticket::Urgency;
use candor_testkit::{Browser, TestDesk};
use jiff::ToSpan;
use tower::ServiceExt;

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

/// The form of a plan made for the week of 9 March: Ben on Monday and Tuesday, Ayla on Wednesday.
async fn plan_form(desk: &TestDesk, weeks: &[&str]) -> Vec<(String, String)> {
    let lead = desk.actor("jonas").await;
    let planning = desk.desk.ask(&lead, PlanningView { week: None }).await;
    let (ayla, ben) = (desk.person("ayla").await.id, desk.person("ben").await.id);
    let mut form = vec![
        ("week".to_owned(), "2026-03-09".to_owned()),
        ("basis".to_owned(), planning.unwrap().basis),
    ];
    for (person, day) in [(ben, "09"), (ben, "10"), (ayla, "11")] {
        let shift = format!("{person}_2026-03-{day}_09:00-17:00");
        form.push(("shift".to_owned(), shift));
    }
    form.extend(
        weeks
            .iter()
            .map(|week| ("for".to_owned(), (*week).to_owned())),
    );
    form
}

async fn adopt(browser: &mut Browser, form: &[(String, String)]) -> candor_testkit::Answer {
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post("/staff/plan/adoption", &form).await
}

#[tokio::test]
async fn a_calendar_reads_ones_shifts_at_an_address_without_a_login() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    let (ayla, ben) = (desk.person("ayla").await.id, desk.person("ben").await.id);
    shift(&mut jonas, ayla.0, &["0", "1", "2", "3", "4"], "8-12").await;
    shift(&mut jonas, ben.0, &["0", "1", "2", "3", "4"], "13-17").await;
    let mut hers = desk.browser("ayla").await;
    assert!(hers.get("/shifts").await.words().contains("No address yet"));
    let made = hers.post("/shifts/feed", &[]).await;
    let path = address(&made.text());
    let again = hers.get("/shifts").await.text();
    assert!(!again.contains("/calendars/"), "it is shown once");

    // A program without a login reads her shifts, and only those.
    let mut program = desk.visitor();
    let calendar = program.get(&path).await;
    assert_eq!(calendar.status, 200);
    assert_eq!(
        calendar.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    assert_eq!(calendar.header("cache-control"), "private, no-cache");
    let text = calendar.text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n"), "{text}");
    let own = format!("UID:{ayla}-");
    assert!(text.contains(&own) && text.matches("UID:").count() == text.matches(&own).count());
    // Asked again it has nothing to tell, until the roster is another.
    let tag = calendar.header("etag").to_owned();
    assert_eq!(asked(&desk, &path, &tag).await, 304);
    shift(&mut jonas, ayla.0, &["5"], "9-11").await;
    assert_eq!(asked(&desk, &path, &tag).await, 200);

    // Made anew, switched off, gone with whoever leaves.
    let anew = address(&hers.post("/shifts/feed", &[]).await.text());
    assert_eq!(program.get(&path).await.status, 404);
    assert_eq!(program.get(&anew).await.status, 200);
    assert_eq!(hers.post("/shifts/feed/removal", &[]).await.status, 303);
    assert_eq!(program.get(&anew).await.status, 404);
    let last = address(&hers.post("/shifts/feed", &[]).await.text());
    let mara = desk.actor("mara").await;
    let leave = Deactivate { person: ayla };
    desk.desk.run(&mara, leave).await.unwrap();
    assert_eq!(program.get(&last).await.status, 404);
    assert_eq!(program.get("/calendars/x/shifts.ics").await.status, 404);
}

/// The path of the address that a page shows.
fn address(page: &str) -> String {
    let (_, rest) = page.split_once("/calendars/").unwrap();
    let (secret, _) = rest.split_once("/shifts.ics").unwrap();
    format!("/calendars/{secret}/shifts.ics")
}

/// What a program hears that has read something before.
async fn asked(desk: &TestDesk, path: &str, tag: &str) -> u16 {
    let request = Request::get(path)
        .header(header::HOST, "desk.shop.example")
        .header(header::IF_NONE_MATCH, tag)
        .body(Body::empty())
        .unwrap();
    desk.router()
        .oneshot(request)
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test]
async fn why_there_is_no_plan_is_said_in_the_readers_language() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    for name in ["ayla", "ben", "jonas"] {
        let person = desk.person(name).await.id;
        shift(&mut jonas, person.0, &["0"], "9-10").await;
    }
    let path = "/staff/plan?week=2026-03-09";
    let words = jonas.get(path).await.words();
    assert!(words.contains("What is missing:"), "{words}");
    assert!(words.contains("needed"), "{words}");
    let german = jonas.clone().speaking("de").get(path).await.words();
    assert!(german.contains("Es fehlt:"), "{german}");
    for english in ["needed", "needs", "but only", "able then"] {
        assert!(!german.contains(english), "{english}: {german}");
    }
    let first = "Montag, 9. März, 13:30 bis 14:00: 1 gebraucht, 0 möglich neben allem anderen.";
    assert!(lacks(&german).starts_with(first), "{german}");
}

#[tokio::test]
async fn each_open_day_has_somebody_with_each_skill_where_that_can_be() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    let id = async |name: &str| desk.person(name).await.id;
    let (ayla, ben, cora) = (id("ayla").await, id("ben").await, id("cora").await);
    for person in [ayla, ben] {
        shift(&mut jonas, person.0, &["0", "1", "2", "3", "4"], "9-17").await;
    }
    let skill = |name: &str, people| {
        AddSkill(SkillText {
            name: name.to_owned(),
            tags: vec![name.to_lowercase()],
            people,
            ..SkillText::default()
        })
    };
    let grinders = skill("Grinders", vec![ben]);
    desk.desk.run(&Actor::System, grinders).await.unwrap();
    let week = jonas.get("/staff?week=2026-03-09").await.words();
    assert!(!week.contains("with the skill"), "{week}");
    let path = "/staff/plan?week=2026-03-09";
    let plan = jonas.get(path).await.words();
    assert!(
        plan.contains("hours of people; there is no better plan"),
        "{plan}"
    );
    assert!(!plan.contains("Nobody with the skill"), "{plan}");

    let ill = [
        ("person", ben.to_string()),
        ("kind", "sick".to_owned()),
        ("first", "2026-03-11".to_owned()),
    ];
    let ill: Vec<(&str, &str)> = ill.iter().map(|(k, v)| (*k, v.as_str())).collect();
    jonas.post("/staff/absences", &ill).await;
    let week = jonas.get("/staff?week=2026-03-09").await.words();
    let told = "Nobody with the skill “Grinders” is in the roster on: Wednesday.";
    assert!(week.contains(told), "{week}");
    let plan = jonas.get(path).await.words();
    let told = "Nobody with the skill “Grinders” works on: Wednesday.";
    assert!(plan.contains(told), "{plan}");

    // Three hours a week are no shift of a day: the plan does without.
    shift(&mut jonas, cora.0, &["0"], "9-12").await;
    let invoices = skill("Invoices", vec![cora]);
    desk.desk.run(&Actor::System, invoices).await.unwrap();
    let plan = jonas.get(path).await.words();
    assert!(plan.contains("hours of people"), "{plan}");
    let told = "“Invoices” works on: Monday, Tuesday, Wednesday, Thursday, Friday.";
    assert!(plan.contains(told), "{plan}");
}

/// The sentences of a refusal.
fn lacks(words: &str) -> String {
    let (_, rest) = words.split_once("Es fehlt:").unwrap();
    let (lacks, _) = rest.split_once("Mehr Personen").unwrap();
    lacks.trim().to_owned()
}

/// The confirmation that a page asks for.
fn confirmed(form: &[(String, String)], page: &str) -> Vec<(String, String)> {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
    let (seen, _) = rest.split_once('"').unwrap();
    let mut form = form.to_vec();
    form.push(("seen".to_owned(), seen.to_owned()));
    form
}

#[tokio::test]
async fn a_plan_becomes_the_roster_and_is_taken_back() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    let ayla = desk.person("ayla").await.id;
    // Monday is Ayla's every week; with the plan it rests for two weeks.
    shift(&mut jonas, ayla.0, &["0"], "8-12").await;
    let form = plan_form(&desk, &["2026-03-09", "2026-03-16"]).await;
    let asked = adopt(&mut jonas, &form).await;
    assert_eq!(asked.status, 200);
    let words = asked.words();
    assert!(
        words.contains("6 shifts would be written") && words.contains("Rests in these weeks"),
        "{words}"
    );
    let week = "/staff/roster?week=2026-03-16";
    assert!(jonas.get(week).await.words().contains("8:00–12:00"));

    let done = adopt(&mut jonas, &confirmed(&form, &asked.text())).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let roster = jonas.get(week).await.words();
    assert!(
        roster.contains("24 hours in this week") && !roster.contains("8:00–12:00"),
        "{roster}"
    );
    // A second click writes nothing twice; before and after, Ayla's Mondays go on.
    adopt(&mut jonas, &form).await;
    for (monday, hours) in [("02", 4), ("09", 24), ("16", 24), ("23", 4)] {
        let path = format!("/staff/roster?week=2026-03-{monday}");
        let roster = jonas.get(&path).await.words();
        let words = format!("{hours} hours in this week");
        assert!(roster.contains(&words), "{monday}: {roster}");
    }

    assert_eq!(
        jonas.post("/staff/adoptions/1/removal", &[]).await.status,
        303
    );
    let roster = jonas.get(week).await.words();
    assert!(roster.contains("4 hours in this week"), "{roster}");
    jonas.post("/staff/adoptions/1/return", &[]).await;
    assert!(jonas.get(week).await.words().contains("24 hours"));
    // Two plans never hold in one week: the older stays taken back.
    jonas.post("/staff/adoptions/1/removal", &[]).await;
    let again = adopt(&mut jonas, &confirmed(&form, &asked.text())).await;
    assert_eq!(again.status, 303, "{}", again.words());
    let both = jonas.post("/staff/adoptions/1/return", &[]).await;
    assert_eq!(both.status, 409);
    assert!(jonas.get(week).await.words().contains("24 hours"));
    let found = verify(&desk.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(found.findings, []);

    // Once its first week began, people work by it.
    desk.clock.advance(168.hours());
    let mut jonas = desk.browser("jonas").await;
    assert_eq!(
        jonas.post("/staff/adoptions/2/removal", &[]).await.status,
        409
    );
}

#[tokio::test]
async fn a_swap_goes_with_its_shift_and_comes_back_with_it() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    let mut giver = desk.browser("ayla").await;
    let mut taker = desk.browser("ben").await;
    let ayla = desk.person("ayla").await.id;
    shift(&mut jonas, ayla.0, &["0"], "8-12").await;
    giver.post("/shifts/1/days/2026-03-09/offer", &[]).await;
    // Kept after all, and offered after all.
    giver.post("/shifts/swaps/1/removal", &[]).await;
    assert_eq!(taker.post("/shifts/swaps/1/return", &[]).await.status, 404);
    assert_eq!(giver.post("/shifts/swaps/1/return", &[]).await.status, 303);
    assert_eq!(giver.post("/shifts/swaps/1/return", &[]).await.status, 409);
    taker.post("/shifts/swaps/1/taking", &[]).await;
    let question = "Ben would work in place of Ayla";
    let off = "Off: the roster changed, and Ayla does not have this shift any more";
    assert!(jonas.get("/staff/roster").await.words().contains(question));

    let form = plan_form(&desk, &["2026-03-09"]).await;
    let asked = adopt(&mut jonas, &form).await;
    let done = adopt(&mut jonas, &confirmed(&form, &asked.text())).await;
    assert_eq!(done.status, 303, "{}", done.words());
    assert!(!jonas.get("/staff/roster").await.words().contains(question));
    for browser in [&mut giver, &mut taker] {
        let shown = browser.get("/shifts").await.words();
        assert!(shown.contains(off), "{shown}");
    }
    let late = jonas.post("/staff/swaps/1/approval", &[]).await;
    assert_eq!(late.status, 409);
    jonas.post("/staff/adoptions/1/removal", &[]).await;
    assert!(jonas.get("/staff/roster").await.words().contains(question));

    // The same when the shift itself goes, or becomes somebody else's.
    jonas.post("/staff/shifts/1/removal", &[]).await;
    assert!(taker.get("/shifts").await.words().contains(off));
    jonas.post("/staff/shifts/1/return", &[]).await;
    let change = [
        ("person", "1"),
        ("first", "2026-01-05"),
        ("hours", "8-12"),
        ("day", "0"),
    ];
    let changed = jonas.post("/staff/shifts/1", &change).await;
    assert_eq!(changed.status, 303, "{}", changed.words());
    assert!(taker.get("/shifts").await.words().contains(off));
    let undo =
        format!("/staff/shifts/1/former?person={ayla}&first=2026-01-05&hours=08:00-12:00&day=0");
    assert_eq!(jonas.post(&undo, &[]).await.status, 303);
    assert!(jonas.get("/staff/roster").await.words().contains(question));
    let found = verify(&desk.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(found.findings, []);
}

#[tokio::test]
async fn a_plan_that_no_longer_fits_is_refused_whole() {
    let desk = TestDesk::new().await;
    let mut jonas = desk.browser("jonas").await;
    let (ayla, ben) = (desk.person("ayla").await.id, desk.person("ben").await.id);
    let form = plan_form(&desk, &["2026-03-09"]).await;
    // Its own week began: no.
    let began = plan_form(&desk, &["2026-03-02"]).await;
    assert_eq!(adopt(&mut jonas, &began).await.status, 422);
    // Somebody looks, and meanwhile a shift is written: what was confirmed is not what would be.
    shift(&mut jonas, ben.0, &["5"], "9-12").await;
    let form_now = plan_form(&desk, &["2026-03-09"]).await;
    let asked = adopt(&mut jonas, &form_now).await;
    let seen = confirmed(&form_now, &asked.text());
    jonas.post("/staff/shifts/1/removal", &[]).await;
    assert_eq!(adopt(&mut jonas, &seen).await.status, 409);
    // Ben falls ill in the second week: his days are left out there, the rest can be confirmed.
    let later = plan_form(&desk, &["2026-03-09", "2026-03-16"]).await;
    let ill = [
        ("person", ben.to_string()),
        ("kind", "sick".to_owned()),
        ("first", "2026-03-16".to_owned()),
        ("last", "2026-03-20".to_owned()),
    ];
    let ill: Vec<(&str, &str)> = ill.iter().map(|(k, v)| (*k, v.as_str())).collect();
    jonas.post("/staff/absences", &ill).await;
    let words = adopt(&mut jonas, &later).await.words();
    assert!(
        words.contains("4 shifts would be written") && words.contains("Left out of the plan"),
        "{words}"
    );
    // Ayla is away in the very week that was planned: another plan is needed.
    let away = [
        ("person", ayla.to_string()),
        ("kind", "leave".to_owned()),
        ("first", "2026-03-11".to_owned()),
    ];
    let away: Vec<(&str, &str)> = away.iter().map(|(k, v)| (*k, v.as_str())).collect();
    jonas.post("/staff/absences", &away).await;
    let refused = adopt(&mut jonas, &form).await;
    assert_eq!(refused.status, 409);
    assert!(refused.words().contains("The plan no longer fits"));
    let roster = jonas.get("/staff/roster?week=2026-03-09").await.words();
    assert!(roster.contains("0 hours in this week"), "{roster}");
    let mut person = desk.browser("ayla").await;
    assert_eq!(adopt(&mut person, &form).await.status, 403);
}
