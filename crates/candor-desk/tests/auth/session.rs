//! Sessions.

use crate::OLGA;
use crate::team::{PASSWORD, Team};
use candor_desk::DeskError;
use candor_desk::auth::{
    EndOtherSessions, EndSession, LogOut, SessionsOf, SweepLogins, TouchSession, log_in, session_of,
};
use candor_desk::people::ChangeRole;
use candor_domain::actor::Actor;
use candor_domain::permission::{Grant, Permission, Scope};
use jiff::SignedDuration;

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
