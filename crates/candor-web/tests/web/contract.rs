//! Contracts on the pages: written, announced, counted, approved, taken along.

use candor_domain::id::TicketId;
use candor_testkit::{Browser, TestDesk};
use jiff::ToSpan;

/// Always open, one level for everybody, one organization, and its contract since 1 March.
async fn contract(desk: &TestDesk, mara: &mut Browser) -> String {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut typed = vec![("name", "Always"), ("zone", "Europe/Berlin")];
    typed.extend(days.map(|day| (day, "0-24")));
    mara.post("/settings/hours", &typed).await;
    let first = mara.get("/settings/contracts").await.words();
    assert!(first.contains("First: a service level"), "{first}");
    mara.post("/settings/levels/start", &[("calendar", "1")])
        .await;
    let organization = [("name", "Café Lotte"), ("tier", "")];
    mara.post("/settings/organizations", &organization).await;
    let form = mara.get("/settings/contracts/new").await.text();
    assert!(form.contains("Café Lotte") && form.contains("Standard"));
    let mut typed = vec![
        ("organization", "1"),
        ("name", "Care"),
        ("first_day", "2026-03-01"),
        ("last_day", "2026-04-15"),
        ("level", "1"),
        ("calendar", "1"),
        ("language", "de"),
        ("statement_language", "de"),
        ("includes", "Zwei Mühlen."),
        ("remedy", "95: five"),
    ];
    let wrong = mara.post("/settings/contracts", &typed).await;
    assert_eq!(wrong.status, 422);
    let words = wrong.words();
    assert!(
        words.contains("Please write each step as “95: 5”."),
        "{words}"
    );
    assert!(
        words.contains("Please choose one way in at least."),
        "{words}"
    );
    typed.pop();
    typed.extend([("remedy", "95: 5"), ("channel", "mail")]);
    let added = mara.post("/settings/contracts", &typed).await;
    assert_eq!(added.status, 303, "{}", added.words());
    desk.run_jobs().await;
    added.header("location").to_owned()
}

/// Lena is of the café: her ticket, her card and her organization name the contract.
async fn on_cards(desk: &TestDesk, mara: &mut Browser) -> TicketId {
    let ticket = desk
        .mail("lena@cafe.example", "The grinder stands still", "Help!")
        .await;
    let customer = [
        ("name", "Lena"),
        ("organization", "1"),
        ("tier", ""),
        ("language", ""),
        ("note", ""),
    ];
    mara.post("/customers/1", &customer).await;
    desk.run_jobs().await;
    let page = mara.get(&format!("/tickets/{ticket}")).await.words();
    assert!(
        page.contains("by the contract “Care”, which goes before"),
        "{page}"
    );
    let card = mara.get("/customers/1").await.words();
    assert!(card.contains("Care · ends in 44 days"), "{card}");
    let house = mara.get("/settings/organizations/1").await.words();
    assert!(house.contains("ends in 44 days"), "{house}");
    ticket
}

/// Maintenance is announced before it begins, and called off with a way back.
async fn maintenance(mara: &mut Browser, path: &str) {
    let window = [
        ("begins", "2026-03-02T08:00"),
        ("ends", "2026-03-02T09:00"),
        ("reason", "New scales"),
    ];
    let late = mara.post(&format!("{path}/maintenance"), &window).await;
    assert_eq!(late.status, 422);
    let window = [
        ("begins", "2026-03-20T20:00"),
        ("ends", "2026-03-20T22:00"),
        ("reason", "New scales"),
    ];
    mara.post(&format!("{path}/maintenance"), &window).await;
    let off = format!("{path}/maintenance/1/removal");
    mara.post(&off, &[]).await;
    let shown = mara.get(path).await.words();
    assert!(
        shown.contains("New scales") && shown.contains("called off"),
        "{shown}"
    );
    mara.post(&format!("{path}/maintenance/1"), &[]).await;
}

/// The files are in the contract's language.
async fn taken_along(mara: &mut Browser, path: &str) {
    let month = format!("{path}/statements/2026-03");
    let csv = mara.get(&format!("{month}/statement.csv")).await.text();
    assert!(csv.starts_with("record,urgency,promise,"), "{csv}");
    assert!(
        csv.contains("missed,normal,first_reply,") && csv.contains("New scales"),
        "{csv}"
    );
    let pdf = mara.get(&format!("{month}/statement.pdf")).await;
    assert!(pdf.body.starts_with(b"%PDF-1."));
    assert_eq!(
        mara.get(&format!("{month}/statement.doc")).await.status,
        404
    );
    assert_eq!(
        mara.get(&format!("{path}/statements/march")).await.status,
        404
    );
}

/// The credit was written down wrongly: the statement is corrected, and the first one stays.
async fn corrected(mara: &mut Browser, (path, first): (&str, &str)) {
    let month = format!("{path}/statements/2026-03");
    let correction = format!("{month}/correction");
    let same = mara.get(&correction).await.words();
    assert!(same.contains("There is nothing to correct"), "{same}");
    let paper = mara.get(&format!("{month}/statement.pdf")).await.body;
    let contract = [
        ("name", "Care"),
        ("first_day", "2026-03-01"),
        ("last_day", "2026-04-15"),
        ("level", "1"),
        ("calendar", "1"),
        ("language", "de"),
        ("statement_language", "de"),
        ("includes", "Zwei Mühlen."),
        ("remedy", "95: 10"),
        ("channel", "mail"),
    ];
    assert_eq!(mara.post(path, &contract).await.status, 303);
    let page = mara.get(&correction).await;
    let words = page.words();
    assert!(
        words.contains("5.00 % of the month\n10.00 % of the month"),
        "{words}"
    );
    let hash = page.text();
    let hash = hash.split("name=\"hash\" value=\"").nth(1).expect("a form");
    let hash = hash.split('"').next().unwrap();
    let empty = mara
        .post(&correction, &[("hash", hash), ("reason", "")])
        .await;
    assert_eq!(empty.status, 422);
    let reason = [("hash", hash), ("reason", "We agreed on ten per cent.")];
    let done = mara.post(&correction, &reason).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let now = mara.get(&month).await.words();
    assert!(
        now.contains("Version 2. It corrects the statement approved on")
            && now.contains("because: We agreed on ten per cent."),
        "{now}"
    );
    let csv = mara.get(&format!("{month}/statement.csv")).await.text();
    assert!(csv.contains(&format!("2,1,{first},We agreed on")), "{csv}");
    let old = mara.get(&format!("{month}?version=1")).await.words();
    assert!(old.contains("Read version 2, which holds."), "{old}");
    let old = mara
        .get(&format!("{month}/statement.pdf?version=1"))
        .await
        .body;
    assert!(old == paper, "the first one's file is what it was");
    let listed = mara.get(path).await.words();
    assert!(listed.contains("March 2026, version 1"), "{listed}");
}

/// The last day is set, and taken back; one that cannot be is explained beside its field.
async fn ended(mara: &mut Browser, path: &str) {
    for (day, words) in [
        ("soon", "Please write a day such as 2026-11-23."),
        ("2026-02-01", "It ends before it begins."),
    ] {
        let wrong = mara.post(&format!("{path}/end"), &[("day", day)]).await;
        assert_eq!(wrong.status, 422);
        let shown = wrong.words();
        assert!(shown.contains(words) && shown.contains("End"), "{shown}");
        assert!(wrong.text().contains(&format!("value=\"{day}\"")));
    }
    let end = mara
        .post(&format!("{path}/end"), &[("day", "2026-04-10")])
        .await;
    assert_eq!(end.status, 303);
    let shown = mara.get(path).await.words();
    assert!(shown.contains("1 March 2026 to 10 April 2026"), "{shown}");
    mara.post(&format!("{path}/end/removal?back=2026-04-15"), &[])
        .await;
    let shown = mara.get(path).await.words();
    assert!(shown.contains("1 March 2026 to 15 April 2026"), "{shown}");
}

#[tokio::test]
async fn an_owner_writes_a_contract_and_approves_its_month() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let path = contract(&desk, &mut mara).await;
    let list = mara.get("/settings/contracts").await.words();
    assert!(list.contains("ends in 44 days"), "{list}");
    let promises = mara.get("/promises").await.words();
    assert!(
        promises.contains("These contracts end soon: Care"),
        "{promises}"
    );

    let ticket = on_cards(&desk, &mut mara).await;
    maintenance(&mut mara, &path).await;

    // Nine hours were promised; nobody answers.
    desk.clock.advance(12.hours());
    desk.run_tasks().await;
    // Nobody stays logged in that long.
    let mut mara = desk.browser("mara").await;
    let month = format!("{path}/statements/2026-03");
    let draft = mara.get(&month).await.words();
    assert!(
        draft.contains("Draft of a month that still runs."),
        "{draft}"
    );
    assert!(
        draft.contains("0.00 % (0 of 1)") && draft.contains("5.00 % of the month"),
        "{draft}"
    );
    assert!(
        draft.contains(&format!("#{ticket}")) && draft.contains("Still open, 3 h late."),
        "{draft}"
    );

    desk.clock.advance((24 * 31).hours());
    desk.run_tasks().await;
    let mut mara = desk.browser("mara").await;
    let page = mara.get(&month).await.text();
    let hash = page
        .split("name=\"hash\" value=\"")
        .nth(1)
        .expect("it can be approved");
    let hash = hash.split('"').next().unwrap().to_owned();
    let moved = mara
        .post(&format!("{month}/approval"), &[("hash", "0")])
        .await;
    assert_eq!(moved.status, 422);
    let done = mara
        .post(&format!("{month}/approval"), &[("hash", &hash)])
        .await;
    assert_eq!(done.status, 303, "{}", done.words());
    let frozen = mara.get(&month).await.words();
    assert!(
        frozen.contains("Approved by Mara") && frozen.contains(&hash),
        "{frozen}"
    );
    assert!(!frozen.contains("Approve this statement?"), "{frozen}");
    taken_along(&mut mara, &path).await;
    corrected(&mut mara, (&path, &hash)).await;
    ended(&mut mara, &path).await;
}
