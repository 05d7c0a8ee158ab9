//! Fetches mail from inboxes elsewhere for the mailboxes that have one.
//!
//! Owns: the bridge between the desk's accounts and the sockets, one task for each account, and
//! when it is tried again. Must not know: the IMAP dialogue, what a mail says.

mod sink;

use crate::sign_in::{AccessTokens, NoAccess};
use candor_desk::Desk;
use candor_desk::fetch::{
    AfterFetch, AllFetching, FetchAccount, FetchFailed, FetchFailure, FetchFolder, FetchLease,
    FetchLook, FetchTls, Fetcher, LeaveFetchLease, Looking, PlaceOf, TakeFetchLease,
};
use candor_desk::provider_account::AccountLogin;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_post::imap::{
    self, AfterReading, FolderPlace, ImapAccount, ImapFailure, ImapLogin, ImapTimes, ImapTls,
};
use sink::DeskSink;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Between two looks at which accounts there are, at least and at most.
const LEAST: Duration = Duration::from_secs(2);
const MOST: Duration = Duration::from_secs(30);
/// How often a node says that it still reads an inbox; well within the lease.
const RENEW: Duration = Duration::from_secs(7);
/// Between two looks at whether the inbox was read, before the folder of sent mail is.
const AFTER_THE_INBOX: Duration = Duration::from_secs(1);
/// The first pause after a failure; each further one is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// The pauses after a failure that a person has to mend: trying a wrong password again and again
/// locks accounts. Once more is no harm, and some servers refuse for a moment what they should not.
const FIRST_PERSON_PAUSE: Duration = Duration::from_mins(1);
const PERSON_PAUSE: Duration = Duration::from_mins(15);

/// Looks at accounts over sockets.
pub(crate) struct ImapFetcher {
    pub(crate) tokens: Arc<AccessTokens>,
}

impl Fetcher for ImapFetcher {
    fn look<'a>(&'a self, mailbox: MailboxId, account: &'a FetchAccount) -> Looking<'a> {
        Box::pin(async move {
            let opened = account_of(account, mailbox, &self.tokens).await;
            let opened = opened.map_err(|none| FetchFailure {
                id: none.failure.id,
                detail: none.failure.detail,
            })?;
            let found = imap::look(&opened, ImapTimes::default()).await;
            found
                .map(|found| FetchLook {
                    folders: found.folders,
                    mails: found.mails,
                    to_fetch: found.to_fetch,
                    sent: found.sent,
                })
                .map_err(|failure| FetchFailure {
                    id: failure.id(),
                    detail: failure.detail().unwrap_or_default().to_owned(),
                })
        })
    }
}

/// The account in the words of IMAP, with a fresh token where it takes one.
pub(crate) async fn account_of(
    account: &FetchAccount,
    mailbox: MailboxId,
    tokens: &AccessTokens,
) -> Result<ImapAccount, NoAccess> {
    let user = account.user.clone();
    let login = match &account.login {
        AccountLogin::Password(password) => ImapLogin::Password {
            user,
            password: password.clone(),
        },
        AccountLogin::SignIn => ImapLogin::Bearer {
            user,
            token: tokens.of(mailbox).await?,
        },
    };
    Ok(ImapAccount {
        host: account.host.clone(),
        port: account.port,
        tls: match account.tls {
            FetchTls::Implicit => ImapTls::Implicit,
            FetchTls::StartTls => ImapTls::StartTls,
            FetchTls::None => ImapTls::NoneOnLoopback,
        },
        login,
        extra_roots: None,
        folder: account.folder.clone(),
        after: match &account.after {
            AfterFetch::Leave => AfterReading::Leave,
            AfterFetch::MarkRead => AfterReading::MarkSeen,
            AfterFetch::MoveTo(folder) => AfterReading::MoveTo(folder.clone()),
        },
        since: account.since,
    })
}

/// The folders of an account that are read, each as an account of its own.
fn folders_of(
    (mailbox, address, account): (MailboxId, String, FetchAccount),
) -> Vec<((MailboxId, FetchFolder), String, FetchAccount)> {
    let sent = account.sent.as_ref().map(|sent| FetchAccount {
        folder: sent.folder.clone(),
        after: AfterFetch::Leave,
        since: Some(sent.since),
        ..account.clone()
    });
    let sent = sent.map(|sent| ((mailbox, FetchFolder::Sent), address.clone(), sent));
    let inbox = ((mailbox, FetchFolder::Inbox), address, account);
    std::iter::once(inbox).chain(sent).collect()
}

/// Fetches for every account until `stop`; follows changes of the settings.
pub(crate) async fn run(
    desk: Desk,
    tokens: Arc<AccessTokens>,
    holder: String,
    stop: CancellationToken,
) {
    let mut tasks = JoinSet::new();
    let mut running: HashMap<(MailboxId, FetchFolder), (FetchAccount, CancellationToken)> =
        HashMap::new();
    let mut positions = desk.store().positions();
    while !stop.is_cancelled() {
        match desk.ask(&Actor::System, AllFetching).await {
            Ok(accounts) => {
                let folders: Vec<_> = accounts.into_iter().flat_map(folders_of).collect();
                running.retain(|of, (account, end)| {
                    let stays = folders
                        .iter()
                        .any(|(own, _, now)| own == of && now == account);
                    if !stays {
                        end.cancel();
                    }
                    stays
                });
                for ((mailbox, folder), address, account) in folders {
                    running.entry((mailbox, folder)).or_insert_with(|| {
                        let end = stop.child_token();
                        let task = Task {
                            desk: desk.clone(),
                            mailbox,
                            folder,
                            address,
                            account: account.clone(),
                            tokens: Arc::clone(&tokens),
                            holder: holder.clone(),
                            end: end.clone(),
                        };
                        tasks.spawn(task.run());
                        (account, end)
                    });
                }
            }
            Err(error) => tracing::warn!(%error, "the accounts to fetch from cannot be read"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LEAST) => {}
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(MOST) => {}
            _ = positions.changed() => {}
        }
    }
    while tasks.join_next().await.is_some() {}
}

/// One account.
struct Task {
    desk: Desk,
    mailbox: MailboxId,
    folder: FetchFolder,
    address: String,
    account: FetchAccount,
    tokens: Arc<AccessTokens>,
    holder: String,
    end: CancellationToken,
}

impl Task {
    async fn run(self) {
        let mut pause = FIRST_PAUSE;
        let mut person_pause = FIRST_PERSON_PAUSE;
        while !self.end.is_cancelled() {
            let wait = if !self.may_begin().await {
                AFTER_THE_INBOX
            } else if self.is_ours().await {
                match self.follow().await {
                    Ok(()) => {
                        pause = FIRST_PAUSE;
                        person_pause = FIRST_PERSON_PAUSE;
                        continue;
                    }
                    Err(trouble) => {
                        self.tell(&trouble).await;
                        if trouble.needs_a_person {
                            std::mem::replace(&mut person_pause, PERSON_PAUSE)
                        } else {
                            let wait = pause;
                            pause = (pause * 2).min(LONGEST_PAUSE);
                            wait
                        }
                    }
                }
            } else {
                RENEW
            };
            tokio::select! {
                () = self.end.cancelled() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        let leave = LeaveFetchLease(self.lease());
        if let Err(error) = self.desk.run(&Actor::System, leave).await {
            tracing::warn!(%error, "another node waits before it reads this inbox");
        }
    }

    /// Answers are read after what they answer: the folder of sent mail waits until the inbox was
    /// read to its end once.
    async fn may_begin(&self) -> bool {
        if self.folder == FetchFolder::Inbox {
            return true;
        }
        let inbox = PlaceOf(self.mailbox, FetchFolder::Inbox);
        let place = self.desk.ask(&Actor::System, inbox).await;
        place.is_ok_and(|place| place.checked_at.is_some())
    }

    /// Whether this node is the one that reads the inbox.
    async fn is_ours(&self) -> bool {
        let take = TakeFetchLease(self.lease());
        self.desk.run(&Actor::System, take).await.unwrap_or(false)
    }

    fn lease(&self) -> FetchLease {
        FetchLease {
            mailbox: self.mailbox,
            folder: self.folder,
            holder: self.holder.clone(),
        }
    }

    /// Follows the folder as long as it is ours.
    async fn follow(&self) -> Result<(), Trouble> {
        let account = account_of(&self.account, self.mailbox, &self.tokens).await;
        let account = account.map_err(Trouble::of_access)?;
        let followed = self.follow_as(&account).await;
        if let Err(ImapFailure::Login(_)) = &followed {
            self.tokens.forget(self.mailbox);
        }
        followed.map_err(|failure| Trouble::of_imap(&failure))
    }

    async fn follow_as(&self, account: &ImapAccount) -> Result<(), ImapFailure> {
        let place = self
            .desk
            .ask(&Actor::System, PlaceOf(self.mailbox, self.folder))
            .await;
        let Ok(place) = place else {
            return Err(ImapFailure::NotKept);
        };
        let numbers = (
            u32::try_from(place.uid_validity),
            u32::try_from(place.next_uid),
            u32::try_from(place.counts_from),
        );
        let place = match numbers {
            (Ok(uid_validity), Ok(next_uid), counts_from) if uid_validity > 0 => {
                Some(FolderPlace {
                    uid_validity,
                    next_uid,
                    counts_from: counts_from.unwrap_or(u32::MAX),
                })
            }
            _ => None,
        };
        let sink = DeskSink::new(
            self.desk.clone(),
            (self.mailbox, self.folder),
            self.address.clone(),
        );
        let times = ImapTimes::default();
        let following = imap::follow(account, place, times, &sink, &self.end);
        tokio::select! {
            ended = following => ended,
            () = self.until_somebody_elses() => Ok(()),
        }
    }

    async fn until_somebody_elses(&self) {
        loop {
            tokio::time::sleep(RENEW).await;
            if !self.is_ours().await {
                return;
            }
        }
    }

    async fn tell(&self, trouble: &Trouble) {
        let Trouble { id, detail, .. } = trouble;
        tracing::warn!(mailbox = %self.mailbox, id, detail, "an inbox cannot be read");
        let told = FetchFailed {
            mailbox: self.mailbox,
            folder: self.folder,
            failure: id,
            detail: detail.clone(),
        };
        if let Err(error) = self.desk.run(&Actor::System, told).await {
            tracing::warn!(%error, "and that cannot be remembered");
        }
    }
}

/// Why an inbox cannot be read at the moment.
pub(crate) struct Trouble {
    pub(crate) id: &'static str,
    pub(crate) detail: String,
    /// Trying again helps only after somebody mended it.
    pub(crate) needs_a_person: bool,
    /// The server refused what opens the account.
    pub(crate) is_login: bool,
}

impl Trouble {
    pub(crate) fn of_imap(failure: &ImapFailure) -> Self {
        Self {
            id: failure.id(),
            detail: failure.detail().unwrap_or_default().to_owned(),
            needs_a_person: failure.needs_a_person(),
            is_login: matches!(failure, ImapFailure::Login(_)),
        }
    }

    pub(crate) fn of_access(none: NoAccess) -> Self {
        Self {
            id: none.failure.id,
            detail: none.failure.detail,
            needs_a_person: !none.may_pass,
            is_login: false,
        }
    }
}
