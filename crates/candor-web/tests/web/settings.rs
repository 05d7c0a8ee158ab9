//! Setting a desk up and looking after it.

use candor_testkit::{PASSWORD, TestDesk};
use candor_web::site::Site;

#[tokio::test]
async fn roles_are_sets_of_rights_that_can_be_changed() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let mut ayla = desk.browser("ayla").await;
    let agent = desk.roles[2];
    assert_eq!(ayla.get("/settings/history").await.status, 403);
    let typed = [
        ("name", "agent"),
        ("tickets.read", "all"),
        ("history.read", "all"),
    ];
    let path = format!("/settings/roles/{agent}");
    assert_eq!(mara.post(&path, &typed).await.header("location"), path);
    assert_eq!(ayla.get("/settings/history").await.status, 200);
    assert_eq!(ayla.get("/customers").await.status, 403);

    let taken = mara.post("/settings/roles", &[("name", "lead")]).await;
    assert_eq!(taken.status, 422);
    assert!(
        taken.words().contains("This is taken already."),
        "{}",
        taken.words()
    );
    let owner = format!("/settings/roles/{}", desk.roles[0]);
    let last = mara
        .post(&owner, &[("name", "owner"), ("tickets.read", "all")])
        .await;
    assert_eq!(last.status, 409);
    assert!(
        last.words().contains("Somebody must stay owner"),
        "{}",
        last.words()
    );
}

#[tokio::test]
async fn a_mailbox_is_added_rests_and_wakes() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let team = desk.team.to_string();
    let typed = [
        ("address", "Returns@Shop.example"),
        ("name", "Returns"),
        ("team", team.as_str()),
        ("close_after_days", "14"),
        ("signature", "The Shop"),
    ];
    assert_eq!(mara.post("/settings/mailboxes", &typed).await.status, 303);
    let again = mara.post("/settings/mailboxes", &typed).await;
    assert_eq!(again.status, 422);
    assert!(again.words().contains("This is taken already."));
    assert!(
        again.text().contains("value=\"14\""),
        "what was typed stays"
    );
    let list = mara.get("/settings/mailboxes").await;
    assert!(
        list.words().contains("returns@shop.example"),
        "{}",
        list.words()
    );
    let path = path_beside(&list.text(), "/settings/mailboxes/", "Returns");
    let wrong = mara
        .post(&path, &[("name", "Returns"), ("close_after_days", "many")])
        .await;
    assert_eq!(wrong.status, 422);
    assert_eq!(mara.post(&format!("{path}/rest"), &[]).await.status, 303);
    let rests = mara.get(&path).await.words();
    assert!(
        rests.contains("The mailbox rests.") && rests.contains("Undo"),
        "{rests}"
    );
    assert_eq!(
        mara.post(&format!("{path}/rest/removal"), &[]).await.status,
        303
    );
    assert!(
        mara.get(&path)
            .await
            .words()
            .contains("The mailbox takes mail again.")
    );
}

/// The link on a name.
fn path_beside(html: &str, prefix: &str, name: &str) -> String {
    let end = html
        .find(&format!("<b>{name}</b>"))
        .expect("the name stands there");
    let from = html[..end].rfind(prefix).expect("the name is a link");
    html[from..end].chars().take_while(|c| *c != '"').collect()
}

#[tokio::test]
async fn the_name_of_the_shop_changes_everywhere() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let typed = [
        ("name", "Harbour & Pine"),
        ("language", "de"),
        ("zone", "Europe/Berlin"),
    ];
    assert_eq!(mara.post("/settings/brands/1", &typed).await.status, 303);
    assert!(
        desk.visitor()
            .get("/login")
            .await
            .words()
            .contains("Harbour & Pine")
    );
    assert!(
        mara.get("/settings/brands")
            .await
            .words()
            .contains("Harbour & Pine")
    );
}

#[tokio::test]
async fn a_second_brand_is_added_changed_and_given_to_a_mailbox() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let alone = mara.get("/settings/mailboxes/1").await.text();
    assert!(!alone.contains("name=\"brand\""), "no choice, no question");
    let typed = [
        ("name", "Pine Roastery"),
        ("language", "de"),
        ("zone", "Europe/Vienna"),
    ];
    assert_eq!(mara.post("/settings/brands", &typed).await.status, 303);
    let unnamed = [("name", " "), ("language", "de"), ("zone", "UTC")];
    assert_eq!(mara.post("/settings/brands", &unnamed).await.status, 422);
    let list = mara.get("/settings/brands").await.text();
    let path = path_beside(&list, "/settings/brands/", "Pine Roastery");
    let renamed = [
        ("name", "Pine Coffee"),
        ("language", "en"),
        ("zone", "Europe/Vienna"),
    ];
    assert_eq!(mara.post(&path, &renamed).await.status, 303);
    assert!(
        mara.get(&path)
            .await
            .text()
            .contains("value=\"Pine Coffee\"")
    );
    let brand = path.rsplit('/').next().unwrap();
    let mailbox = [
        ("name", "Help"),
        ("brand", brand),
        ("close_after_days", "7"),
    ];
    assert_eq!(
        mara.post("/settings/mailboxes/1", &mailbox).await.status,
        303
    );
    let mailboxes = mara.get("/settings/mailboxes").await.words();
    assert!(mailboxes.contains("Pine Coffee"), "{mailboxes}");
    let shop = desk.visitor().get("/login").await.words();
    assert!(shop.contains("The Shop"), "the first brand stays: {shop}");
}

#[tokio::test]
async fn another_node_hears_of_the_new_name() {
    let desk = TestDesk::new().await;
    let site = Site::new("http://desk.shop.example", ([127, 0, 0, 1], 8081).into()).unwrap();
    let other = candor_web::app::state(
        &desk.desk,
        site,
        candor_web::app::Outside {
            post_office: desk.app.post_office.clone(),
            fetcher: desk.fetcher.clone(),
            consent: desk.consent.clone(),
        },
    );
    other.follow_brand().await.unwrap();
    let mut names = other.site.shop_names();
    assert_eq!(*names.borrow_and_update(), "The Shop");
    let following = tokio::spawn(other.keep_following_brand());
    let mut mara = desk.browser("mara").await;
    let typed = [
        ("name", "Harbour & Pine"),
        ("language", "de"),
        ("zone", "UTC"),
    ];
    mara.post("/settings/brands/1", &typed).await;
    names.changed().await.unwrap();
    assert_eq!(*names.borrow(), "Harbour & Pine");
    following.abort();
}

#[tokio::test]
async fn an_owner_changes_a_colleagues_address_with_their_own_password() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let ben = desk.person("ben").await.id;
    let page = format!("/settings/people/{ben}");
    let path = format!("{page}/email");
    let wrong = [("email", "benno@shop.example"), ("password", "not mine!")];
    let refused = mara.post(&path, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("benno@shop.example"),
        "it stays typed"
    );
    let taken = [("email", "ayla@shop.example"), ("password", PASSWORD)];
    assert_eq!(mara.post(&path, &taken).await.status, 422);
    let right = [("email", "benno@shop.example"), ("password", PASSWORD)];
    assert_eq!(mara.post(&path, &right).await.header("location"), page);
    assert!(mara.get(&page).await.words().contains("benno@shop.example"));
    desk.browser("benno").await;
    let jonas = desk.browser("jonas").await.post(&path, &right).await;
    assert_eq!(jonas.status, 403);
}

#[tokio::test]
async fn a_test_mail_says_in_the_readers_words_why_it_did_not_leave() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let sent = mara.post("/settings/outgoing/trial", &[]).await.words();
    assert!(
        sent.contains("The mail server took the test for mara@shop.example."),
        "{sent}"
    );
    let mail = desk.mail_out().pop().expect("it went out");
    assert_eq!(mail.message.subject, "A test of your mail server");
    desk.courier
        .fail_next_as("send-failure-login-rejected", "535 no");
    let mut german = mara.clone().speaking("de");
    let failed = german.post("/settings/outgoing/trial", &[]).await.words();
    assert!(
        failed.contains("Der Mailserver nimmt diesen Benutzernamen und dieses Passwort nicht an.")
            && failed.contains("(535 no)"),
        "{failed}"
    );
}

#[tokio::test]
async fn the_password_of_the_mail_server_is_kept_and_never_shown() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let typed = [
        ("host", "smtp.example.org"),
        ("port", "465"),
        ("tls", "implicit"),
        ("user", "shop"),
        ("password", "zqx7-canary"),
    ];
    assert_eq!(mara.post("/settings/outgoing", &typed).await.status, 303);
    let page = mara.get("/settings/outgoing").await;
    assert!(!page.text().contains("zqx7-canary"));
    assert!(
        page.words().contains("A password is kept."),
        "{}",
        page.words()
    );
    let elsewhere = [
        ("host", "smtp.evil.example"),
        ("port", "465"),
        ("tls", "implicit"),
        ("user", "shop"),
    ];
    let refused = mara.post("/settings/outgoing", &elsewhere).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .words()
            .contains("Enter the password for this server."),
        "{}",
        refused.words()
    );
}

#[tokio::test]
async fn mail_that_nobody_took_is_shown_with_its_reason_and_tried_again() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    desk.courier
        .fail_next(true, "The mail server refused the message for good.");
    desk.visitor()
        .post("/forgotten", &[("email", "ayla@shop.example")])
        .await;
    desk.run_jobs().await;
    let mails = mara.get("/settings/mails").await.words();
    assert!(
        mails.contains("Every mail left."),
        "a link for the team is never shown: {mails}"
    );
    let nowhere =
        b"From: bob@customer.example\r\nTo: lost@shop.example\r\nSubject: Lost\r\n\r\nHello\r\n";
    lost(&desk, nowhere).await;
    let quarantine = mara.get("/settings/quarantine").await;
    assert!(
        quarantine.words().contains("to no mailbox of ours"),
        "{}",
        quarantine.words()
    );
    let html = quarantine.text();
    let from = html
        .find("/settings/quarantine/")
        .expect("a mail to download");
    let raw: String = html[from..].chars().take_while(|c| *c != '"').collect();
    let download = mara.get(&raw).await;
    assert_eq!(download.body, nowhere);
    assert!(
        download
            .header("content-disposition")
            .starts_with("attachment")
    );
}

async fn lost(desk: &TestDesk, raw: &[u8]) {
    let envelope = candor_desk::intake::Envelope {
        via: "pipe".to_owned(),
        mail_from: "bob@customer.example".to_owned(),
        recipients: vec!["lost@shop.example".to_owned()],
    };
    candor_desk::intake::receive(&desk.desk, &envelope, raw.to_vec())
        .await
        .expect("it is kept");
    desk.run_jobs().await;
}

#[tokio::test]
async fn a_customer_is_found_known_and_changed() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail(
            "Bob Miller <bob@customer.example>",
            "My grinder",
            "It does not grind.",
        )
        .await;
    let mut ayla = desk.browser("ayla").await;
    assert_eq!(
        ayla.post("/settings/tiers", &[("name", "Gold"), ("rank", "1")])
            .await
            .status,
        303
    );
    let found = ayla.get("/customers?q=bob").await;
    assert!(
        found.words().contains("Bob Miller") && found.words().contains("1 open of 1"),
        "{}",
        found.words()
    );
    let path = path_beside(&found.text(), "/customers/", "Bob Miller");
    let card = ayla.get(&path).await;
    assert!(
        card.text().contains(&format!("/tickets/{ticket}")) && card.words().contains("My grinder"),
        "{}",
        card.words()
    );
    let html = card.text();
    let tier = html.find(">Gold</option>").expect("the tier is offered");
    let value: String = html[..tier]
        .chars()
        .rev()
        .skip(1)
        .take_while(char::is_ascii_digit)
        .collect();
    let value: String = value.chars().rev().collect();
    let typed = [
        ("name", "Bob <b>Miller</b>"),
        ("tier", value.as_str()),
        ("note", "Likes it strong."),
    ];
    assert_eq!(ayla.post(&path, &typed).await.status, 303);
    let card = ayla.get(&path).await;
    assert!(
        card.text().contains("Bob &#60;b&#62;Miller")
            || card.text().contains("Bob &lt;b&gt;Miller"),
        "{}",
        card.text()
    );
    assert!(card.words().contains("Likes it strong."));
    let phone = [("kind", "phone"), ("value", "not a number")];
    let refused = ayla.post(&format!("{path}/identities"), &phone).await;
    assert_eq!(refused.status, 422);
    assert!(
        ayla.get("/customers?q=nobody-like-that")
            .await
            .words()
            .contains("Nobody found")
    );
    let taken = ayla
        .post("/customers", &[("email", "bob@customer.example")])
        .await;
    assert_eq!(taken.status, 422);
}

#[tokio::test]
async fn whoever_may_do_little_is_led_to_what_they_may() {
    let desk = TestDesk::new().await;
    assert_eq!(
        desk.browser("mara")
            .await
            .get("/settings")
            .await
            .header("location"),
        "/settings/people"
    );
    let mut jonas = desk.browser("jonas").await;
    assert_eq!(
        jonas.get("/settings").await.header("location"),
        "/settings/teams"
    );
    let places = jonas.get("/settings/teams").await.words();
    assert!(
        !places.contains("Outgoing mail") && places.contains("Jobs that gave up"),
        "{places}"
    );
    assert_eq!(
        desk.browser("cora").await.get("/settings").await.status,
        403
    );
}

#[tokio::test]
async fn the_history_says_how_far_it_is_sealed() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    assert!(
        mara.get("/settings/history")
            .await
            .words()
            .contains("not yet")
    );
    desk.run_tasks().await;
    let page = mara.get("/settings/history").await.words();
    assert!(
        page.contains("candor verify") && page.contains("desk.shop.example"),
        "{page}"
    );
}

#[tokio::test]
async fn a_skill_is_added_taken_away_and_brought_back() {
    let kit = TestDesk::new().await;
    let mut mara = kit.browser("mara").await;
    let ben = kit.person("ben").await.id.to_string();
    let none = mara.get("/settings/skills").await.words();
    assert!(none.contains("No skill yet"), "{none}");

    let needless = [("name", "Grinders"), ("languages", ""), ("tags", "")];
    let refused = mara.post("/settings/skills", &needless).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .words()
            .contains("name at least one tag or language")
    );
    let typed = [
        ("name", "Grinders"),
        ("languages", "de, pt-BR"),
        ("tags", "grinder G2, mill"),
        ("person", ben.as_str()),
    ];
    assert_eq!(mara.post("/settings/skills", &typed).await.status, 303);
    let list = mara.get("/settings/skills").await;
    let words = list.words();
    let told = "For customers who read German, pt-br, and tickets with the tag grinder-g2, mill";
    assert!(words.contains(told) && words.contains("\nBen"), "{words}");

    let path = path_beside(&list.text(), "/settings/skills/", "Grinders");
    let own = mara.get(&path).await.text();
    assert!(own.contains("value=\"grinder-g2, mill\""), "{own}");
    let gone = mara.post(&format!("{path}/removal"), &[]).await;
    assert_eq!(gone.header("location"), "/settings/skills");
    let words = mara.get("/settings/skills").await.words();
    assert!(
        words.contains("Removed.") && words.contains("Undo"),
        "{words}"
    );
    assert!(!words.contains("grinder-g2"), "{words}");
    let away = mara.get(&path).await.words();
    assert!(away.contains("taken away"), "{away}");
    assert_eq!(mara.post(&format!("{path}/return"), &[]).await.status, 303);
    let words = mara.get("/settings/skills").await.words();
    assert!(words.contains("grinder-g2"), "{words}");
}
