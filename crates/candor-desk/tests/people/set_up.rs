//! The first run and invitations.

use crate::team::{PASSWORD, Team};
use candor_desk::auth::Secret;
use candor_desk::people::{
    AcceptInvitation, Invite, InviteAgain, IssueSetUpCode, PersonPage, SetUpOpen, SetUpWithCode,
    invite, set_up_code,
};
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use jiff::SignedDuration;

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

    for wrong in [String::new(), "0000".to_owned(), old.text()] {
        assert!(set_up_code(&team.desk, &wrong).await.is_err(), "{wrong:?}");
    }
    let typed = format!(" {}\n", code.text());
    set_up_code(&team.desk, &typed).await.unwrap();

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

    let shown = team.desk.ask(&olga, PersonPage { person }).await.unwrap();
    assert!(shown.invited);
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
