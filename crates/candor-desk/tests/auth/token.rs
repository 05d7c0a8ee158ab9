//! API tokens.

use crate::OLGA;
use crate::team::{PASSWORD, Team};
use candor_desk::DeskError;
use candor_desk::auth::{Password, Secret, confirm_password, session_of};
use candor_desk::people::ChangeRole;
use candor_desk::token::{self, CreateToken, RevokeToken, Tokens, token_of};
use candor_domain::actor::Actor;
use candor_domain::permission::{Permission, first_roles};
use jiff::SignedDuration;

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
