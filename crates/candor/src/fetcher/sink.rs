//! Hands fetched mail to the desk.
//!
//! Owns: what the fetching side calls durable: the desk's intake. Must not know: sockets.

use candor_desk::Desk;
use candor_desk::DeskError;
use candor_desk::fetch::{FetchFolder, FetchReached};
use candor_desk::intake::{Envelope, FETCHED, LARGEST_MAIL, SENT, receive};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_post::BoxFuture;
use candor_post::imap::{FolderPlace, Kept, MailSink};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// The desk behind one mailbox.
pub(super) struct DeskSink {
    desk: Desk,
    mailbox: MailboxId,
    folder: FetchFolder,
    address: String,
    /// Since the place was last remembered.
    kept: AtomicI64,
    left_behind: AtomicI64,
    gone: AtomicI64,
    compared: AtomicBool,
}

impl DeskSink {
    /// A sink for the mailbox with this address.
    pub(super) fn new(
        desk: Desk,
        (mailbox, folder): (MailboxId, FetchFolder),
        address: String,
    ) -> Self {
        Self {
            desk,
            mailbox,
            folder,
            address,
            kept: AtomicI64::new(0),
            left_behind: AtomicI64::new(0),
            gone: AtomicI64::new(0),
            compared: AtomicBool::new(false),
        }
    }
}

impl MailSink for DeskSink {
    fn largest(&self) -> u32 {
        u32::try_from(LARGEST_MAIL).unwrap_or(u32::MAX)
    }

    fn keep(&self, raw: Vec<u8>) -> BoxFuture<'_, Kept> {
        Box::pin(async move {
            let envelope = Envelope {
                via: match self.folder {
                    FetchFolder::Inbox => FETCHED.to_owned(),
                    FetchFolder::Sent => SENT.to_owned(),
                },
                mail_from: String::new(),
                recipients: vec![self.address.clone()],
            };
            match receive(&self.desk, &envelope, raw).await {
                Ok(receipt) => {
                    self.kept
                        .fetch_add(i64::from(receipt.is_new), Ordering::Relaxed);
                    Kept::Stored
                }
                Err(DeskError::TooLarge { .. }) => Kept::TooLarge,
                Err(error) => {
                    tracing::warn!(%error, "a fetched mail could not be stored");
                    Kept::TryLater
                }
            }
        })
    }

    fn left_behind(&self, _bytes: u32) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.left_behind.fetch_add(1, Ordering::Relaxed);
        })
    }

    fn compared(&self, gone: u32) {
        self.gone.fetch_add(i64::from(gone), Ordering::Relaxed);
        self.compared.store(true, Ordering::Relaxed);
    }

    fn reached(&self, place: FolderPlace) -> BoxFuture<'_, bool> {
        Box::pin(async move {
            let reached = FetchReached {
                mailbox: self.mailbox,
                folder: self.folder,
                place: (place.uid_validity, place.next_uid, place.counts_from),
                kept: self.kept.swap(0, Ordering::Relaxed),
                left_behind: self.left_behind.swap(0, Ordering::Relaxed),
                gone: self.gone.swap(0, Ordering::Relaxed),
                compared: self.compared.swap(false, Ordering::Relaxed),
            };
            self.desk.run(&Actor::System, reached).await.is_ok()
        })
    }
}
