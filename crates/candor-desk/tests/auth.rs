//! Stories about logging in.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "common/team.rs"]
mod team;

use candor_desk::auth::{
    EndOtherSessions, EndSession, IssueResetLink, LogOut, Password, Passwords, ResetPassword,
    Secret, SessionsOf, SweepLogins, TouchSession, change_password, confirm_password, log_in,
    request_reset, reset_password, session_of,
};
use candor_desk::people::{ChangeRole, Deactivate, accept_invitation};
use candor_desk::token::{self, CreateToken, RevokeToken, Tokens, token_of};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_domain::permission::{Grant, Permission, Scope, first_roles};
use jiff::SignedDuration;
use team::{PASSWORD, Team};

const OLGA: &str = "olga@harbour.example";

fn is_refused(error: &DeskError) -> bool {
    matches!(error, DeskError::Invalid(fields) if fields[0].id == "error-login-refused")
}

fn hashes(desk: &Desk) -> u64 {
    desk.passwords().made()
}

#[tokio::test]
async fn a_wrong_password_an_unknown_and_a_left_account_look_and_cost_the_same() {
    let (team, olga) = Team::of_olga().await;
    let (lena, _) = team.join("Lena", team.role("agent").await).await;
    team.desk
        .run(&olga, Deactivate { person: lena })
        .await
        .unwrap();
    for email in [
        OLGA,
        "nobody@harbour.example",
        "lena@harbour.example",
        "no address at all",
    ] {
        let before = hashes(&team.desk);
        let error = team.log_in(email, "a wrong password").await.unwrap_err();
        assert!(is_refused(&error), "{email}: {error}");
        assert_eq!(hashes(&team.desk) - before, 1, "{email}");
    }
}

#[tokio::test]
async fn passwords_that_are_too_short_or_too_long_are_never_hashed() {
    let (team, _) = Team::of_olga().await;
    let before = hashes(&team.desk);
    for text in [
        String::new(),
        "1234567".to_owned(),
        "x".repeat(1025),
        "x".repeat(10_000_000),
    ] {
        assert!(Password::parse(&text).is_err());
    }
    assert!(Password::parse(&"x".repeat(1024)).is_ok());
    assert_eq!(hashes(&team.desk), before);
    assert_eq!(
        format!("{:?}", Password::parse("sesame sesame").unwrap()),
        "Password(..)"
    );
}

#[tokio::test]
async fn guessing_at_one_account_is_slowed_down_before_it_costs_a_hash() {
    let (team, _) = Team::of_olga().await;
    for _ in 0..5 {
        assert!(is_refused(
            &team.log_in(OLGA, "a wrong password").await.unwrap_err()
        ));
    }
    let before = hashes(&team.desk);
    let DeskError::SlowDown {
        retry_after_seconds,
    } = team.log_in(OLGA, PASSWORD).await.unwrap_err()
    else {
        panic!("the sixth try is slowed down, right or wrong");
    };
    assert_eq!(hashes(&team.desk), before);

    team.clock
        .advance(SignedDuration::from_secs(retry_after_seconds.cast_signed()));
    team.log_in(OLGA, PASSWORD).await.unwrap();
    for _ in 0..5 {
        let error = team.log_in(OLGA, "a wrong password").await.unwrap_err();
        assert!(is_refused(&error), "a good login starts afresh: {error}");
    }
}

#[tokio::test]
async fn many_guesses_at_once_do_not_slip_through_together() {
    let (team, _) = Team::of_olga().await;
    let before = hashes(&team.desk);
    let mut guesses = tokio::task::JoinSet::new();
    for number in 0..20 {
        let desk = team.desk.clone();
        let typed = Team::typed(OLGA, &format!("guess number {number}"));
        guesses.spawn(async move { log_in(&desk, typed).await });
    }
    let answers = guesses.join_all().await;
    let slowed = answers
        .iter()
        .filter(|answer| matches!(answer, Err(DeskError::SlowDown { .. })))
        .count();
    assert_eq!(slowed, 15);
    assert_eq!(hashes(&team.desk) - before, 5);
}

#[tokio::test]
async fn one_network_cannot_go_from_account_to_account() {
    let (team, _) = Team::of_olga().await;
    for number in 0..20 {
        let error = team
            .log_in(&format!("p{number}@harbour.example"), PASSWORD)
            .await
            .unwrap_err();
        assert!(is_refused(&error), "{error}");
    }
    let slowed = team
        .log_in("p21@harbour.example", PASSWORD)
        .await
        .unwrap_err();
    assert!(matches!(slowed, DeskError::SlowDown { .. }), "{slowed}");
    let mut elsewhere = Team::typed(OLGA, PASSWORD);
    elsewhere.address = "198.51.100.3".to_owned();
    log_in(&team.desk, elsewhere).await.unwrap();
}

#[tokio::test]
async fn an_own_account_makes_no_room_for_guesses_at_others() {
    let (team, _) = Team::of_olga().await;
    team.join("Mallory", team.role("agent").await).await;
    for number in 0..20 {
        let typed = Team::typed(&format!("p{number}@harbour.example"), PASSWORD);
        if matches!(
            log_in(&team.desk, typed).await,
            Err(DeskError::SlowDown { .. })
        ) {
            panic!("twenty are free");
        }
        if number % 4 == 0 && number < 16 {
            team.log_in("mallory@harbour.example", PASSWORD)
                .await
                .unwrap();
        }
    }
    let slowed = team
        .log_in("p99@harbour.example", PASSWORD)
        .await
        .unwrap_err();
    assert!(matches!(slowed, DeskError::SlowDown { .. }), "{slowed}");
}

#[tokio::test]
async fn each_login_has_a_new_secret_and_the_one_the_browser_brought_ends() {
    let (team, _) = Team::of_olga().await;
    let first = team.log_in(OLGA, PASSWORD).await.unwrap();
    let mut typed = Team::typed(OLGA, PASSWORD);
    typed.replaces = Some(first.secret.clone());
    let second = log_in(&team.desk, typed).await.unwrap();
    assert_ne!(first.secret.text(), second.secret.text());
    assert!(
        session_of(&team.desk, &first.secret.text())
            .await
            .unwrap()
            .is_none()
    );
    let visit = session_of(&team.desk, &second.secret.text())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(visit.person.name, "Olga Brandt");
    assert!(visit.access.has(Permission::ManagePeople));
    for text in ["", "null", "\0", "0", &"A".repeat(43)] {
        assert!(
            session_of(&team.desk, text).await.unwrap().is_none(),
            "{text:?}"
        );
    }

    team.desk
        .run(
            &Actor::Visitor,
            LogOut {
                secret: second.secret.clone(),
            },
        )
        .await
        .unwrap();
    assert!(
        session_of(&team.desk, &second.secret.text())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_session_ends_after_eight_idle_hours_and_after_a_week_in_any_case() {
    let (team, olga) = Team::of_olga().await;
    let idle = team.log_in(OLGA, PASSWORD).await.unwrap();
    let busy = team.log_in(OLGA, PASSWORD).await.unwrap();
    let stays = async |login: &candor_desk::auth::LoggedIn| {
        session_of(&team.desk, &login.secret.text()).await.unwrap()
    };
    team.clock.advance(SignedDuration::from_mins(4));
    assert!(!stays(&busy).await.unwrap().wants_touch(team.desk.now()));
    team.clock.advance(SignedDuration::from_mins(1));
    assert!(stays(&busy).await.unwrap().wants_touch(team.desk.now()));

    for _ in 0..23 {
        team.desk
            .run(
                &olga,
                TouchSession {
                    session: busy.visit.session.id,
                },
            )
            .await
            .unwrap();
        team.clock.advance(SignedDuration::from_hours(7));
    }
    assert!(stays(&idle).await.is_none());
    assert!(stays(&busy).await.is_some());
    team.clock.advance(SignedDuration::from_hours(7));
    assert!(stays(&busy).await.is_none(), "a week is over");

    team.desk.run(&Actor::System, SweepLogins).await.unwrap();
    let person = busy.visit.person.id;
    let left = team
        .desk
        .store()
        .read(move |tx| tx.sessions_of(person))
        .await
        .unwrap();
    assert!(left.is_empty());
}

#[tokio::test]
async fn people_see_and_end_their_own_sessions_and_not_those_of_others() {
    let (team, olga) = Team::of_olga().await;
    let (lena, lena_acts) = team.join("Lena", team.role("agent").await).await;
    let here = team.log_in("lena@harbour.example", PASSWORD).await.unwrap();
    let there = team.log_in("lena@harbour.example", PASSWORD).await.unwrap();
    let olgas = team.log_in(OLGA, PASSWORD).await.unwrap();
    assert_eq!(
        team.desk
            .ask(&lena_acts, SessionsOf { person: lena })
            .await
            .unwrap()
            .len(),
        2
    );

    let foreign = SessionsOf {
        person: olgas.visit.person.id,
    };
    assert!(matches!(
        team.desk.ask(&lena_acts, foreign).await,
        Err(DeskError::NotAllowed(_))
    ));
    let foreign = EndSession {
        session: olgas.visit.session.id,
    };
    assert!(matches!(
        team.desk.run(&lena_acts, foreign).await,
        Err(DeskError::NotFound(_))
    ));

    let others = EndOtherSessions {
        keep: here.visit.session.id,
    };
    assert_eq!(team.desk.run(&lena_acts, others).await.unwrap(), 1);
    assert!(
        session_of(&team.desk, &there.secret.text())
            .await
            .unwrap()
            .is_none()
    );
    team.desk
        .run(
            &olga,
            EndSession {
                session: here.visit.session.id,
            },
        )
        .await
        .unwrap();
    assert!(
        session_of(&team.desk, &here.secret.text())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_role_that_shrinks_is_felt_in_the_next_request() {
    let (team, olga) = Team::of_olga().await;
    let agent = team.role("agent").await;
    team.join("Lena", agent).await;
    let login = team.log_in("lena@harbour.example", PASSWORD).await.unwrap();
    let grants = vec![Grant {
        permission: Permission::ReadTickets,
        scope: Scope::Own,
    }];
    let shrink = ChangeRole {
        role: agent,
        name: "agent".to_owned(),
        grants: grants.clone(),
    };
    team.desk.run(&olga, shrink).await.unwrap();
    let visit = session_of(&team.desk, &login.secret.text())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(visit.access.grants, grants);
}

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

fn new_token(
    team: &Team,
    of: &candor_desk::auth::LoggedIn,
    scopes: &[Permission],
) -> (CreateToken, String) {
    let secret = Secret::draw(&team.desk);
    let text = token::written(&secret);
    let create = CreateToken {
        person: of.visit.person.id,
        name: "till".to_owned(),
        scopes: scopes.to_vec(),
        days: token::DEFAULT_DAYS,
        session: Some(of.visit.session.id),
        secret,
    };
    (create, text)
}

#[tokio::test]
async fn a_token_does_what_it_was_made_for_until_it_ends() {
    let (team, olga) = Team::of_olga().await;
    let login = team.log_in(OLGA, PASSWORD).await.unwrap();
    let (create, text) = new_token(&team, &login, &[Permission::ReadTickets, Permission::Reply]);
    let id = team.desk.run(&olga, create).await.unwrap();
    assert!(
        text.starts_with("candor_") && text.len() == 7 + 43 + 6,
        "{text}"
    );

    let visit = token_of(&team.desk, &text).await.unwrap().unwrap();
    assert!(visit.access.has(Permission::Reply) && !visit.access.has(Permission::ManagePeople));
    assert!(
        session_of(&team.desk, &text[7..50])
            .await
            .unwrap()
            .is_none(),
        "a token is no login"
    );
    let mistyped = format!("{}0", &text[..text.len() - 1]);
    for wrong in [
        "",
        "candor_",
        &text[1..],
        &mistyped[..],
        &text[..50],
        "candor_é",
        &login.secret.text(),
    ] {
        if *wrong != text {
            assert!(
                token_of(&team.desk, wrong).await.unwrap().is_none(),
                "{wrong}"
            );
        }
    }

    team.clock.advance(SignedDuration::from_hours(24 * 90));
    assert!(
        token_of(&team.desk, &text).await.unwrap().is_none(),
        "ninety days are over"
    );

    let login = team.log_in(OLGA, PASSWORD).await.unwrap();
    let (create, text) = new_token(&team, &login, &[]);
    let second = team.desk.run(&olga, create).await.unwrap();
    assert!(token_of(&team.desk, &text).await.unwrap().is_some());
    for _ in 0..2 {
        team.desk
            .run(&olga, RevokeToken { token: second })
            .await
            .unwrap();
    }
    assert!(token_of(&team.desk, &text).await.unwrap().is_none());
    let listed = team.desk.ask(&olga, Tokens).await.unwrap();
    assert_eq!(
        listed.iter().map(|token| token.id).collect::<Vec<_>>(),
        [second, id]
    );
    let person = login.visit.person.id.subject();
    let kinds = team.happened(person).await;
    assert_eq!(
        kinds[2..],
        ["token.created", "token.created", "token.revoked"]
    );
}

#[tokio::test]
async fn a_token_is_made_by_somebody_who_just_gave_their_password_and_never_by_a_token() {
    let (team, olga) = Team::of_olga().await;
    let login = team.log_in(OLGA, PASSWORD).await.unwrap();
    team.clock.advance(SignedDuration::from_mins(5));
    let (late, _) = new_token(&team, &login, &[]);
    assert!(matches!(
        team.desk.run(&olga, late).await,
        Err(DeskError::NotAllowed(_))
    ));
    let password = Password::parse(PASSWORD).unwrap();
    confirm_password(&team.desk, &login.visit, &password)
        .await
        .unwrap();
    let (create, text) = new_token(&team, &login, &[Permission::ManageTokens]);
    team.desk.run(&olga, create).await.unwrap();

    let narrow = token_of(&team.desk, &text).await.unwrap().unwrap();
    let (mut wider, _) = new_token(&team, &login, &[]);
    wider.session = None;
    let error = team
        .desk
        .run(&Actor::Person(narrow.access), wider)
        .await
        .unwrap_err();
    assert!(matches!(error, DeskError::NotAllowed(_)), "{error}");
}

#[tokio::test]
async fn a_token_does_no_more_than_its_person_and_grows_with_no_role() {
    let (team, olga) = Team::of_olga().await;
    let agent = team.role("agent").await;
    let (lena, _) = team.join("Lena", agent).await;
    let secret = Secret::draw(&team.desk);
    let text = token::written(&secret);
    let from_the_command_line = |scopes: &[Permission], secret: &Secret| CreateToken {
        person: lena,
        name: "import".to_owned(),
        scopes: scopes.to_vec(),
        days: 0,
        session: None,
        secret: secret.clone(),
    };
    let too_much = from_the_command_line(&[Permission::ManagePeople], &secret);
    assert!(matches!(
        team.desk.run(&Actor::System, too_much).await,
        Err(DeskError::Invalid(_))
    ));
    let all = from_the_command_line(&[], &secret);
    team.desk.run(&Actor::System, all).await.unwrap();
    assert!(
        token_of(&team.desk, &text)
            .await
            .unwrap()
            .unwrap()
            .access
            .has(Permission::Reply)
    );

    let (_, lead) = first_roles()[1].clone();
    let grow = ChangeRole {
        role: agent,
        name: "agent".to_owned(),
        grants: lead,
    };
    team.desk.run(&olga, grow).await.unwrap();
    let access = token_of(&team.desk, &text).await.unwrap().unwrap().access;
    assert!(
        !access.has(Permission::ManageTeams),
        "what came later is not in the token"
    );
    let shrink = ChangeRole {
        role: agent,
        name: "agent".to_owned(),
        grants: Vec::new(),
    };
    team.desk.run(&olga, shrink).await.unwrap();
    assert!(
        token_of(&team.desk, &text)
            .await
            .unwrap()
            .unwrap()
            .access
            .grants
            .is_empty()
    );
}
