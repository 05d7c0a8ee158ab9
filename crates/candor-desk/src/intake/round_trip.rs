//! Mails with which a mailbox is tested, when they come back.
//!
//! Owns: knowing them, and what they show. Must not know: how they were sent.

use super::understand::Understand;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::send_account::{Leg, ROUND_TRIP_HEADER, SenderTold, facts_of, keep_facts, reply_to};
use candor_mail::{MailKind, front_evidence};
use candor_store::Tx;
use candor_store::intake::IncomingState;
use candor_store::round_trip::RoundTripRow;

/// The word under which such a mail is kept.
const ROUND_TRIP: &str = "round_trip";

impl Understand {
    /// Takes a mail of a test that came back, or a report that it could not. False leaves the mail
    /// to be read on.
    pub(super) fn take_round_trip(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<bool, DeskError> {
        if let Some((row, leg)) = self.round_trip(tx)? {
            self.note_return(tx, &row, leg)?;
        } else if let Some((row, leg, words)) = self.refused_round_trip(tx)? {
            let mut facts = facts_of(&row);
            facts.refuse(leg, &words);
            keep_facts(tx, &row, &facts)?;
        } else {
            return Ok(false);
        }
        let (id, state) = (self.incoming.id, IncomingState::Understood);
        tx.set_incoming(id, state, ROUND_TRIP, None)?;
        Ok(true)
    }

    /// The test whose mail it is.
    pub(super) fn round_trip(
        &self,
        tx: &mut Tx<'_>,
    ) -> Result<Option<(RoundTripRow, Leg)>, DeskError> {
        let mail = &self.mail.message;
        let header = mail.header(ROUND_TRIP_HEADER).and_then(Leg::in_header);
        let id = mail.message_id.as_ref().and_then(Leg::in_id);
        let Some((token, leg)) = header.or(id) else {
            return Ok(None);
        };
        Ok(tx.round_trip_by_token(&token)?.map(|row| (row, leg)))
    }

    fn refused_round_trip(
        &self,
        tx: &mut Tx<'_>,
    ) -> Result<Option<(RoundTripRow, Leg, String)>, DeskError> {
        let MailKind::DeliveryReport(report) = &self.mail.verdict.kind else {
            return Ok(None);
        };
        let Some((token, leg)) = report.original.as_ref().and_then(Leg::in_id) else {
            return Ok(None);
        };
        let words = report.recipients.first();
        let words = words.map_or_else(String::new, |one| one.diagnostic.clone());
        let row = tx.round_trip_by_token(&token)?;
        Ok(row.map(|row| (row, leg, words)))
    }

    fn note_return(&self, tx: &mut Tx<'_>, row: &RoundTripRow, leg: Leg) -> Result<(), DeskError> {
        let mail = &self.mail.message;
        let Some(mailbox) = tx.mailbox(row.mailbox)? else {
            return Ok(());
        };
        let mut facts = facts_of(row);
        facts.came_back(leg);
        let kept_id = mail.message_id.as_ref() == Some(&leg.id(&row.token, &mailbox.address));
        let wanted = reply_to(&row.token, &mailbox.address);
        let kept_reply_to = mail.reply_to.iter().any(|own| own.address == wanted);
        // Both mails have to keep it.
        facts.kept_id = Some(kept_id && facts.kept_id != Some(false));
        facts.kept_reply_to = Some(kept_reply_to && facts.kept_reply_to != Some(false));
        facts.told = self
            .told_about_sender(mailbox.address.domain())
            .or(facts.told);
        keep_facts(tx, row, &facts)
    }

    /// What the receiving side says about the sender. It is our own mail, so whichever server wrote
    /// the topmost result is worth hearing, named in the settings or not.
    fn told_about_sender(&self, domain: &str) -> Option<SenderTold> {
        let header = self.mail.message.header("authentication-results");
        let by = header.and_then(|header| header.split([';', ' ']).next());
        let by = by.map(|by| by.trim().to_owned());
        if let Some(checked) = &self.checked {
            let is_ours = !self.incoming.peer.is_empty();
            return Some(SenderTold {
                by: by.filter(|_| !is_ours).unwrap_or_default(),
                vouched: checked.vouched.as_str().to_owned(),
                found: checked.in_words().to_owned(),
            });
        }
        let (header, by) = (header?, by?);
        let evidence = front_evidence(header, std::slice::from_ref(&by), domain)?;
        Some(SenderTold {
            by,
            vouched: evidence.vouched().as_str().to_owned(),
            found: evidence.in_words(),
        })
    }
}
