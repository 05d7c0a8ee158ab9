//! Stories about people, roles, teams and mailboxes.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "common/team.rs"]
mod team;

use candor_desk::auth::{Secret, session_of};
use candor_desk::mailbox::{AddMailbox, ChangeBrand, MailboxFields, OurMailbox, RestMailbox};
use candor_desk::people::{
    AcceptInvitation, AddRole, AddTeam, ChangePerson, ChangeRole, ChangeRoleOf, Deactivate, Invite,
    InviteAgain, IssueSetUpCode, PeoplePage, PersonPage, Reactivate, RemoveRole, RemoveTeam,
    RenameTeam, SetTeamsOf, SetUpOpen, SetUpWithCode, invite,
};
use candor_desk::token::{self, CreateToken, token_of};
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::permission::{Grant, Permission, Scope};
use jiff::SignedDuration;
use team::{PASSWORD, Team};

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
async fn a_new_desk_starts_with_an_owner_once() {
    let team = Team::nobody().await;
    assert!(team.desk.ask(&Actor::Visitor, SetUpOpen).await.unwrap());
    let done = team.set_up().await.unwrap();
    assert_eq!(done.roles.len(), 4);
    assert!(!team.desk.ask(&Actor::Visitor, SetUpOpen).await.unwrap());

    let again = team.set_up().await.unwrap_err();
    assert!(
        matches!(again, DeskError::Conflict(Conflict::TooLate)),
        "{again}"
    );
    team.log_in("Olga@Harbour.example ", PASSWORD)
        .await
        .unwrap();
    let kinds = team.happened(done.owner.subject()).await;
    assert_eq!(kinds, ["desk.set_up", "person.password_set"]);
}

#[tokio::test]
async fn the_code_of_the_first_run_works_once_and_only_the_last_one() {
    let team = Team::nobody().await;
    let old = Secret::draw(&team.desk);
    let code = Secret::draw(&team.desk);
    for code in [&old, &code] {
        let issue = IssueSetUpCode { code: code.clone() };
        assert!(team.desk.run(&Actor::System, issue).await.unwrap());
    }
    let from_outside = IssueSetUpCode {
        code: Secret::draw(&team.desk),
    };
    assert!(team.desk.run(&Actor::Visitor, from_outside).await.is_err());

    let set_up = team.first_run().await;
    let with = |code: &Secret| SetUpWithCode {
        code: code.clone(),
        set_up: set_up.clone(),
    };
    let guessed = team
        .desk
        .run(&Actor::Visitor, with(&old))
        .await
        .unwrap_err();
    assert!(matches!(guessed, DeskError::NotFound("link")), "{guessed}");
    let bare = team
        .desk
        .run(&Actor::Visitor, set_up.clone())
        .await
        .unwrap_err();
    assert!(matches!(bare, DeskError::NotAllowed(_)), "{bare}");
    team.desk.run(&Actor::Visitor, with(&code)).await.unwrap();
    assert!(team.desk.run(&Actor::Visitor, with(&code)).await.is_err());
    let issue = IssueSetUpCode {
        code: Secret::draw(&team.desk),
    };
    assert!(!team.desk.run(&Actor::System, issue).await.unwrap());
}

#[tokio::test]
async fn a_first_run_with_wrong_fields_says_all_of_it_and_makes_nothing() {
    let team = Team::nobody().await;
    let mut set_up = team.first_run().await;
    set_up.name = " \r\n ".to_owned();
    set_up.mailbox = "help".to_owned();
    set_up.zone = "Mars/Olympus".to_owned();
    let DeskError::Invalid(fields) = team.desk.run(&Actor::System, set_up).await.unwrap_err()
    else {
        panic!("the fields are refused");
    };
    let names: Vec<_> = fields.iter().map(|field| field.field).collect();
    assert_eq!(names, ["name", "mailbox", "zone"]);
    assert!(team.desk.ask(&Actor::Visitor, SetUpOpen).await.unwrap());
}

#[tokio::test]
async fn an_invitation_is_mailed_to_one_person_and_works_once_for_three_days() {
    let (team, olga) = Team::of_olga().await;
    let agent = team.role("agent").await;
    let person = invite(&team.desk, &olga, Team::invitation("Lena", agent))
        .await
        .unwrap();
    let mails = team.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].mail.recipients, ["lena@harbour.example"]);
    assert!(mails[0].mail.secret, "no page shows the link");
    let link = mails[0]
        .mail
        .body
        .split("https://desk.example/invitation/")
        .nth(1)
        .unwrap();
    let secret = Secret::parse(link.split_whitespace().next().unwrap()).unwrap();

    let line = team.desk.ask(&olga, PersonPage { person }).await.unwrap();
    assert!(line.invited);
    let password = team.hash(PASSWORD).await;
    let accept = |secret: &Secret| AcceptInvitation {
        secret: secret.clone(),
        name: "Lena Vogt".to_owned(),
        password: password.clone(),
    };
    team.desk
        .run(&Actor::Visitor, accept(&secret))
        .await
        .unwrap();
    assert!(
        team.desk
            .run(&Actor::Visitor, accept(&secret))
            .await
            .is_err(),
        "once"
    );
    team.log_in("lena@harbour.example", PASSWORD).await.unwrap();
    let kinds = team.happened(person.subject()).await;
    assert_eq!(
        kinds,
        ["person.invited", "person.joined", "person.password_set"]
    );

    invite(&team.desk, &olga, Team::invitation("Tom", agent))
        .await
        .unwrap();
    team.clock.advance(SignedDuration::from_hours(72));
    let late = team.mails().await[1].mail.body.clone();
    let late = late
        .split("/invitation/")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    let late = accept(&Secret::parse(late).unwrap());
    let error = team.desk.run(&Actor::Visitor, late).await.unwrap_err();
    assert!(matches!(error, DeskError::NotFound("link")), "{error}");
}

#[tokio::test]
async fn a_second_invitation_ends_the_first() {
    let (team, olga) = Team::of_olga().await;
    let first = Secret::draw(&team.desk);
    let invitation = Team::invitation("Lena", team.role("agent").await);
    let invite = Invite {
        invitation: invitation.clone(),
        secret: first.clone(),
        by_mail: true,
    };
    let (person, link) = team.desk.run(&olga, invite).await.unwrap();
    assert_eq!(
        link,
        format!("https://desk.example/invitation/{}", first.text())
    );

    let second = Secret::draw(&team.desk);
    let again = InviteAgain {
        person,
        secret: second.clone(),
    };
    team.desk.run(&olga, again).await.unwrap();
    let password = team.hash(PASSWORD).await;
    let accept = |secret| AcceptInvitation {
        secret,
        name: "Lena".to_owned(),
        password: password.clone(),
    };
    assert!(team.desk.run(&Actor::Visitor, accept(first)).await.is_err());
    team.desk
        .run(&Actor::Visitor, accept(second))
        .await
        .unwrap();

    let taken = Invite {
        invitation,
        secret: Secret::draw(&team.desk),
        by_mail: false,
    };
    let taken = team.desk.run(&olga, taken).await.unwrap_err();
    assert!(
        matches!(taken, DeskError::Conflict(Conflict::Taken("email"))),
        "{taken}"
    );
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

    // Nor do they lock out or take over somebody who stands above them.
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
    let weaker = everywhere(&[Permission::ManagePeople]);
    let weaken = ChangeRole {
        role: owner,
        name: "owner".to_owned(),
        grants: weaker,
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

#[tokio::test]
async fn who_leaves_is_out_at_once_and_may_come_back() {
    let (team, olga) = Team::of_olga().await;
    let (lena, lena_acts) = team.join("Lena", team.role("owner").await).await;
    let login = team.log_in("lena@harbour.example", PASSWORD).await.unwrap();
    let secret = Secret::draw(&team.desk);
    let text = token::written(&secret);
    let create = CreateToken {
        person: lena,
        name: "till".to_owned(),
        scopes: vec![Permission::ReadTickets],
        days: 90,
        session: Some(login.visit.session.id),
        secret,
    };
    team.desk.run(&lena_acts, create).await.unwrap();

    assert_eq!(
        team.desk
            .run(&olga, Deactivate { person: lena })
            .await
            .unwrap(),
        0
    );
    assert!(
        session_of(&team.desk, &login.secret.text())
            .await
            .unwrap()
            .is_none()
    );
    assert!(token_of(&team.desk, &text).await.unwrap().is_none());
    assert!(team.log_in("lena@harbour.example", PASSWORD).await.is_err());

    team.desk
        .run(&olga, Reactivate { person: lena })
        .await
        .unwrap();
    assert!(
        session_of(&team.desk, &login.secret.text())
            .await
            .unwrap()
            .is_none()
    );
    assert!(token_of(&team.desk, &text).await.unwrap().is_none());
    team.log_in("lena@harbour.example", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn people_set_their_own_name_and_nothing_about_rights() {
    let (team, _) = Team::of_olga().await;
    let (lena, lena_acts) = team.join("Lena", team.role("agent").await).await;
    let mut change = ChangePerson {
        name: "Lena\r\nVogt".to_owned(),
        language: Some("de".to_owned()),
        zone: "Europe/Vienna".to_owned(),
        undo_seconds: 0,
    };
    team.desk.run(&lena_acts, change.clone()).await.unwrap();
    let line = team
        .desk
        .ask(&lena_acts, PersonPage { person: lena })
        .await
        .unwrap();
    assert_eq!(
        (line.person.name.as_str(), line.person.undo_seconds),
        ("Lena Vogt", 0)
    );
    assert_eq!(line.role, "agent");

    change.undo_seconds = 61;
    change.language = Some("xx".to_owned());
    let DeskError::Invalid(fields) = team.desk.run(&lena_acts, change).await.unwrap_err() else {
        panic!("the fields are refused");
    };
    assert_eq!(fields.len(), 2);
    let agent = team.role("owner").await;
    let up = ChangeRoleOf {
        person: lena,
        role: agent,
    };
    assert!(matches!(
        team.desk.run(&lena_acts, up).await,
        Err(DeskError::NotAllowed(_))
    ));
    assert!(matches!(
        team.desk.ask(&lena_acts, PeoplePage).await,
        Err(DeskError::NotAllowed(_))
    ));
}

#[tokio::test]
async fn what_is_in_use_stays_and_names_are_taken_once() {
    let (team, olga) = Team::of_olga().await;
    let agent = team.role("agent").await;
    team.join("Lena", agent).await;
    let in_use = team
        .desk
        .run(&olga, RemoveRole { role: agent })
        .await
        .unwrap_err();
    assert!(
        matches!(in_use, DeskError::Conflict(Conflict::InUse("role"))),
        "{in_use}"
    );
    let collaborator = team.role("collaborator").await;
    team.desk
        .run(&olga, RemoveRole { role: collaborator })
        .await
        .unwrap();
    assert_eq!(
        team.happened(collaborator.subject()).await,
        ["role.removed"]
    );

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
    let taken = team
        .desk
        .run(
            &olga,
            AddTeam {
                name: "Wine ".to_owned(),
            },
        )
        .await
        .unwrap_err();
    assert!(
        matches!(taken, DeskError::Conflict(Conflict::Taken("name"))),
        "{taken}"
    );
    let rename = RenameTeam {
        team: wine,
        name: "Cellar".to_owned(),
    };
    team.desk.run(&olga, rename).await.unwrap();

    let (lena, _) = team.join("Tom", agent).await;
    team.desk
        .run(
            &olga,
            SetTeamsOf {
                person: lena,
                teams: vec![wine],
            },
        )
        .await
        .unwrap();
    team.desk
        .run(&olga, RemoveTeam { team: wine })
        .await
        .unwrap();
    let line = team
        .desk
        .ask(&olga, PersonPage { person: lena })
        .await
        .unwrap();
    assert!(line.person.teams.is_empty());

    let narrow = vec![Grant {
        permission: Permission::ManagePeople,
        scope: Scope::Own,
    }];
    let odd = AddRole {
        name: "odd".to_owned(),
        grants: narrow,
    };
    assert!(matches!(
        team.desk.run(&olga, odd).await,
        Err(DeskError::Invalid(_))
    ));
}

#[tokio::test]
async fn mail_is_ours_with_a_token_behind_the_plus_and_not_while_the_mailbox_rests() {
    let (team, olga) = Team::of_olga().await;
    let fields = MailboxFields {
        name: "Orders".to_owned(),
        team: None,
        close_after_days: 3,
        signature: "Best\r\nYour shop\r\n".to_owned(),
    };
    let add = AddMailbox {
        address: "Orders+x@harbour.example".to_owned(),
        brand: None,
        fields,
    };
    let orders = team.desk.run(&olga, add.clone()).await.unwrap();
    let taken = team.desk.run(&olga, add).await.unwrap_err();
    assert!(
        matches!(taken, DeskError::Conflict(Conflict::Taken("address"))),
        "{taken}"
    );

    let ours = async |address: &str| {
        let address = EmailAddress::parse(address).unwrap();
        let found = team
            .desk
            .ask(&Actor::Mail, OurMailbox { address })
            .await
            .unwrap();
        found.map(|mailbox| mailbox.id)
    };
    assert_eq!(ours("orders@harbour.example").await, Some(orders));
    assert_eq!(ours("ORDERS+abc.DEF@Harbour.example").await, Some(orders));
    assert_eq!(ours("order@harbour.example").await, None);
    assert_eq!(ours("orders@elsewhere.example").await, None);

    team.desk
        .run(
            &olga,
            RestMailbox {
                mailbox: orders,
                rests: true,
            },
        )
        .await
        .unwrap();
    assert_eq!(ours("orders@harbour.example").await, None);
    let kinds = team.happened(orders.subject()).await;
    assert_eq!(kinds, ["mailbox.added", "mailbox.deactivated"]);

    let (_, lena) = team.join("Lena", team.role("agent").await).await;
    let brand = ChangeBrand {
        brand: None,
        name: "Mine".to_owned(),
        language: "de".to_owned(),
        zone: "UTC".to_owned(),
    };
    assert!(matches!(
        team.desk.run(&lena, brand.clone()).await,
        Err(DeskError::NotAllowed(_))
    ));
    team.desk.run(&olga, brand).await.unwrap();
}
