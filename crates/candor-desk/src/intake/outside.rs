//! The outside of a mail: who sends it, to whom, over how many servers, and whether it is ours.
//!
//! Owns: what envelope and headers say before anybody reads the text. Must not know: tickets.

use super::FETCHED;
use super::place::our_mailbox;
use super::quarantine::RELEASED;
use super::understand::Understand;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::outbox::{INSTANCE_HEADER, instance_id};
use candor_domain::address::EmailAddress;
use candor_domain::mailbox::Mailbox;
use candor_mail::{NamedAddress, ReplyKey, open_message_id};
use candor_store::Tx;

/// Servers that a mail may have passed. More means that it goes in circles.
const MOST_HOPS: usize = 50;

impl Understand {
    /// Whoever wrote it, by its own claim; the envelope where the mail itself names nobody.
    pub(super) fn sender(&self) -> Option<NamedAddress> {
        self.mail.from.clone().or_else(|| {
            let address = EmailAddress::parse(&self.incoming.mail_from).ok()?;
            Some(NamedAddress::bare(address))
        })
    }

    /// Whether it passed more servers than any honest way has.
    pub(super) fn goes_in_circles(&self) -> bool {
        let headers = self.mail.message.headers.iter();
        let hops = headers.filter(|field| field.name == "received").count();
        hops > MOST_HOPS && !self.is_let_in()
    }

    /// A person looked at it in quarantine and let it in.
    fn is_let_in(&self) -> bool {
        self.incoming.error == RELEASED
    }

    /// One of our own mails that came back: from an address of ours, or with an id that we signed.
    pub(super) fn is_our_own(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        sender: &EmailAddress,
    ) -> Result<bool, DeskError> {
        if self.is_let_in() {
            return Ok(false);
        }
        let key = ReplyKey::new(cx.keys().links);
        let id = self.mail.message.message_id.as_ref();
        let signed_by_us = id.is_some_and(|id| open_message_id(id, &key).is_some());
        if self.mail.message.header(INSTANCE_HEADER) == Some(instance_id(cx.keys()).as_str()) {
            return Ok(true);
        }
        let marked = self.mail.message.header("x-loop");
        let marked = marked.and_then(|value| EmailAddress::parse(value).ok());
        let claimed: Vec<EmailAddress> = std::iter::once(sender.clone()).chain(marked).collect();
        Ok(signed_by_us || our_mailbox(tx, &claimed)?.is_some())
    }

    /// The envelope's recipients; where there is no envelope, those that the headers name. A mail
    /// that was fetched is for the mailbox that it was fetched for, unless it names another one.
    pub(super) fn recipients(&self) -> Vec<EmailAddress> {
        let parse = |text: &String| EmailAddress::parse(text).ok();
        let envelope: Vec<EmailAddress> =
            self.incoming.recipients.iter().filter_map(parse).collect();
        if !envelope.is_empty() && self.incoming.via != FETCHED {
            return envelope;
        }
        let message = &self.mail.message;
        let delivered = ["x-original-to", "delivered-to", "envelope-to"]
            .iter()
            .filter_map(|name| message.header(name))
            .filter_map(|value| EmailAddress::parse(value.trim_matches(['<', '>'])).ok());
        let named = message
            .to
            .iter()
            .chain(&message.cc)
            .map(|to| to.address.clone());
        delivered.chain(named).chain(envelope).collect()
    }

    /// The mailbox that it is for. A mail that a person let in although it names none of ours goes
    /// to the first.
    pub(super) fn mailbox(
        &self,
        tx: &mut Tx<'_>,
        recipients: &[EmailAddress],
    ) -> Result<Option<Mailbox>, DeskError> {
        let found = our_mailbox(tx, recipients)?;
        if found.is_some() || !self.is_let_in() {
            return Ok(found);
        }
        let mailboxes = tx.mailboxes()?;
        Ok(mailboxes.into_iter().find(|mailbox| mailbox.active))
    }
}
