//! Getting in: forgotten passwords, invitations, the first run, one's own account.

use candor_testkit::{Answer, Browser, PASSWORD, TestDesk};

/// The path of the link in the last mail.
fn link(desk: &TestDesk) -> String {
    let mails = desk.mail_out();
    let text = &mails.last().expect("a mail went out").message.text;
    let from = text
        .find("http://desk.shop.example/")
        .expect("the mail holds a link");
    let rest = &text[from + "http://desk.shop.example".len()..];
    rest.split_whitespace()
        .next()
        .expect("the link has an end")
        .to_owned()
}

async fn forgotten(desk: &TestDesk, email: &str) -> Answer {
    desk.visitor().post("/forgotten", &[("email", email)]).await
}

async fn logs_in(browser: &mut Browser, email: &str, password: &str) -> bool {
    let typed = [("email", email), ("password", password)];
    browser.post("/login", &typed).await.status == 303
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_that_works_once() {
    let desk = TestDesk::new().await;
    let mut elsewhere = desk.browser("ayla").await;
    forgotten(&desk, "ayla@shop.example").await;
    desk.run_jobs().await;
    let link = link(&desk);

    let mut ayla = desk.visitor();
    let shown = ayla.get(&link).await;
    assert!(
        shown.words().contains("ayla@shop.example"),
        "{}",
        shown.words()
    );
    let short = ayla.post(&link, &[("password", "short")]).await;
    assert_eq!(short.status, 422);
    assert!(
        short.words().contains("at least 8 characters"),
        "{}",
        short.words()
    );
    let done = ayla
        .post(&link, &[("password", "a fresh start today")])
        .await;
    assert_eq!(done.header("location"), "/login");
    assert!(
        ayla.get("/login")
            .await
            .words()
            .contains("Your new password is set")
    );

    let again = ayla.get(&link).await;
    assert_eq!(again.status, 404);
    assert!(again.words().contains("This link no longer works"));
    assert_eq!(
        elsewhere.get("/account").await.status,
        303,
        "old logins are over"
    );
    assert!(!logs_in(&mut ayla, "ayla@shop.example", PASSWORD).await);
    assert!(logs_in(&mut ayla, "ayla@shop.example", "a fresh start today").await);
}

#[tokio::test]
async fn the_answer_does_not_tell_whether_an_address_is_known() {
    let desk = TestDesk::new().await;
    let known = forgotten(&desk, "ayla@shop.example").await;
    let unknown = forgotten(&desk, "nobody@shop.example").await;
    let none = forgotten(&desk, "no address at all").await;
    assert_eq!(
        (known.status, known.words()),
        (unknown.status, unknown.words())
    );
    assert_eq!((known.status, known.words()), (none.status, none.words()));
    desk.run_jobs().await;
    assert_eq!(desk.mail_out().len(), 1);
}

#[tokio::test]
async fn links_that_never_were_one_look_like_links_that_are_over() {
    let desk = TestDesk::new().await;
    let mut visitor = desk.visitor();
    for path in ["/reset/", "/invitation/"] {
        let cut = visitor.get(&format!("{path}AAAA")).await;
        let invented = visitor.get(&format!("{path}{}", "A".repeat(43))).await;
        assert_eq!((cut.status, invented.status), (404, 404), "{path}");
        assert_eq!(cut.words(), invented.words());
        for odd in ["%00", "null", "..%2f"] {
            assert_eq!(
                visitor.get(&format!("{path}{odd}")).await.status,
                404,
                "{path}{odd}"
            );
        }
    }
}

#[tokio::test]
async fn somebody_is_invited_joins_and_leaves() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let role = desk.roles[2].to_string();
    let team = desk.team.to_string();
    let typed = [
        ("name", "Noor"),
        ("email", "noor@shop.example"),
        ("role", &role),
        ("team", &team),
    ];
    let invited = mara.post("/settings/people", &typed).await;
    assert_eq!(invited.header("location"), "/settings/people");
    let people = mara.get("/settings/people").await.words();
    assert!(
        people.contains("Invited. The link goes by mail") && people.contains("noor@shop.example"),
        "{people}"
    );
    assert!(!people.contains("/invitation/"), "the link is never shown");

    desk.run_jobs().await;
    let link = link(&desk);
    let mut noor = desk.visitor();
    assert!(noor.get(&link).await.words().contains("noor@shop.example"));
    let typed = [
        ("name", "Noor Haddad"),
        ("password", "three quiet harbours"),
    ];
    assert_eq!(noor.post(&link, &typed).await.header("location"), "/inbox");
    assert!(noor.get("/account").await.words().contains("Noor Haddad"));

    let id = desk.person("noor").await.id;
    let ended = mara
        .post(&format!("/settings/people/{id}/access/removal"), &[])
        .await;
    assert_eq!(ended.status, 303);
    assert_eq!(noor.get("/account").await.status, 303);
    assert!(!logs_in(&mut noor, "noor@shop.example", "three quiet harbours").await);
    // The undo button of the notice.
    assert_eq!(
        mara.post(&format!("/settings/people/{id}/access"), &[])
            .await
            .status,
        303
    );
    assert!(logs_in(&mut noor, "noor@shop.example", "three quiet harbours").await);
}

#[tokio::test]
async fn the_first_run_is_over_once_somebody_works_here() {
    let desk = TestDesk::new().await;
    let mut visitor = desk.visitor();
    assert_eq!(visitor.get("/setup?code=anything").await.status, 404);
    let code = "A".repeat(43);
    let typed = [
        ("code", code.as_str()),
        ("name", "Eve"),
        ("email", "eve@evil.example"),
        ("password", "a long enough one"),
        ("brand", "Evil"),
        ("mailbox", "help@evil.example"),
        ("language", "en"),
        ("zone", "UTC"),
    ];
    assert_eq!(visitor.post("/setup", &typed).await.status, 404);
    assert!(!logs_in(&mut visitor, "eve@evil.example", "a long enough one").await);
}

#[tokio::test]
async fn too_many_wrong_passwords_are_slowed_down_in_plain_words() {
    let desk = TestDesk::new().await;
    let mut visitor = desk.visitor();
    let mut slowed = None;
    for _ in 0..30 {
        let typed = [
            ("email", "ayla@shop.example"),
            ("password", "wrong wrong wrong"),
        ];
        let answer = visitor.post("/login", &typed).await;
        if answer.status == 429 {
            slowed = Some(answer);
            break;
        }
        assert_eq!(answer.status, 422);
    }
    let slowed = slowed.expect("guessing is slowed down");
    assert!(
        slowed
            .header("retry-after")
            .parse::<u32>()
            .is_ok_and(|wait| wait > 0)
    );
    assert!(
        slowed.words().contains("Too many tries"),
        "{}",
        slowed.words()
    );
}

#[tokio::test]
async fn a_person_changes_their_own_password_and_ends_other_logins() {
    let desk = TestDesk::new().await;
    let mut here = desk.browser("ayla").await;
    let mut there = desk.browser("ayla").await;
    let typed = [("password", "not my password"), ("new", "another long one")];
    let wrong = here.post("/account/password", &typed).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.words().contains("This is not your present password."),
        "{}",
        wrong.words()
    );
    let typed = [("password", PASSWORD), ("new", "another long one")];
    assert_eq!(here.post("/account/password", &typed).await.status, 303);
    assert!(
        here.get("/account")
            .await
            .words()
            .contains("Your password is changed.")
    );
    assert_eq!(there.get("/account").await.status, 303);

    assert!(logs_in(&mut there, "ayla@shop.example", "another long one").await);
    assert_eq!(
        here.post("/account/sessions/removal", &[]).await.status,
        303
    );
    assert_eq!(there.get("/account").await.status, 303);
    assert_eq!(here.get("/account").await.status, 200);
}

#[tokio::test]
async fn a_profile_says_what_is_wrong_beside_the_field() {
    let desk = TestDesk::new().await;
    let mut ayla = desk.browser("ayla").await;
    let typed = [
        ("name", "Ayla"),
        ("language", "de"),
        ("zone", "Mars/Olympus"),
        ("undo_seconds", "61"),
    ];
    let refused = ayla.post("/account", &typed).await;
    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(
        words.contains("This is not a time zone") && words.contains("This number is out of range."),
        "{words}"
    );
    let typed = [
        ("name", "Ayla K"),
        ("language", "de"),
        ("zone", "Europe/Berlin"),
        ("undo_seconds", "0"),
    ];
    assert_eq!(ayla.post("/account", &typed).await.status, 303);
    assert!(ayla.get("/account").await.words().contains("Gesichert."));
    let person = desk.person("ayla").await;
    assert_eq!((person.name.as_str(), person.undo_seconds), ("Ayla K", 0));
}

#[tokio::test]
async fn a_token_is_shown_once_works_and_is_revoked() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let typed = [
        ("name", "Web shop"),
        ("days", "30"),
        ("scope", "tickets.read"),
        ("password", PASSWORD),
    ];
    let made = mara.post("/account/tokens", &typed).await.words();
    let token = made
        .lines()
        .find(|line| line.starts_with("candor_"))
        .expect("the token is shown")
        .to_owned();
    let listed = mara.get("/account/tokens").await.words();
    assert!(
        listed.contains("Web shop") && !listed.contains(&token),
        "{listed}"
    );
    let mut program = desk.visitor().with_token(&token);
    assert_eq!(program.get("/api/v1/tickets").await.status, 200);
    let page = mara.get("/account/tokens").await.text();
    let from = page.find("/account/tokens/").expect("a token to revoke");
    let path: String = page[from..].chars().take_while(|c| *c != '"').collect();
    assert_eq!(mara.post(&path, &[]).await.status, 303);
    assert_eq!(program.get("/api/v1/tickets").await.status, 401);
    let wrong = [
        ("name", "Other"),
        ("days", "30"),
        ("password", "not my password"),
    ];
    assert_eq!(mara.post("/account/tokens", &wrong).await.status, 422);
}

#[tokio::test]
async fn a_person_changes_the_address_they_log_in_with() {
    let desk = TestDesk::new().await;
    let mut ayla = desk.browser("ayla").await;
    let typed = [
        ("email", "ayla.k@shop.example"),
        ("password", "not my password"),
    ];
    assert_eq!(ayla.post("/account/email", &typed).await.status, 422);
    let typed = [("email", "ben@shop.example"), ("password", PASSWORD)];
    let taken = ayla.post("/account/email", &typed).await;
    assert_eq!(taken.status, 422);
    assert!(
        taken.words().contains("This is taken already."),
        "{}",
        taken.words()
    );
    let typed = [("email", "ayla.k@shop.example"), ("password", PASSWORD)];
    assert_eq!(ayla.post("/account/email", &typed).await.status, 303);
    assert!(!logs_in(&mut desk.visitor(), "ayla@shop.example", PASSWORD).await);
    assert!(logs_in(&mut desk.visitor(), "ayla.k@shop.example", PASSWORD).await);
}
