//! A small shop for tests: a fresh database, a clock that stands still, a courier that remembers.

#![allow(dead_code, reason = "each test file uses its part of the house")]

use candor_desk::auth::Password;
use candor_desk::clock::{Clock, Entropy};
use candor_desk::cx::Keys;
use candor_desk::intake::{Envelope, Receipt, receive};
use candor_desk::outbox::{
    Carrying, Courier, MailEnvelope, MailTextBook, PostOffice, Relay, RelayTls, SendFailure,
};
use candor_desk::people::SetUp;
use candor_desk::worker::{Worker, house_worker};
use candor_desk::{Desk, DeskConfig, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::message::{Attachment, Channel, Message};
use candor_domain::permission::{Access, first_roles};
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Ticket};
use candor_store::testing::{TestStore, fresh_store};
use candor_store::{Sql, StoreConfig, Tx, Value};
use jiff::{Span, Timestamp};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// The shop's mailbox.
pub(crate) const HELP: &str = "help@shop.example";

pub(crate) struct House {
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<StillClock>,
    pub(crate) courier: Arc<RememberingCourier>,
    pub(crate) worker: Worker,
    pub(crate) lena: Actor,
    pub(crate) config: StoreConfig,
    _store: TestStore,
}

/// Goes on only when a test says so.
pub(crate) struct StillClock(AtomicI64);

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

impl StillClock {
    pub(crate) fn advance(&self, span: Span) {
        self.0
            .store((self.now() + span).as_microsecond(), Ordering::SeqCst);
    }
}

/// A different seed each time, the same in each run.
struct CountedSeeds(AtomicU64);

impl Entropy for CountedSeeds {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        seed
    }
}

/// Remembers what it carried, and fails when told to.
#[derive(Default)]
pub(crate) struct RememberingCourier {
    pub(crate) sent: Mutex<Vec<(MailEnvelope, Vec<u8>)>>,
    pub(crate) kept: Mutex<Vec<(bool, Vec<u8>)>>,
    pub(crate) failures: Mutex<Vec<SendFailure>>,
}

impl Courier for RememberingCourier {
    fn send<'a>(&'a self, _: &'a Relay, to: &'a MailEnvelope, raw: &'a [u8]) -> Carrying<'a> {
        Box::pin(async move {
            if let Some(failure) = self.failures.lock().unwrap().pop() {
                return Err(failure);
            }
            self.sent.lock().unwrap().push((to.clone(), raw.to_vec()));
            Ok(())
        })
    }

    fn keep<'a>(&'a self, raw: &'a [u8], secret: bool) -> Carrying<'a> {
        Box::pin(async move {
            self.kept.lock().unwrap().push((secret, raw.to_vec()));
            Ok(())
        })
    }
}

impl RememberingCourier {
    pub(crate) fn fail_next(&self, permanent: bool, explanation: &str) {
        self.failures.lock().unwrap().push(SendFailure {
            permanent,
            id: "",
            detail: String::new(),
            explanation: explanation.to_owned(),
        });
    }

    pub(crate) fn sent(&self) -> Vec<(MailEnvelope, candor_mail::IncomingMessage)> {
        let sent = self.sent.lock().unwrap();
        sent.iter()
            .map(|(to, raw)| (to.clone(), candor_mail::parse(raw).message))
            .collect()
    }
}

impl House {
    /// A shop with an owner, a mailbox and a mail server.
    pub(crate) async fn new() -> Self {
        Self::with_relay(true).await
    }

    /// A shop without a mail server.
    pub(crate) async fn without_relay() -> Self {
        Self::with_relay(false).await
    }

    async fn with_relay(relay: bool) -> Self {
        let store = fresh_store().await;
        let clock = Arc::new(StillClock(AtomicI64::new(1_800_000_000_000_000)));
        let desk = Desk::new(DeskConfig {
            store: store.store.clone(),
            clock: clock.clone(),
            entropy: Arc::new(CountedSeeds(AtomicU64::new(1))),
            keys: Keys {
                links: [1; 32],
                seal: [2; 32],
                secrets: [3; 32],
            },
            public_url: "https://desk.shop.example".to_owned(),
            cheap_passwords: true,
        });
        let courier = Arc::new(RememberingCourier::default());
        let office = PostOffice {
            courier: courier.clone(),
            relay: relay.then(|| Relay {
                host: "mail.shop.example".to_owned(),
                port: 587,
                tls: RelayTls::StartTls,
                login: None,
            }),
            texts: MailTextBook::default(),
        };
        let password = Password::parse("correct horse battery").unwrap();
        let done = desk
            .run(
                &Actor::System,
                SetUp {
                    name: "Lena Brandt".to_owned(),
                    email: "lena@shop.example".to_owned(),
                    password: desk.hash_password(&password).await.unwrap(),
                    mailbox: HELP.to_owned(),
                    brand: "Harbour & Pine".to_owned(),
                    language: "en".to_owned(),
                    zone: "Europe/Berlin".to_owned(),
                },
            )
            .await
            .unwrap();
        let lena = Actor::Person(Access {
            person: done.owner,
            grants: first_roles()[0].1.clone(),
            teams: vec![done.team],
            mailboxes: vec![done.mailbox],
        });
        Self {
            worker: house_worker(desk.clone(), office),
            desk,
            clock,
            courier,
            lena,
            config: store.config.clone(),
            _store: store,
        }
    }

    /// Accepts a mail as the SMTP listener does, without understanding it.
    pub(crate) async fn accept(&self, recipients: &[&str], mail: &str) -> Receipt {
        let envelope = Envelope {
            via: "smtp".to_owned(),
            mail_from: String::new(),
            recipients: recipients.iter().map(|&to| to.to_owned()).collect(),
        };
        receive(
            &self.desk,
            &envelope,
            mail.replace('\n', "\r\n").into_bytes(),
        )
        .await
        .unwrap()
    }

    /// Accepts a mail and lets every job run.
    pub(crate) async fn deliver(&self, recipients: &[&str], mail: &str) -> Receipt {
        let receipt = self.accept(recipients, mail).await;
        self.run_jobs().await;
        receipt
    }

    pub(crate) async fn run_jobs(&self) -> usize {
        self.worker.run_due().await.unwrap()
    }

    /// Lena answers at once.
    pub(crate) async fn reply(&self, ticket: TicketId, text: &str) {
        self.reply_with_copy(ticket, text, &[]).await;
    }

    pub(crate) async fn reply_with_copy(&self, ticket: TicketId, text: &str, cc: &[&str]) {
        let reply = candor_desk::ticket::Reply {
            ticket,
            body: PublicText::new(text),
            cc: cc.iter().map(|&copy| copy.to_owned()).collect(),
            then: AfterSend::Wait,
            seen: None,
            channel: Channel::Desk,
        };
        self.desk.run(&self.lena, reply).await.unwrap();
    }

    pub(crate) async fn tickets(&self) -> Vec<Ticket> {
        self.read(|tx| Ok(tx.tickets_after(TicketId(0), 100)?))
            .await
    }

    pub(crate) async fn only_ticket(&self) -> Ticket {
        let mut tickets = self.tickets().await;
        assert_eq!(tickets.len(), 1, "one ticket and no other");
        tickets.remove(0)
    }

    pub(crate) async fn messages(&self, ticket: TicketId) -> Vec<Message> {
        self.read(move |tx| Ok(tx.messages_of(ticket, 100)?)).await
    }

    pub(crate) async fn files(&self, ticket: TicketId) -> Vec<Attachment> {
        self.read(move |tx| Ok(tx.attachments_of_ticket(ticket)?))
            .await
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Tx<'_>) -> Result<T, DeskError> + Send + 'static,
    ) -> T {
        self.desk.store().read(question).await.unwrap()
    }

    /// Changes rows behind the desk's back.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        let changed: Result<u64, DeskError> = self
            .desk
            .store()
            .write(move |tx: &mut Tx<'_>| Ok(tx.execute(Sql::Same(sql), &[])?))
            .await;
        assert!(changed.unwrap() > 0, "{sql} changed nothing");
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        self.read(move |tx| Ok(tx.query_one(Sql::Same(sql), &[] as &[Value], |row| row.get(0))?))
            .await
    }

    /// Waits until every entry has its position.
    pub(crate) async fn sequenced(&self) {
        let mut positions = self.desk.store().positions();
        while !self
            .read(|tx| Ok(tx.entries_without_position()?))
            .await
            .is_empty()
        {
            positions.changed().await.unwrap();
        }
    }
}

/// A plain mail to the shop.
pub(crate) fn mail(from: &str, id: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: {HELP}\nMessage-ID: <{id}>\nDate: Fri, 15 Jan 2027 10:00:00 +0100\n\
         Subject: {subject}\n\n{text}\n"
    )
}

/// The same as an answer to another mail.
pub(crate) fn answer(from: &str, id: &str, to: &str, text: &str) -> String {
    mail(from, id, "Re: whatever", text).replacen(
        "\nSubject",
        &format!("\nIn-Reply-To: <{to}>\nSubject"),
        1,
    )
}
