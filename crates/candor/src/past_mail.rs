//! Reads mailboxes' past, where somebody asked for it.
//!
//! Owns: the bridge between the desk's tasks and the sockets: which heads and bodies are fetched,
//! and when it is tried again. Must not know: what becomes of a mail.

use crate::fetcher::{Trouble, account_of};
use crate::sign_in::AccessTokens;
use candor_desk::fetch::FetchFolder;
use candor_desk::past_mail::{
    BeginCount, Count, CountRuns, Head, MOST_ATTEMPTS, NextPast, PastFailed, PastItem, PastLetter,
    PastRenumbered, PastState, PastStumbled, PastTask, PastWork, Survey, TakePastLease, bring_in,
    keep_survey, sweep_past,
};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_post::imap::{ImapAccount, ImapFailure, ImapTimes, PastReader};
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks at what is to be done where nothing happens.
const IDLE: Duration = Duration::from_secs(10);
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(30);
/// Heads that are asked for at once.
const HEADS_AT_ONCE: usize = 200;

/// Does what is asked for until `stop`.
pub(crate) async fn run(
    desk: Desk,
    tokens: Arc<AccessTokens>,
    holder: String,
    stop: CancellationToken,
) {
    let mut positions = desk.store().positions();
    while !stop.is_cancelled() {
        let (wait, may_wake) = match work(&desk, &tokens, &holder, &stop).await {
            Ok(Round::Worked) => continue,
            Ok(Round::Nothing) => (IDLE, true),
            Ok(Round::Failed) => (PAUSE, false),
            Err(error) => {
                tracing::warn!(%error, "the past of a mailbox cannot be brought in at the moment");
                (PAUSE, false)
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(wait) => {}
            // After a failure nothing shortens the pause: a provider locks an account that is tried
            // again and again.
            _ = positions.changed(), if may_wake => {}
        }
    }
}

/// How a round over all tasks ended.
enum Round {
    Nothing,
    Worked,
    Failed,
}

async fn work(
    desk: &Desk,
    tokens: &AccessTokens,
    holder: &str,
    stop: &CancellationToken,
) -> Result<Round, DeskError> {
    let mut round = Round::Nothing;
    sweep_past(desk).await?;
    for task in desk.ask(&Actor::System, PastWork).await? {
        let mailbox = task.past.mailbox;
        let worker = Worker {
            desk,
            mailbox,
            holder,
            stop,
        };
        if !worker.is_ours().await? {
            continue;
        }
        round = match worker.work(&task, tokens).await {
            Ok(()) => Round::Worked,
            // One mailbox's trouble is not the others'.
            Err(Stop::Desk(error)) => {
                tracing::warn!(%mailbox, %error, "a mailbox's past cannot be brought in at the moment");
                Round::Failed
            }
            Err(Stop::Trouble(trouble)) => {
                let Trouble { id, detail, .. } = &trouble;
                tracing::warn!(%mailbox, id, detail, "a mailbox's past cannot be read");
                if trouble.is_login {
                    tokens.forget(mailbox);
                }
                let failed = PastFailed {
                    mailbox,
                    failure: trouble.id,
                    detail: trouble.detail,
                    tries_again: !trouble.needs_a_person,
                };
                desk.run(&Actor::System, failed).await?;
                Round::Failed
            }
        };
    }
    Ok(round)
}

/// Why it does not go on.
enum Stop {
    Desk(DeskError),
    Trouble(Trouble),
}

impl From<DeskError> for Stop {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<ImapFailure> for Stop {
    fn from(failure: ImapFailure) -> Self {
        Self::Trouble(Trouble::of_imap(&failure))
    }
}

impl Stop {
    /// Whether one of the mails may be the cause, and not the store or the way to the server.
    fn may_be_the_mail(&self) -> bool {
        match self {
            Self::Desk(error) => !matches!(error, DeskError::Unavailable(_)),
            Self::Trouble(trouble) => !trouble.needs_a_person,
        }
    }
}

struct Worker<'a> {
    desk: &'a Desk,
    mailbox: MailboxId,
    holder: &'a str,
    stop: &'a CancellationToken,
}

impl Worker<'_> {
    async fn is_ours(&self) -> Result<bool, DeskError> {
        let lease = TakePastLease {
            mailbox: self.mailbox,
            holder: self.holder.to_owned(),
        };
        self.desk.run(&Actor::System, lease).await
    }

    async fn work(&self, task: &PastTask, tokens: &AccessTokens) -> Result<(), Stop> {
        let account = account_of(&task.account, self.mailbox, tokens).await;
        let account = account.map_err(|none| Stop::Trouble(Trouble::of_access(none)))?;
        let mut reader = PastReader::open(&account, ImapTimes::default()).await?;
        let sent = if task.past.with_sent {
            sent_folder(task, &mut reader, &account).await?
        } else {
            None
        };
        let mut folders = Folders {
            reader,
            inbox: account.folder.clone(),
            sent,
        };
        if task.past.state == PastState::Counting {
            self.count(task, &mut folders).await?;
        } else {
            self.bring(task, &mut folders).await?;
        }
        folders.reader.leave().await;
        Ok(())
    }

    /// Reads the heads of all mails and tells the desk what there is.
    async fn count(&self, task: &PastTask, folders: &mut Folders) -> Result<(), Stop> {
        let mailbox = self.mailbox;
        let Some(run) = self
            .desk
            .run(&Actor::System, BeginCount { mailbox })
            .await?
        else {
            return Ok(());
        };
        let count = Count {
            mailbox,
            run,
            holder: self.holder.to_owned(),
        };
        let mut survey = Survey::default();
        let mut validity = (0, 0);
        for folder in folders.all() {
            let entered = folders.enter(folder).await?;
            match folder {
                FetchFolder::Inbox => validity.0 = entered,
                FetchFolder::Sent => validity.1 = entered,
            }
            let numbers = folders.numbers(task, folder).await?;
            for some in numbers.chunks(HEADS_AT_ONCE) {
                for head in folders.reader.heads(some).await? {
                    survey.take(&Head {
                        folder,
                        uid: head.uid,
                        size: head.size,
                        received: head.received,
                        fields: head.fields,
                    });
                }
                let runs = CountRuns {
                    count: count.clone(),
                    mails: survey.mails(),
                };
                if !self.desk.run(&Actor::System, runs).await? || self.stop.is_cancelled() {
                    return Ok(());
                }
            }
        }
        Ok(keep_survey(self.desk, &count, validity, survey).await?)
    }

    /// Fetches the mails that are still to come, step by step.
    async fn bring(&self, task: &PastTask, folders: &mut Folders) -> Result<(), Stop> {
        // Without this its mails would count as gone.
        if task.past.validity.1 != 0 && folders.sent.is_none() {
            let words = "the folder of sent mail is not there any more";
            return Err(ImapFailure::Folder(words.to_owned()).into());
        }
        for folder in folders.all() {
            let known = match folder {
                FetchFolder::Inbox => task.past.validity.0,
                FetchFolder::Sent => task.past.validity.1,
            };
            if i64::from(folders.enter(folder).await?) != known {
                let mailbox = self.mailbox;
                let anew = PastRenumbered { mailbox };
                return Ok(self.desk.run(&Actor::System, anew).await?);
            }
        }
        while !self.stop.is_cancelled() && self.is_ours().await? {
            let mailbox = self.mailbox;
            let next = self.desk.ask(&Actor::System, NextPast { mailbox }).await?;
            let Some(items) = next else {
                return Ok(());
            };
            let brought = self.step(task, folders, &items).await;
            if let Err(failure) = &brought
                && failure.may_be_the_mail()
            {
                let items = items.clone();
                let stumbled = PastStumbled { mailbox, items };
                self.desk.run(&Actor::System, stumbled).await?;
            }
            if !brought? || items.is_empty() {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn step(
        &self,
        task: &PastTask,
        folders: &mut Folders,
        items: &[PastItem],
    ) -> Result<bool, Stop> {
        let letters = folders.letters(items).await?;
        Ok(bring_in(self.desk, (self.mailbox, &task.address), letters).await?)
    }
}

/// The folder of sent mail: as it was chosen for fetching, else the one that the server names.
async fn sent_folder(
    task: &PastTask,
    reader: &mut PastReader,
    account: &ImapAccount,
) -> Result<Option<String>, ImapFailure> {
    match &task.account.sent {
        Some(sent) => Ok(Some(sent.folder.clone())),
        None => Ok(reader.look(account).await?.sent),
    }
}

/// The folders of an account, read over one connection.
struct Folders {
    reader: PastReader,
    inbox: String,
    sent: Option<String>,
}

impl Folders {
    fn all(&self) -> Vec<FetchFolder> {
        let sent = self.sent.is_some().then_some(FetchFolder::Sent);
        std::iter::once(FetchFolder::Inbox).chain(sent).collect()
    }

    async fn enter(&mut self, folder: FetchFolder) -> Result<u32, ImapFailure> {
        let name = match folder {
            FetchFolder::Inbox => self.inbox.clone(),
            FetchFolder::Sent => self.sent.clone().unwrap_or_default(),
        };
        self.reader.enter(&name).await
    }

    /// The numbers of the mails of the folder that belong to the past.
    async fn numbers(
        &mut self,
        task: &PastTask,
        folder: FetchFolder,
    ) -> Result<Vec<u32>, ImapFailure> {
        let until = match folder {
            FetchFolder::Inbox => &task.past.until.0,
            FetchFolder::Sent => &task.past.until.1,
        };
        let since: Date = task.past.since.parse().unwrap_or_default();
        match until.parse::<Date>() {
            Ok(until) if since < until => self.reader.between(since, until).await,
            // All that lies there is fetched as mail of today.
            _ => Ok(Vec::new()),
        }
    }

    /// The mails behind some items, in their order; those that are gone without bytes.
    async fn letters(&mut self, items: &[PastItem]) -> Result<Vec<PastLetter>, ImapFailure> {
        let mut letters: Vec<PastLetter> = items
            .iter()
            .map(|item| PastLetter {
                folder: item.folder,
                uid: item.uid,
                at: item.at,
                raw: None,
                attempts: item.attempts,
            })
            .collect();
        for folder in self.all() {
            // What was given up and cannot even be fetched to be kept stays where it is.
            let wanted = |item: &&PastItem| item.folder == folder && item.attempts <= MOST_ATTEMPTS;
            let own = items.iter().filter(wanted);
            let uids: Vec<u32> = own.filter_map(|item| item.uid.try_into().ok()).collect();
            if uids.is_empty() {
                continue;
            }
            self.enter(folder).await?;
            for (uid, raw) in self.reader.bodies(&uids).await? {
                let of = |letter: &&mut PastLetter| {
                    letter.folder == folder && letter.uid == i64::from(uid)
                };
                if let Some(letter) = letters.iter_mut().find(of) {
                    letter.raw = Some(raw);
                }
            }
        }
        Ok(letters)
    }
}
