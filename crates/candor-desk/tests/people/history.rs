//! The history vouches for people, roles and settings.

use crate::team::Team;
use candor_desk::auth::Secret;
use candor_desk::mailbox::RestMailbox;
use candor_desk::outbox::RelayTls;
use candor_desk::people::{AddRole, AddTeam, Deactivate, RemoveRole, RemoveTeam, SetTeamsOf};
use candor_desk::setting::ChangeOutgoing;
use candor_desk::token::CreateToken;
use candor_desk::verify::verify;
use candor_domain::actor::Actor;
use candor_domain::id::{MailboxId, PersonId, TokenId};
use candor_domain::permission::{Grant, Permission, Scope};
use candor_store::token::Token;
use candor_store::{StoreError, Tx};
use jiff::Timestamp;

/// What the history says against the rows about people and settings.
async fn findings(team: &Team) -> Vec<String> {
    team.sequenced().await;
    let report = verify(&team.desk, &Actor::System, |_| {}).await.unwrap();
    report
        .findings
        .iter()
        .map(|finding| format!("{}: {}", finding.place, finding.what))
        .collect()
}

/// Somebody joined and left, a team and a role came and went, mail was set up.
async fn lived_in() -> (Team, PersonId) {
    let (team, olga) = Team::of_olga().await;
    let (lena, _) = team.join("Lena", team.role("agent").await).await;
    let name = "Wine".to_owned();
    let wine = team.desk.run(&olga, AddTeam { name }).await.unwrap();
    let teams = vec![wine];
    let enter = SetTeamsOf {
        person: lena,
        teams,
    };
    team.desk.run(&olga, enter).await.unwrap();
    team.desk
        .run(&olga, RemoveTeam { team: wine })
        .await
        .unwrap();
    let name = "guest".to_owned();
    let grants = Vec::new();
    let guest = team
        .desk
        .run(&olga, AddRole { name, grants })
        .await
        .unwrap();
    team.desk
        .run(&olga, RemoveRole { role: guest })
        .await
        .unwrap();
    let till = CreateToken {
        person: lena,
        name: "till".to_owned(),
        scopes: Vec::new(),
        days: 90,
        session: None,
        secret: Secret::draw(&team.desk),
    };
    team.desk.run(&Actor::System, till).await.unwrap();
    team.desk
        .run(&olga, Deactivate { person: lena })
        .await
        .unwrap();
    let server = ChangeOutgoing {
        host: "smtp.harbour.example".to_owned(),
        port: 587,
        tls: RelayTls::StartTls,
        user: "desk".to_owned(),
        password: Some("a relay password".to_owned()),
    };
    team.desk.run(&olga, server).await.unwrap();
    let rest = RestMailbox {
        mailbox: MailboxId(1),
        rests: true,
    };
    team.desk.run(&olga, rest).await.unwrap();
    (team, lena)
}

#[tokio::test]
async fn what_the_verbs_did_is_what_the_rows_say() {
    let (team, _) = lived_in().await;
    assert_eq!(findings(&team).await, Vec::<String>::new());
}

#[tokio::test]
async fn who_gives_themselves_rights_behind_the_desks_back_is_found() {
    let (team, lena) = lived_in().await;
    let edit = move |tx: &mut Tx<'_>| {
        let mut role = tx.role_by_name("agent")?.expect("it is there");
        role.grants.push(Grant {
            permission: Permission::ManagePeople,
            scope: Scope::All,
        });
        tx.save_role(&role)?;
        let mut person = tx.person(lena)?.expect("she is there");
        person.active = true;
        tx.save_person(&person)?;
        let mut host = tx.setting("outgoing.host")?.expect("it is set");
        host.value = "smtp.mallory.example".to_owned();
        tx.keep_setting(&host)?;
        tx.set_password(PersonId(1), "$argon2id$of somebody else")?;
        let mut token = Token {
            id: TokenId(0),
            person: PersonId(1),
            name: "mine".to_owned(),
            scopes: "settings.people".to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            used_at: None,
            revoked_at: None,
            hash: vec![7; 32],
        };
        tx.insert_token(&mut token)?;
        Ok::<_, StoreError>(())
    };
    team.desk.store().write(edit).await.unwrap();
    let found = findings(&team).await;
    assert!(found[0].starts_with("role 3: grants is"), "{found:?}");
    let others = [
        "setting outgoing.host: the value is not what the history vouches for",
        "token 2: it is in the database, but no entry of the history made it",
        "password 1: it is not what the history vouches for",
        "person 2: active is yes, the history says no",
    ];
    assert_eq!(found[1..], others);
}
