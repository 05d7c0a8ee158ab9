//! Who may hand out and take away what.

use crate::team::Team;
use candor_desk::auth::Secret;
use candor_desk::people::{
    AddRole, AddTeam, ChangeRole, ChangeRoleOf, Deactivate, PersonPage, SetTeamsOf, invite,
};
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::permission::{Grant, Permission, Scope};

fn everywhere(permissions: &[Permission]) -> Vec<Grant> {
    permissions
        .iter()
        .map(|&permission| Grant {
            permission,
            scope: Scope::All,
        })
        .collect()
}

#[tokio::test]
async fn nobody_hands_out_more_than_they_have() {
    let (team, olga) = Team::of_olga().await;
    let grants = everywhere(&[
        Permission::ReadTickets,
        Permission::ManagePeople,
        Permission::ManageTeams,
    ]);
    let add = AddRole {
        name: "office".to_owned(),
        grants: grants.clone(),
    };
    let office = team.desk.run(&olga, add).await.unwrap();
    let (nina, nina_acts) = team.join("Nina", office).await;
    let (lena, _) = team.join("Lena", office).await;
    let owner = team.role("owner").await;
    let refused = |error: DeskError| assert!(matches!(error, DeskError::NotAllowed(_)), "{error}");

    refused(
        team.desk
            .run(
                &nina_acts,
                ChangeRoleOf {
                    person: nina,
                    role: owner,
                },
            )
            .await
            .unwrap_err(),
    );
    refused(
        team.desk
            .run(
                &nina_acts,
                ChangeRoleOf {
                    person: lena,
                    role: owner,
                },
            )
            .await
            .unwrap_err(),
    );
    refused(
        invite(&team.desk, &nina_acts, Team::invitation("Max", owner))
            .await
            .unwrap_err(),
    );
    let wider = everywhere(&[Permission::ManageOutgoing]);
    refused(
        team.desk
            .run(
                &nina_acts,
                AddRole {
                    name: "new".to_owned(),
                    grants: wider.clone(),
                },
            )
            .await
            .unwrap_err(),
    );
    let mut more = grants;
    more.extend(wider);
    let grow = ChangeRole {
        role: office,
        name: "office".to_owned(),
        grants: more,
    };
    refused(team.desk.run(&nina_acts, grow).await.unwrap_err());
}

#[tokio::test]
async fn nobody_locks_out_or_takes_over_who_stands_above_them() {
    let (team, olga) = Team::of_olga().await;
    let grants = everywhere(&[
        Permission::ReadTickets,
        Permission::ManagePeople,
        Permission::ManageTeams,
    ]);
    let add = AddRole {
        name: "office".to_owned(),
        grants,
    };
    let office = team.desk.run(&olga, add).await.unwrap();
    let (_, nina_acts) = team.join("Nina", office).await;
    let owner = team.role("owner").await;
    let refused = |error: DeskError| assert!(matches!(error, DeskError::NotAllowed(_)), "{error}");

    let Actor::Person(access) = &olga else {
        panic!("Olga is a person")
    };
    refused(
        team.desk
            .run(
                &nina_acts,
                Deactivate {
                    person: access.person,
                },
            )
            .await
            .unwrap_err(),
    );
    let shrink = ChangeRole {
        role: owner,
        name: "owner".to_owned(),
        grants: Vec::new(),
    };
    refused(team.desk.run(&nina_acts, shrink).await.unwrap_err());
    let link = candor_desk::auth::IssueResetLink {
        person: access.person,
        secret: Secret::draw(&team.desk),
    };
    refused(team.desk.run(&nina_acts, link).await.unwrap_err());
}

#[tokio::test]
async fn a_team_opens_its_tickets_only_to_who_is_let_in_by_somebody_inside() {
    let (team, olga) = Team::of_olga().await;
    let grants = vec![
        Grant {
            permission: Permission::ReadTickets,
            scope: Scope::Team,
        },
        Grant {
            permission: Permission::ManageTeams,
            scope: Scope::All,
        },
    ];
    let role = AddRole {
        name: "warehouse lead".to_owned(),
        grants,
    };
    let role = team.desk.run(&olga, role).await.unwrap();
    let (emil, emil_acts) = team.join("Emil", role).await;
    let wine = team
        .desk
        .run(
            &olga,
            AddTeam {
                name: "Wine".to_owned(),
            },
        )
        .await
        .unwrap();

    let himself = SetTeamsOf {
        person: emil,
        teams: vec![wine],
    };
    let error = team
        .desk
        .run(&emil_acts, himself.clone())
        .await
        .unwrap_err();
    assert!(matches!(error, DeskError::NotAllowed(_)), "{error}");
    team.desk.run(&olga, himself).await.unwrap();

    let emil_acts = team.actor(emil).await;
    let (tom, _) = team.join("Tom", role).await;
    team.desk
        .run(
            &emil_acts,
            SetTeamsOf {
                person: tom,
                teams: vec![wine, wine],
            },
        )
        .await
        .unwrap();
    let line = team
        .desk
        .ask(&olga, PersonPage { person: tom })
        .await
        .unwrap();
    assert_eq!(line.person.teams, [wine]);
}

#[tokio::test]
async fn somebody_always_stays_owner() {
    let (team, olga) = Team::of_olga().await;
    let Actor::Person(access) = &olga else {
        panic!("Olga is a person")
    };
    let myself = access.person;
    let (owner, agent) = (team.role("owner").await, team.role("agent").await);
    let last = |error: DeskError| {
        assert!(
            matches!(error, DeskError::Conflict(Conflict::LastOwner)),
            "{error}"
        );
    };

    last(
        team.desk
            .run(&olga, Deactivate { person: myself })
            .await
            .unwrap_err(),
    );
    last(
        team.desk
            .run(
                &olga,
                ChangeRoleOf {
                    person: myself,
                    role: agent,
                },
            )
            .await
            .unwrap_err(),
    );
    let fewer = everywhere(&[Permission::ManagePeople]);
    let weaken = ChangeRole {
        role: owner,
        name: "owner".to_owned(),
        grants: fewer,
    };
    last(team.desk.run(&olga, weaken).await.unwrap_err());

    // Somebody who was invited but never came does not count.
    invite(&team.desk, &olga, Team::invitation("Max", owner))
        .await
        .unwrap();
    last(
        team.desk
            .run(&olga, Deactivate { person: myself })
            .await
            .unwrap_err(),
    );

    team.join("Paul", owner).await;
    team.desk
        .run(
            &olga,
            ChangeRoleOf {
                person: myself,
                role: agent,
            },
        )
        .await
        .unwrap();
    let line = team
        .desk
        .ask(&Actor::System, PersonPage { person: myself })
        .await
        .unwrap();
    assert_eq!(line.role, "agent");
}
