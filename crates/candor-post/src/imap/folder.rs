//! Reading a folder.
//!
//! Owns: what is new, in which order it is fetched, marking and moving after it is kept, waiting
//! for more. Must not know: connecting, storage.

use std::collections::BTreeSet;

use async_imap::extensions::idle::IdleResponse;
use async_imap::types::{Capability, Fetch, Mailbox, NameAttribute};
use futures_util::TryStreamExt;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::account::{AfterReading, ImapAccount};
use super::failure::ImapFailure;
use super::opening::{Stream, within};
use super::{FolderPlace, ImapLook, ImapTimes, Kept, MailSink};

/// A logged-in session.
pub(super) struct Session(pub(super) async_imap::Session<Box<dyn Stream>>);

impl Session {
    /// Says goodbye; whether that is heard does not matter.
    pub(super) async fn leave(mut self, times: ImapTimes) {
        drop(within(times.answer, self.0.logout()).await);
    }
}

/// Mails whose sizes are asked for at once.
const SIZES_AT_ONCE: usize = 100;

/// Looks at a folder and changes nothing.
pub(super) async fn look(
    session: &mut Session,
    account: &ImapAccount,
    times: ImapTimes,
) -> Result<ImapLook, ImapFailure> {
    let listing = async {
        let names = session.0.list(Some(""), Some("*")).await?;
        let names = names.try_filter(|name| {
            let readable = !name.attributes().contains(&NameAttribute::NoSelect);
            std::future::ready(readable)
        });
        names
            .map_ok(|name| {
                let is_sent = name.attributes().contains(&NameAttribute::Sent);
                (name.name().to_owned(), is_sent)
            })
            .try_collect::<Vec<_>>()
            .await
    };
    let listed = within(times.answer, listing).await?;
    let sent = super::sent::folder_among(&listed);
    let folders = listed.into_iter().map(|(name, _)| name).collect();
    let tells_news = can(session, times, "IDLE").await?;
    let opened = within(times.answer, session.0.examine(&account.folder)).await;
    let opened = opened.map_err(of_folder)?;
    let found = within(times.answer, session.0.uid_search(account.search_from(1))).await?;
    Ok(ImapLook {
        folders,
        mails: opened.exists,
        to_fetch: u32::try_from(found.len()).unwrap_or(u32::MAX),
        tells_news,
        sent,
    })
}

/// Everything that reading a folder needs.
pub(super) struct Reader<'a> {
    pub(super) account: &'a ImapAccount,
    pub(super) times: ImapTimes,
    pub(super) sink: &'a dyn MailSink,
    pub(super) stop: &'a CancellationToken,
}

impl Reader<'_> {
    /// Reads what is new, waits, and reads again.
    pub(super) async fn follow(
        &self,
        mut session: Session,
        place: Option<FolderPlace>,
    ) -> Result<(), ImapFailure> {
        if matches!(self.account.after, AfterReading::MoveTo(_))
            && !can(&mut session, self.times, "MOVE").await?
        {
            return Err(ImapFailure::NoMove);
        }
        let tells_news = can(&mut session, self.times, "IDLE").await?;
        let mut opened = self.select(&mut session).await?;
        let mut place = resume(&opened, place)?;
        let mut compared = Instant::now();
        while !self.stop.is_cancelled() {
            let uid_next = opened.uid_next.take();
            let (gone, counted_to) = self.compare(&mut session, place, uid_next).await?;
            place.counts_from = counted_to;
            place = self.read_new(&mut session, place).await?;
            // A look that was broken off compared nothing.
            if !self.stop.is_cancelled() && (uid_next.is_some() || gone > 0) {
                self.sink.compared(gone);
            }
            self.remember(place).await?;
            session = self.wait(session, tells_news).await?;
            if compared.elapsed() >= self.times.compare {
                opened = self.select(&mut session).await?;
                compared = Instant::now();
            }
        }
        session.leave(self.times).await;
        Ok(())
    }

    async fn select(&self, session: &mut Session) -> Result<Mailbox, ImapFailure> {
        let opening = session.0.select(&self.account.folder);
        within(self.times.answer, opening).await.map_err(of_folder)
    }

    /// Counts the numbers that were given out since the last look and of which no mail is left,
    /// before anything is read or moved. Gives how many, and the number up to which it counted.
    /// `uid_next` is the next number that will be given out, where the folder was just opened.
    async fn compare(
        &self,
        session: &mut Session,
        place: FolderPlace,
        uid_next: Option<u32>,
    ) -> Result<(u32, u32), ImapFailure> {
        let first = place.counts_from;
        let search = format!("UID {first}:*");
        let found = within(self.times.answer, session.0.uid_search(search)).await?;
        let there: BTreeSet<u32> = found.into_iter().filter(|uid| *uid >= first).collect();
        let last = there.last().copied().unwrap_or_default();
        let end = uid_next.unwrap_or_default().max(last.saturating_add(1));
        let given_out = end.saturating_sub(first);
        let gone = given_out.saturating_sub(u32::try_from(there.len()).unwrap_or(u32::MAX));
        Ok((gone, end.max(first)))
    }

    async fn read_new(
        &self,
        session: &mut Session,
        mut place: FolderPlace,
    ) -> Result<FolderPlace, ImapFailure> {
        let search = self.account.search_from(place.next_uid);
        let found = within(self.times.answer, session.0.uid_search(search)).await?;
        // `n:*` names the last mail even where its number is below n.
        let new: BTreeSet<u32> = found
            .into_iter()
            .filter(|uid| *uid >= place.next_uid)
            .collect();
        let new: Vec<u32> = new.into_iter().collect();
        for some in new.chunks(SIZES_AT_ONCE) {
            let sizes = self.sizes(session, some).await?;
            for uid in some {
                if self.stop.is_cancelled() {
                    return Ok(place);
                }
                // A mail without a size is gone meanwhile.
                if let Some(size) = sizes.iter().find(|(of, _)| of == uid) {
                    self.read_one(session, *uid, size.1).await?;
                }
                place.next_uid = uid.saturating_add(1);
                self.remember(place).await?;
            }
        }
        Ok(place)
    }

    async fn remember(&self, place: FolderPlace) -> Result<(), ImapFailure> {
        if self.sink.reached(place).await {
            Ok(())
        } else {
            Err(ImapFailure::NotKept)
        }
    }

    async fn sizes(
        &self,
        session: &mut Session,
        uids: &[u32],
    ) -> Result<Vec<(u32, u32)>, ImapFailure> {
        let set: Vec<String> = uids.iter().map(u32::to_string).collect();
        let set = set.join(",");
        let asking = fetch(session, &set, "(UID RFC822.SIZE)");
        let answers = within(self.times.answer, asking).await?;
        Ok(answers
            .iter()
            .filter_map(|answer| Some((answer.uid?, answer.size.unwrap_or_default())))
            .collect())
    }

    async fn read_one(
        &self,
        session: &mut Session,
        uid: u32,
        size: u32,
    ) -> Result<(), ImapFailure> {
        if size > self.sink.largest() {
            self.sink.left_behind(size).await;
            return Ok(());
        }
        let set = uid.to_string();
        let asking = fetch(session, &set, "(UID BODY.PEEK[])");
        let answers = within(self.times.answer, asking).await?;
        let body = answers
            .iter()
            .filter(|answer| answer.uid == Some(uid))
            .find_map(Fetch::body);
        let Some(raw) = body.map(<[u8]>::to_vec) else {
            return Ok(());
        };
        match self.sink.keep(raw).await {
            Kept::Stored => self.settle(session, uid).await,
            Kept::TooLarge => {
                self.sink.left_behind(size).await;
                Ok(())
            }
            Kept::TryLater => Err(ImapFailure::NotKept),
        }
    }

    /// Marks or moves a mail that is durable by now.
    async fn settle(&self, session: &mut Session, uid: u32) -> Result<(), ImapFailure> {
        let uid = uid.to_string();
        match &self.account.after {
            AfterReading::Leave => Ok(()),
            AfterReading::MarkSeen => {
                let marking = async {
                    let answers = session.0.uid_store(&uid, "+FLAGS.SILENT (\\Seen)").await?;
                    answers.try_collect::<Vec<_>>().await
                };
                within(self.times.answer, marking).await.map(drop)
            }
            AfterReading::MoveTo(folder) => {
                within(self.times.answer, session.0.uid_mv(&uid, folder)).await
            }
        }
    }

    /// Waits until the server tells news, or for a while where it cannot.
    async fn wait(&self, mut session: Session, tells_news: bool) -> Result<Session, ImapFailure> {
        if self.stop.is_cancelled() {
            return Ok(session);
        }
        if !tells_news {
            tokio::select! {
                () = tokio::time::sleep(self.times.poll) => {}
                () = self.stop.cancelled() => return Ok(session),
            }
            within(self.times.answer, session.0.noop()).await?;
            return Ok(session);
        }
        let mut idle = session.0.idle();
        within(self.times.answer, idle.init()).await?;
        let (news, interrupt) = idle.wait_with_timeout(self.times.wait);
        tokio::select! {
            news = news => {
                if let IdleResponse::ManualInterrupt = news? {
                    return Err(ImapFailure::NotUnderstood("the wait ended by itself".to_owned()));
                }
            }
            () = self.stop.cancelled() => {}
        }
        drop(interrupt);
        Ok(Session(within(self.times.answer, idle.done()).await?))
    }
}

/// Where reading goes on: where it ended, or at the beginning of a folder that is new to us. A
/// folder whose numbers mean something else now is read anew; the desk knows what it has.
fn resume(opened: &Mailbox, place: Option<FolderPlace>) -> Result<FolderPlace, ImapFailure> {
    let Some(uid_validity) = opened.uid_validity else {
        let words = "the server does not say whether its numbers are still valid";
        return Err(ImapFailure::NotUnderstood(words.to_owned()));
    };
    let anew = FolderPlace {
        uid_validity,
        next_uid: 1,
        counts_from: opened.uid_next.unwrap_or(u32::MAX),
    };
    Ok(place
        .filter(|place| place.uid_validity == uid_validity)
        .unwrap_or(anew))
}

pub(super) async fn fetch(
    session: &mut Session,
    set: &str,
    what: &str,
) -> Result<Vec<Fetch>, async_imap::error::Error> {
    session.0.uid_fetch(set, what).await?.try_collect().await
}

async fn can(session: &mut Session, times: ImapTimes, word: &str) -> Result<bool, ImapFailure> {
    let offered = within(times.answer, session.0.capabilities()).await?;
    Ok(offered.has(&Capability::Atom(word.to_owned())))
}

pub(super) fn of_folder(failure: ImapFailure) -> ImapFailure {
    match failure {
        ImapFailure::Refused(text) => ImapFailure::Folder(text),
        other => other,
    }
}
