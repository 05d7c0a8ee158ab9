//! What is kept of a mail beside its message, and what follows from it.
//!
//! Owns: the row that says how the mail was understood, whose turn it is after it, the customer's
//! language, and whether it is acknowledged. Must not know: how any of it is found.

use super::understand::Understand;
use crate::automatic::{Arrival, acknowledge, silence};
use crate::customer::learn_language;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::sender_check::Checked;
use candor_domain::address::EmailAddress;
use candor_domain::message::{Author, Message};
use candor_domain::ticket::Ticket;
use candor_mail::{Envelope, MailKind, Rule, may_answer};
use candor_store::Tx;
use candor_store::reading::{Reading, RemovedPart};

impl Understand {
    /// Whether a machine wrote in somebody's place. An empty envelope alone proves nothing: some
    /// web forms send so what people typed.
    pub(super) fn is_machine_answer(&self) -> bool {
        let verdict = &self.mail.verdict;
        let answers = matches!(
            verdict.kind,
            MailKind::AutomaticReply
                | MailKind::OutOfOffice(_)
                | MailKind::ReadReceipt
                | MailKind::DeliveryReport(_)
                | MailKind::Complaint(_)
        );
        let mut rules = verdict.reasons.iter().map(|reason| reason.rule);
        answers && rules.any(|rule| rule != Rule::NullSender)
    }

    /// What was understood, as it is kept.
    pub(super) fn reading(
        &self,
        message: &Message,
        led_by: &str,
        silence: &'static str,
    ) -> Reading {
        let (verdict, added) = (&self.mail.verdict, &self.mail.added);
        let back = match &verdict.kind {
            MailKind::OutOfOffice(absence) => absence.returns(),
            _ => None,
        };
        let reasons = verdict.reasons.iter();
        let removed = added.trimmed.removed.iter();
        Reading {
            message: message.id,
            incoming: self.incoming.id,
            at: message.at,
            verdict: verdict.kind.as_str().to_owned(),
            reasons: reasons
                .map(|reason| (reason.rule.as_str().to_owned(), reason.evidence.clone()))
                .collect(),
            back_on: back.map(|day| day.to_string()).unwrap_or_default(),
            joined_by: led_by.to_owned(),
            language: added.language.unwrap_or_default().to_owned(),
            removed: removed
                .map(|part| RemovedPart {
                    range: part.range.clone(),
                    reason: part.reason.as_str().to_owned(),
                })
                .collect(),
            silence: silence.to_owned(),
            echo: added.echo.clone(),
        }
    }

    /// A customer whose language nobody knows is answered in the one they write in.
    pub(super) fn learn_language(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        message: &Message,
    ) -> Result<(), DeskError> {
        let added = &self.mail.added;
        let Author::Customer(customer) = message.author else {
            return Ok(());
        };
        match added.language {
            Some(code) if added.is_telling && self.mail.verdict.kind == MailKind::Personal => {
                learn_language(tx, cx, customer, code)
            }
            _ => Ok(()),
        }
    }

    /// Acknowledges the mail where its mailbox does, and says why not otherwise.
    pub(super) fn acknowledge(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        ticket: &Ticket,
        message: &Message,
        is_new: bool,
    ) -> Result<&'static str, DeskError> {
        let mailboxes = tx.mailboxes()?;
        let ours: Vec<EmailAddress> = mailboxes.into_iter().map(|one| one.address).collect();
        let sender = self.incoming.known_sender();
        let mail = &self.mail;
        let to = may_answer(&mail.message, &mail.verdict, &Envelope { sender }, &ours)
            .map_err(candor_mail::Silence::as_str);
        // Whoever is named wrote nothing; an answer would only trouble them.
        let is_forged = self.checked.as_ref().is_some_and(Checked::is_forged);
        let arrival = Arrival {
            ticket,
            message,
            echo: &mail.added.echo,
            is_new,
            to: if is_forged { Err(silence::FORGED) } else { to },
        };
        acknowledge(tx, cx, &arrival)
    }
}
