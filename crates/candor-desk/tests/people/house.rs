//! People, roles, teams and mailboxes in daily use.

use crate::team::{PASSWORD, Team};
use candor_desk::auth::{Secret, session_of};
use candor_desk::mailbox::{
    AddBrand, AddMailbox, Brands, ChangeBrand, ChangeMailbox, MailboxFields, Mailboxes, OurMailbox,
    RestMailbox,
};
use candor_desk::people::{
    AddRole, AddTeam, ChangeEmailOf, ChangePerson, ChangeRoleOf, Deactivate, PeoplePage,
    PersonPage, Reactivate, RemoveRole, RemoveTeam, RenameTeam, SetTeamsOf,
};
use candor_desk::token::{self, CreateToken, token_of};
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::BrandId;
use candor_domain::permission::{Grant, Permission, Scope};

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
async fn a_role_in_use_stays_and_only_ticket_grants_are_narrowed() {
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
async fn a_team_is_renamed_and_removed_and_its_people_stay() {
    let (team, olga) = Team::of_olga().await;
    let agent = team.role("agent").await;
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

#[tokio::test]
async fn a_shop_has_several_brands_and_a_mailbox_speaks_for_one() {
    let (team, olga) = Team::of_olga().await;
    let add = AddBrand {
        name: " Pine\nRoastery ".to_owned(),
        language: "de".to_owned(),
        zone: "Europe/Vienna".to_owned(),
    };
    let (_, lena) = team.join("Lena", team.role("agent").await).await;
    let refused = team.desk.run(&lena, add.clone()).await;
    assert!(matches!(refused, Err(DeskError::NotAllowed(_))));
    let pine = team.desk.run(&olga, add.clone()).await.unwrap();
    let wrong = AddBrand {
        zone: "Europe/Atlantis".to_owned(),
        ..add
    };
    let refused = team.desk.run(&olga, wrong).await.unwrap_err();
    assert!(matches!(refused, DeskError::Invalid(_)), "{refused}");
    let brands = team.desk.ask(&lena, Brands).await.unwrap();
    let names: Vec<&str> = brands.iter().map(|brand| brand.name.as_str()).collect();
    assert_eq!(names, ["Harbour & Pine", "Pine Roastery"]);
    assert_eq!(team.happened(pine.subject()).await, ["brand.added"]);

    let mailbox = team.desk.ask(&olga, Mailboxes).await.unwrap().remove(0);
    let give = |brand| ChangeMailbox {
        mailbox: mailbox.id,
        brand,
        fields: MailboxFields {
            name: mailbox.name.clone(),
            team: mailbox.team,
            close_after_days: mailbox.close_after_days,
            signature: String::new(),
        },
    };
    team.desk.run(&olga, give(Some(pine))).await.unwrap();
    team.desk.run(&olga, give(None)).await.unwrap();
    let mailboxes = team.desk.ask(&olga, Mailboxes).await.unwrap();
    assert_eq!(mailboxes[0].brand, pine, "what is not said stays");
    let nowhere = team.desk.run(&olga, give(Some(BrandId(99)))).await;
    assert!(matches!(nowhere, Err(DeskError::NotFound("brand"))));
}

#[tokio::test]
async fn an_address_is_changed_by_who_just_gave_their_password() {
    let (team, olga) = Team::of_olga().await;
    let (lena, lena_acts) = team.join("Lena", team.role("agent").await).await;
    let login = team.log_in("lena@harbour.example", PASSWORD).await.unwrap();
    let session = Some(login.visit.session.id);
    let change = |email: &str, session| ChangeEmailOf {
        person: lena,
        email: email.to_owned(),
        session,
    };
    let bare = team
        .desk
        .run(&lena_acts, change("lena@vogt.example", None))
        .await;
    assert!(matches!(bare, Err(DeskError::NotAllowed(_))));
    let taken = team
        .desk
        .run(&lena_acts, change("OLGA@harbour.example", session))
        .await;
    assert!(matches!(
        taken,
        Err(DeskError::Conflict(Conflict::Taken("email")))
    ));
    let odd = team.desk.run(&lena_acts, change("lena", session)).await;
    assert!(matches!(odd, Err(DeskError::Invalid(_))));
    let foreign = team
        .desk
        .run(&olga, change("lena@vogt.example", session))
        .await;
    assert!(
        matches!(foreign, Err(DeskError::NotAllowed(_))),
        "the session is not hers"
    );

    team.desk
        .run(&lena_acts, change("Lena@Vogt.example", session))
        .await
        .unwrap();
    assert!(team.log_in("lena@harbour.example", PASSWORD).await.is_err());
    team.log_in("lena@vogt.example", PASSWORD).await.unwrap();
}
