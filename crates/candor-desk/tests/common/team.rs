//! A desk for stories about people, on the ground of the testkit.
#![allow(dead_code, reason = "each story uses a part of it")]

use candor_desk::auth::{LogIn, LoggedIn, Password, PasswordHash, Secret, log_in};
use candor_desk::people::{
    AcceptInvitation, AccessOf, Invitation, Invite, Roles, SetUp, SetUpDone,
};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::{OutboxId, PersonId, RoleId};
use candor_store::outbox::OutboxMail;
use candor_store::{StoreError, Tx};
use candor_testkit::{Ground, TestClock};
use std::sync::Arc;

/// Every password in these stories.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A desk in the hands of a test.
pub(crate) struct Team {
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<TestClock>,
    ground: Ground,
}

impl Team {
    /// A desk where nobody works yet.
    pub(crate) async fn nobody() -> Self {
        let start = "2026-11-02T09:00:00Z".parse().unwrap();
        let ground = Ground::new("https://desk.example", start).await;
        Self {
            desk: ground.desk.clone(),
            clock: ground.clock.clone(),
            ground,
        }
    }

    /// A desk that Olga owns.
    pub(crate) async fn of_olga() -> (Self, Actor) {
        let team = Self::nobody().await;
        let done = team.set_up().await.unwrap();
        let olga = team.actor(done.owner).await;
        (team, olga)
    }

    pub(crate) async fn hash(&self, password: &str) -> PasswordHash {
        self.desk
            .hash_password(&Password::parse(password).unwrap())
            .await
            .unwrap()
    }

    pub(crate) async fn first_run(&self) -> SetUp {
        SetUp {
            name: "Olga Brandt".to_owned(),
            email: "olga@harbour.example".to_owned(),
            password: self.hash(PASSWORD).await,
            mailbox: "help@harbour.example".to_owned(),
            brand: "Harbour & Pine".to_owned(),
            language: "en".to_owned(),
            zone: "Europe/Berlin".to_owned(),
        }
    }

    pub(crate) async fn set_up(&self) -> Result<SetUpDone, DeskError> {
        let set_up = self.first_run().await;
        self.desk.run(&Actor::System, set_up).await
    }

    /// What somebody may do at this moment.
    pub(crate) async fn actor(&self, person: PersonId) -> Actor {
        Actor::Person(
            self.desk
                .ask(&Actor::System, AccessOf { person })
                .await
                .unwrap()
                .unwrap(),
        )
    }

    pub(crate) async fn role(&self, name: &str) -> RoleId {
        let roles = self.desk.ask(&Actor::System, Roles).await.unwrap();
        roles.iter().find(|role| role.name == name).unwrap().id
    }

    pub(crate) fn invitation(name: &str, role: RoleId) -> Invitation {
        Invitation {
            name: name.to_owned(),
            email: format!("{}@harbour.example", name.to_lowercase()),
            role,
            teams: Vec::new(),
            mailboxes: Vec::new(),
        }
    }

    /// Somebody who took up an invitation to a role.
    pub(crate) async fn join(&self, name: &str, role: RoleId) -> (PersonId, Actor) {
        let secret = Secret::draw(&self.desk);
        let invitation = Self::invitation(name, role);
        let invite = Invite {
            invitation,
            secret: secret.clone(),
            by_mail: false,
        };
        let (person, _) = self.desk.run(&Actor::System, invite).await.unwrap();
        let password = self.hash(PASSWORD).await;
        let accept = AcceptInvitation {
            secret,
            name: name.to_owned(),
            password,
        };
        self.desk.run(&Actor::Visitor, accept).await.unwrap();
        (person, self.actor(person).await)
    }

    pub(crate) fn typed(email: &str, password: &str) -> LogIn {
        LogIn {
            email: email.to_owned(),
            password: Password::parse(password).unwrap(),
            user_agent: "Firefox".to_owned(),
            address: "192.0.2.7".to_owned(),
            replaces: None,
            device: None,
        }
    }

    pub(crate) async fn log_in(&self, email: &str, password: &str) -> Result<LoggedIn, DeskError> {
        log_in(&self.desk, Self::typed(email, password)).await
    }

    /// Every mail that was ever queued, the oldest first.
    pub(crate) async fn mails(&self) -> Vec<OutboxMail> {
        let read = |tx: &mut Tx<'_>| {
            let mut mails = Vec::new();
            while let Some(mail) = tx.outbox_mail(OutboxId(mails.len() as i64 + 1))? {
                mails.push(mail);
            }
            Ok::<_, StoreError>(mails)
        };
        self.desk.store().read(read).await.unwrap()
    }

    /// The kinds of what happened to a subject, the oldest first.
    pub(crate) async fn happened(&self, subject: String) -> Vec<String> {
        let read = move |tx: &mut Tx<'_>| tx.entries_of(&subject, 100);
        let entries = self.desk.store().read(read).await;
        entries
            .unwrap()
            .into_iter()
            .map(|entry| entry.kind)
            .collect()
    }

    /// Waits until every entry of the history has its place.
    pub(crate) async fn sequenced(&self) {
        self.ground.sequenced().await;
    }
}
