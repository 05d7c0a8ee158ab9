//! A small shop for tests of mail and history: one owner, one mailbox, on the ground of the testkit.

#![allow(dead_code, reason = "each test file uses its part of the house")]

use candor_desk::auth::Password;
use candor_desk::intake::{Envelope, Receipt, receive};
use candor_desk::people::SetUp;
use candor_desk::worker::Worker;
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::message::{Attachment, Channel, Message};
use candor_domain::permission::{Access, first_roles};
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Ticket};
use candor_store::{Sql, StoreConfig, Tx, Value};
use candor_testkit::{Ground, RememberingCourier, TestClock};
use jiff::Timestamp;
use std::sync::Arc;

/// The shop's mailbox.
pub(crate) const HELP: &str = "help@shop.example";

pub(crate) struct House {
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) courier: Arc<RememberingCourier>,
    pub(crate) worker: Worker,
    pub(crate) lena: Actor,
    pub(crate) config: StoreConfig,
    pub(crate) ground: Ground,
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
        Self::at(HELP, 1, relay).await
    }

    /// Another shop, with a mailbox and a key of its own.
    pub(crate) async fn other(mailbox: &str) -> Self {
        Self::at(mailbox, 9, true).await
    }

    async fn at(mailbox: &str, key: u8, relay: bool) -> Self {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let ground = Ground::with_key("https://desk.shop.example", start, key).await;
        let desk = ground.desk.clone();
        let password = Password::parse("correct horse battery").unwrap();
        let done = desk
            .run(
                &Actor::System,
                SetUp {
                    name: "Lena Brandt".to_owned(),
                    email: "lena@shop.example".to_owned(),
                    password: desk.hash_password(&password).await.unwrap(),
                    mailbox: mailbox.to_owned(),
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
            worker: ground.worker(relay),
            desk,
            clock: ground.clock.clone(),
            courier: ground.courier.clone(),
            lena,
            config: ground.config().clone(),
            ground,
        }
    }

    /// Accepts a mail as the SMTP listener does, without understanding it. Its envelope names whom
    /// the mail names.
    pub(crate) async fn accept(&self, recipients: &[&str], mail: &str) -> Receipt {
        let from = candor_mail::parse(mail.as_bytes()).message.from;
        let sender = from.map(|from| from.address.to_string());
        self.accept_from(&sender.unwrap_or_default(), recipients, mail)
            .await
    }

    /// Accepts a mail with an envelope of its own; an empty sender is `<>`.
    pub(crate) async fn accept_from(
        &self,
        sender: &str,
        recipients: &[&str],
        mail: &str,
    ) -> Receipt {
        let envelope = Envelope {
            via: "smtp".to_owned(),
            mail_from: sender.to_owned(),
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
            files: Vec::new(),
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

    /// Changes the bytes behind an address.
    pub(crate) async fn tamper_blob(&self, sql: &'static str, blob: &str, bytes: Option<&[u8]>) {
        let mut values = vec![Value::Blob(hex_of(blob))];
        values.extend(bytes.map(|bytes| Value::Blob(bytes.to_vec())));
        let changed: Result<u64, DeskError> = self
            .desk
            .store()
            .write(move |tx: &mut Tx<'_>| Ok(tx.execute(Sql::Same(sql), &values)?))
            .await;
        assert_eq!(changed.unwrap(), 1, "{sql}");
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        self.read(move |tx| Ok(tx.query_one(Sql::Same(sql), &[] as &[Value], |row| row.get(0))?))
            .await
    }

    /// Waits until every entry has its position.
    pub(crate) async fn sequenced(&self) {
        self.ground.sequenced().await;
    }
}

/// The bytes that hex digits write out.
fn hex_of(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
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
