//! Forgotten and changed passwords.

use crate::team::{PASSWORD, Team};
use crate::{OLGA, hashes};
use candor_desk::DeskError;
use candor_desk::auth::{
    IssueResetLink, Password, Passwords, ResetPassword, Secret, change_password, request_reset,
    reset_password, session_of,
};
use candor_desk::people::accept_invitation;
use candor_domain::actor::Actor;
use jiff::SignedDuration;

#[tokio::test]
async fn asking_for_a_new_password_answers_the_same_for_everybody() {
    let (team, _) = Team::of_olga().await;
    for email in [OLGA, "nobody@harbour.example", "no address"] {
        request_reset(&team.desk, email, "192.0.2.7").await.unwrap();
    }
    let mails = team.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].mail.recipients, [OLGA]);

    // Nobody floods a mailbox, and silence does not say that somebody is there.
    for number in 0..10 {
        request_reset(&team.desk, OLGA, &format!("198.51.100.{number}"))
            .await
            .unwrap();
    }
    assert_eq!(team.mails().await.len(), 5);
    for number in 0..17 {
        request_reset(&team.desk, &format!("p{number}@x.example"), "192.0.2.7")
            .await
            .unwrap();
    }
    let slowed = request_reset(&team.desk, OLGA, "192.0.2.7")
        .await
        .unwrap_err();
    assert!(matches!(slowed, DeskError::SlowDown { .. }), "{slowed}");
}

#[tokio::test]
async fn the_link_of_a_reset_works_once_for_an_hour_and_ends_every_session() {
    let (team, _) = Team::of_olga().await;
    let login = team.log_in(OLGA, PASSWORD).await.unwrap();
    request_reset(&team.desk, OLGA, "192.0.2.7").await.unwrap();
    request_reset(&team.desk, OLGA, "192.0.2.7").await.unwrap();
    let mails = team.mails().await;
    let link = |number: usize| {
        let body = &mails[number].mail.body;
        let rest = body.split("https://desk.example/reset/").nth(1).unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    };
    let new = Password::parse("a brand new password").unwrap();
    let before = hashes(&team.desk);
    for text in ["", "null", "\0", &"A".repeat(43), &login.secret.text()] {
        let error = reset_password(&team.desk, text, &new).await.unwrap_err();
        assert!(
            matches!(error, DeskError::NotFound("link")),
            "{text:?}: {error}"
        );
        let error = accept_invitation(&team.desk, &link(0), "Mallory", &new)
            .await
            .unwrap_err();
        assert!(
            matches!(error, DeskError::NotFound("link")),
            "a reset invites nobody: {error}"
        );
    }
    assert_eq!(hashes(&team.desk), before, "a guess costs no hash");

    reset_password(&team.desk, &link(0), &new).await.unwrap();
    assert!(
        session_of(&team.desk, &login.secret.text())
            .await
            .unwrap()
            .is_none()
    );
    assert!(reset_password(&team.desk, &link(0), &new).await.is_err());
    assert!(
        reset_password(&team.desk, &link(1), &new).await.is_err(),
        "the other link ended too"
    );
    assert!(team.log_in(OLGA, PASSWORD).await.is_err());
    team.log_in(OLGA, "a brand new password").await.unwrap();

    let secret = Secret::draw(&team.desk);
    let issue = IssueResetLink {
        person: login.visit.person.id,
        secret: secret.clone(),
    };
    let printed = team.desk.run(&Actor::System, issue).await.unwrap();
    assert_eq!(
        printed,
        format!("https://desk.example/reset/{}", secret.text())
    );
    team.clock.advance(SignedDuration::from_hours(1));
    let password = team.hash("too late, too late").await;
    let late = ResetPassword { secret, password };
    assert!(matches!(
        team.desk.run(&Actor::Visitor, late).await,
        Err(DeskError::NotFound("link"))
    ));
}

#[tokio::test]
async fn changing_a_password_needs_the_old_one_and_ends_the_other_sessions() {
    let (team, _) = Team::of_olga().await;
    let here = team.log_in(OLGA, PASSWORD).await.unwrap();
    let there = team.log_in(OLGA, PASSWORD).await.unwrap();
    let new = Password::parse("a brand new password").unwrap();
    let wrong = Password::parse("not the old one").unwrap();
    assert!(
        change_password(&team.desk, &here.visit, &wrong, &new)
            .await
            .is_err()
    );
    let old = Password::parse(PASSWORD).unwrap();
    change_password(&team.desk, &here.visit, &old, &new)
        .await
        .unwrap();
    assert!(
        session_of(&team.desk, &here.secret.text())
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        session_of(&team.desk, &there.secret.text())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_hash_with_old_costs_is_renewed_at_login() {
    let (team, _) = Team::of_olga().await;
    let costly = Passwords::new(false);
    let password = Password::parse(PASSWORD).unwrap();
    let old = costly.hash(&password, [5; 16]).await.unwrap();
    assert!(costly.is_current(&old) && !team.desk.passwords().is_current(&old));
    assert!(
        old.as_str().starts_with("$argon2id$v=19$m=47104,t=2,p=1$"),
        "{}",
        old.as_str()
    );
    let login = team.log_in(OLGA, PASSWORD).await.unwrap();
    let person = login.visit.person.id;
    let text = old.as_str().to_owned();
    team.desk
        .store()
        .write(move |tx| tx.set_password(person, &text))
        .await
        .unwrap();

    team.log_in(OLGA, PASSWORD).await.unwrap();
    let stored = team
        .desk
        .store()
        .read(move |tx| tx.password_of(person))
        .await
        .unwrap()
        .unwrap();
    assert_ne!(stored, old.as_str());
    team.log_in(OLGA, PASSWORD).await.unwrap();
}
