//! The desk of a small shop.
//!
//! Owns: Mara the owner, Jonas the lead, Ayla and Ben the agents, Cora the collaborator; one
//! mailbox; mail in and out; jobs that run when a test says so.

use crate::browser::Browser;
use crate::clock::TestClock;
use crate::consent::ScriptedConsent;
use crate::courier::{RememberingCourier, SentMail};
use crate::fetcher::ScriptedFetcher;
use crate::ground::Ground;
use crate::postmaster::TestPostmaster;
use axum::Router;
use candor_desk::Desk;
use candor_desk::auth::{Password, Secret};
use candor_desk::intake::{Envelope, receive};
use candor_desk::people::{AcceptInvitation, Invitation, Invite, PersonByEmail, SetUp, access_of};
use candor_desk::token::{self, CreateToken};
use candor_desk::worker::Worker;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{RoleId, TeamId, TicketId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::job::NewJob;
use candor_web::app::Outside;
use candor_web::site::Site;
use std::sync::Arc;

/// The password of everybody in the test shop.
pub const PASSWORD: &str = "correct horse battery";

/// A whole desk: database, clock, courier, router.
pub struct TestDesk {
    /// The desk.
    pub desk: Desk,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// What carried mail out.
    pub courier: Arc<RememberingCourier>,
    /// Who knows the DNS.
    pub postmaster: Arc<TestPostmaster>,
    /// What looks at inboxes elsewhere.
    pub fetcher: Arc<ScriptedFetcher>,
    /// The provider at which a mailbox can be signed in.
    pub consent: Arc<ScriptedConsent>,
    /// The application that the router serves.
    pub app: candor_web::state::App,
    /// The roles owner, lead, agent and collaborator, in this order.
    pub roles: Vec<RoleId>,
    /// The team "Support", of which everybody but Mara is a member.
    pub team: TeamId,
    worker: Worker,
    _ground: Ground,
}

impl TestDesk {
    /// A shop at `help@shop.example`, with a mail server, on Monday, 2 March 2026, 09:00 UTC.
    pub async fn new() -> Self {
        Self::at("http://desk.shop.example").await
    }

    /// A shop that is reached under a public address.
    pub async fn at(public_url: &str) -> Self {
        let start = "2026-03-02T09:00:00Z".parse().expect("this is a time");
        let ground = Ground::new(public_url, start).await;
        let desk = ground.desk.clone();
        let post_office = ground.post_office(true);
        let fetcher = Arc::new(ScriptedFetcher::default());
        let site = Site::new(public_url, ([127, 0, 0, 1], 8080).into()).unwrap();
        let consent = Arc::new(ScriptedConsent::default());
        let outside = Outside {
            post_office,
            fetcher: fetcher.clone(),
            consent: consent.clone(),
        };
        let app = candor_web::app::state(&desk, site, outside);
        let worker = ground.worker(true);
        let done = set_up(&desk).await;
        app.follow_brand().await.unwrap();
        let kit = Self {
            desk,
            clock: ground.clock.clone(),
            courier: ground.courier.clone(),
            postmaster: ground.postmaster.clone(),
            fetcher,
            consent,
            app,
            roles: done.roles,
            team: done.team,
            worker,
            _ground: ground,
        };
        kit.hire("jonas", 1).await;
        kit.hire("ayla", 2).await;
        kit.hire("ben", 2).await;
        kit.hire("cora", 3).await;
        kit
    }

    /// Hires somebody into the team with a role (0 owner, 1 lead, 2 agent, 3 collaborator).
    pub async fn hire(&self, name: &str, role: usize) {
        let secret = Secret::draw(&self.desk);
        let invitation = Invitation {
            name: capitalised(name),
            email: format!("{name}@shop.example"),
            role: self.roles[role],
            teams: vec![self.team],
            mailboxes: Vec::new(),
        };
        let invite = Invite {
            invitation,
            secret: secret.clone(),
            by_mail: false,
        };
        self.desk.run(&Actor::System, invite).await.unwrap();
        let password = self
            .desk
            .hash_password(&Password::parse(PASSWORD).unwrap())
            .await
            .unwrap();
        let accept = AcceptInvitation {
            secret,
            name: capitalised(name),
            password,
        };
        self.desk.run(&Actor::Visitor, accept).await.unwrap();
    }

    /// Somebody of the team by the first part of their address.
    pub async fn person(&self, name: &str) -> Person {
        let email = EmailAddress::parse(&format!("{name}@shop.example")).unwrap();
        self.desk
            .ask(&Actor::System, PersonByEmail { email })
            .await
            .unwrap()
            .unwrap()
    }

    /// As whom somebody acts.
    pub async fn actor(&self, name: &str) -> Actor {
        let id = self.person(name).await.id;
        let access = self
            .desk
            .store()
            .read(move |tx| access_of(tx, id))
            .await
            .unwrap();
        Actor::Person(access.unwrap())
    }

    /// A mail of a customer arrives and is understood. Gives the ticket that holds it.
    pub async fn mail(&self, from: &str, subject: &str, text: &str) -> TicketId {
        let id = self.desk.config().entropy.seed()[7];
        let raw = format!(
            "From: {from}\r\nTo: help@shop.example\r\nSubject: {subject}\r\n\
             Message-ID: <{id}.{}@customer.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
            self.desk.now().as_microsecond()
        );
        self.deliver("help@shop.example", raw.as_bytes()).await
    }

    /// A raw mail arrives at an address and is understood. Gives the ticket that holds it.
    pub async fn deliver(&self, recipient: &str, raw: &[u8]) -> TicketId {
        let envelope = Envelope {
            via: "smtp".to_owned(),
            mail_from: "sender@customer.example".to_owned(),
            recipients: vec![recipient.to_owned()],
        };
        let receipt = receive(&self.desk, &envelope, raw.to_vec()).await.unwrap();
        self.run_jobs().await;
        let found = self.desk.store().read(move |tx: &mut Tx<'_>| {
            let mail = tx.incoming(receipt.incoming)?;
            match mail.and_then(|mail| mail.message) {
                Some(message) => tx.message(message),
                None => Ok(None),
            }
        });
        let message = found.await.unwrap();
        message.expect("the mail became or joined a ticket").ticket
    }

    /// Runs every job that is due, and what they enqueue.
    pub async fn run_jobs(&self) {
        self.worker.run_due().await.unwrap();
    }

    /// Enqueues a job that no worker knows; it gives up when it is run.
    pub async fn doomed_job(&self, kind: &'static str) {
        let run_at = self.desk.now();
        let enqueue = move |tx: &mut Tx<'_>| {
            tx.enqueue(NewJob {
                kind,
                payload: String::new(),
                run_at,
                dedupe: None,
            })
        };
        self.desk.store().write(enqueue).await.unwrap();
    }

    /// Runs each periodic task once: sealing, closing by time, sweeping.
    pub async fn run_tasks(&self) {
        self.worker.run_tasks().await.unwrap();
    }

    /// Mail that went out so far.
    pub fn mail_out(&self) -> Vec<SentMail> {
        self.courier.sent()
    }

    /// The router in process.
    pub fn router(&self) -> Router {
        candor_web::app::router(self.app.clone())
    }

    /// A browser that nobody is logged in with.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.router(), self.app.site.absolute(""))
    }

    /// A browser that somebody is logged in with.
    pub async fn browser(&self, name: &str) -> Browser {
        let mut browser = self.visitor();
        let email = format!("{name}@shop.example");
        let answer = browser
            .post("/login", &[("email", &email), ("password", PASSWORD)])
            .await;
        assert_eq!(
            answer.status,
            303,
            "{name} cannot log in: {}",
            answer.text()
        );
        browser
    }

    /// A token of somebody for the API; without scopes it carries all their rights.
    pub async fn token(&self, name: &str, scopes: &[Permission]) -> String {
        let secret = Secret::draw(&self.desk);
        let text = token::written(&secret);
        let create = CreateToken {
            person: self.person(name).await.id,
            name: "test".to_owned(),
            scopes: scopes.to_vec(),
            days: token::DEFAULT_DAYS,
            session: None,
            secret,
        };
        self.desk.run(&Actor::System, create).await.unwrap();
        text
    }
}

async fn set_up(desk: &Desk) -> candor_desk::people::SetUpDone {
    let password = desk
        .hash_password(&Password::parse(PASSWORD).unwrap())
        .await
        .unwrap();
    let set_up = SetUp {
        name: "Mara".to_owned(),
        email: "mara@shop.example".to_owned(),
        password,
        mailbox: "help@shop.example".to_owned(),
        brand: "The Shop".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Berlin".to_owned(),
    };
    desk.run(&Actor::System, set_up).await.unwrap()
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
