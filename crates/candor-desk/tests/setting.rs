//! Stories about the settings of outgoing mail.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "common/team.rs"]
mod team;

use candor_desk::DeskError;
use candor_desk::outbox::{RelayLogin, RelayTls};
use candor_desk::setting::{ChangeOutgoing, Outgoing};
use candor_store::Tx;
use team::Team;

const CANARY: &str = "zqx7-relay-password";

fn server() -> ChangeOutgoing {
    ChangeOutgoing {
        host: " SMTP.harbour.example ".to_owned(),
        port: 465,
        tls: RelayTls::Implicit,
        user: "desk".to_owned(),
        password: Some(CANARY.to_owned()),
    }
}

#[tokio::test]
async fn without_a_server_mail_is_kept_and_with_one_it_leaves() {
    let (team, olga) = Team::of_olga().await;
    let before = team.desk.ask(&olga, Outgoing).await.unwrap();
    assert_eq!((before.port, before.relay()), (587, None));
    team.desk.run(&olga, server()).await.unwrap();
    let relay = team
        .desk
        .ask(&olga, Outgoing)
        .await
        .unwrap()
        .relay()
        .unwrap();
    assert_eq!(
        (relay.host.as_str(), relay.port),
        ("smtp.harbour.example", 465)
    );
    assert_eq!(relay.tls, RelayTls::Implicit);
    let login = RelayLogin::Password {
        user: "desk".to_owned(),
        password: CANARY.to_owned(),
    };
    assert!(relay.login == Some(login));
    assert_eq!(
        team.happened("setting:outgoing.host".to_owned()).await,
        ["setting.changed"]
    );

    // What stays as it was is no event.
    team.desk.run(&olga, server()).await.unwrap();
    assert_eq!(
        team.happened("setting:outgoing.password".to_owned())
            .await
            .len(),
        1
    );
}

#[tokio::test]
async fn the_password_lies_in_no_row_and_goes_to_no_other_server() {
    let (team, olga) = Team::of_olga().await;
    team.desk.run(&olga, server()).await.unwrap();
    let read = |tx: &mut Tx<'_>| tx.settings();
    let rows = team.desk.store().read(read).await.unwrap();
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| !row.value.contains("zqx7")));
    let shown = format!(
        "{:?} {rows:?}",
        team.desk.ask(&olga, Outgoing).await.unwrap()
    );
    assert!(!shown.contains("zqx7"), "{shown}");

    let kept = ChangeOutgoing {
        password: None,
        port: 587,
        ..server()
    };
    team.desk.run(&olga, kept.clone()).await.unwrap();
    assert_eq!(
        team.desk.ask(&olga, Outgoing).await.unwrap().password,
        CANARY
    );
    let theirs = ChangeOutgoing {
        host: "smtp.mallory.example".to_owned(),
        ..kept.clone()
    };
    let DeskError::Invalid(fields) = team.desk.run(&olga, theirs).await.unwrap_err() else {
        panic!("the password is asked for again");
    };
    assert_eq!(fields[0].field, "password");
    let open = ChangeOutgoing {
        user: String::new(),
        ..kept
    };
    team.desk.run(&olga, open).await.unwrap();
    let settings = team.desk.ask(&olga, Outgoing).await.unwrap();
    assert_eq!(
        (settings.password.as_str(), settings.relay().unwrap().login),
        ("", None)
    );
}

#[tokio::test]
async fn only_who_may_sets_it_up_and_wrong_fields_are_named() {
    let (team, olga) = Team::of_olga().await;
    let (_, lena) = team.join("Lena", team.role("lead").await).await;
    assert!(matches!(
        team.desk.run(&lena, server()).await,
        Err(DeskError::NotAllowed(_))
    ));
    assert!(matches!(
        team.desk.ask(&lena, Outgoing).await,
        Err(DeskError::NotAllowed(_))
    ));
    let odd = ChangeOutgoing {
        host: "smtp example\r\nRCPT".to_owned(),
        port: 0,
        user: "desk\r\nRSET".to_owned(),
        ..server()
    };
    let DeskError::Invalid(fields) = team.desk.run(&olga, odd).await.unwrap_err() else {
        panic!("the fields are refused");
    };
    let names: Vec<_> = fields.iter().map(|field| field.field).collect();
    assert_eq!(names, ["host", "port", "user"]);
}
