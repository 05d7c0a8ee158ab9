//! How far an inbox was read, and who reads it.
//!
//! Owns: remembering progress and failures, and that of several nodes one reads an inbox.
//! Must not know: IMAP. It is working state: nothing of it is in the history.

use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_store::fetch::{FetchFolder, FetchPlace};
use candor_store::{Engine, Tx};
use jiff::SignedDuration;

/// For how long a node may go on reading without saying so again.
const LEASE: SignedDuration = SignedDuration::from_secs(20);

pub(crate) fn only_the_desk(cx: &Cx) -> Result<(), DeskError> {
    match &cx.actor {
        Actor::System => Ok(()),
        _ => Err(DeskError::NotAllowed(Permission::ManageMailboxes.as_str())),
    }
}

/// How far a folder of a mailbox's account was read.
#[derive(Debug, Clone, Copy)]
pub struct PlaceOf(pub MailboxId, pub FetchFolder);

impl Query for PlaceOf {
    type Output = FetchPlace;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<FetchPlace, DeskError> {
        only_the_desk(cx)?;
        Ok(tx.fetch_place(self.0, self.1)?)
    }
}

/// The folder was read up to here.
#[derive(Debug, Clone, Copy)]
pub struct FetchReached {
    /// For which mailbox.
    pub mailbox: MailboxId,
    /// Which folder.
    pub folder: FetchFolder,
    /// The validity of the folder's numbers, the first number that was not read yet, and the
    /// number from which on nobody counted yet what left.
    pub place: (u32, u32, u32),
    /// Mails that were taken since the last time.
    pub kept: i64,
    /// Mails that were left behind since the last time.
    pub left_behind: i64,
    /// Mails that left the folder before they were read, since the last time.
    pub gone: i64,
    /// Whether the folder's numbers were compared with what was read.
    pub compared: bool,
}

impl Verb for FetchReached {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let mut place = tx.fetch_place(self.mailbox, self.folder)?;
        place.uid_validity = i64::from(self.place.0);
        place.next_uid = i64::from(self.place.1);
        place.kept += self.kept;
        place.left_behind += self.left_behind;
        place.counts_from = i64::from(self.place.2);
        place.gone += self.gone;
        if self.compared {
            place.checked_at = Some(cx.now());
        }
        place.looked_at = Some(cx.now());
        place.failure.clear();
        place.failure_detail.clear();
        Ok(tx.keep_fetch_place((self.mailbox, self.folder), &place)?)
    }
}

/// The folder could not be read.
#[derive(Debug, Clone)]
pub struct FetchFailed {
    /// For which mailbox.
    pub mailbox: MailboxId,
    /// Which folder.
    pub folder: FetchFolder,
    /// The id under which the sentence is translated.
    pub failure: &'static str,
    /// What the other side said.
    pub detail: String,
}

impl Verb for FetchFailed {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let mut place = tx.fetch_place(self.mailbox, self.folder)?;
        self.failure.clone_into(&mut place.failure);
        place.failure_detail = self.detail.chars().take(500).collect();
        Ok(tx.keep_fetch_place((self.mailbox, self.folder), &place)?)
    }
}

/// The right to read a folder of a mailbox's account, which one node has at a time.
#[derive(Debug, Clone)]
pub struct FetchLease {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// Which folder.
    pub folder: FetchFolder,
    /// Which node.
    pub holder: String,
}

impl FetchLease {
    /// The name under which the store keeps it.
    pub fn name(&self) -> String {
        format!("fetch.{}.{}", self.folder.as_str(), self.mailbox)
    }
}

/// Takes or renews the right; false while another node has it.
#[derive(Debug, Clone)]
pub struct TakeFetchLease(pub FetchLease);

impl Verb for TakeFetchLease {
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        only_the_desk(cx)?;
        // One process serves a SQLite file; it need not wait for the lease of the one before.
        if tx.engine() == Engine::Sqlite {
            return Ok(true);
        }
        let until = cx.now() + LEASE;
        Ok(tx.take_lease(&self.0.name(), &self.0.holder, cx.now(), until)?)
    }
}

/// Gives the right back, so that the next node need not wait for its end.
#[derive(Debug, Clone)]
pub struct LeaveFetchLease(pub FetchLease);

impl Verb for LeaveFetchLease {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        if tx.engine() == Engine::Postgres {
            tx.take_lease(&self.0.name(), &self.0.holder, cx.now(), cx.now())?;
        }
        Ok(())
    }
}
