//! The account behind a mailbox.
//!
//! Owns: what may be set and by whom, that its password goes to no other server, and that all of
//! it lies encrypted. Must not know: IMAP.

use super::place::only_the_desk;
use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::provider_account::{AccountLogin, AccountLoginField};
use crate::setting::{Known, keep, value};
use crate::sign_in::server_of_sign_in;
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::fetch::{FetchFolder, FetchPlace};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// How the connection is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FetchTls {
    /// Encrypted from the first byte.
    Implicit,
    /// Encrypted after STARTTLS, or not at all.
    StartTls,
    /// In the clear; for a server on the same machine.
    None,
}

/// What happens in the inbox to a mail that is safe with us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterFetch {
    /// Nothing.
    Leave,
    /// It is marked as read.
    MarkRead,
    /// It is moved to this folder.
    MoveTo(String),
}

/// An inbox elsewhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchAccount {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: FetchTls,
    /// The user.
    pub user: String,
    /// How the account is opened.
    pub login: AccountLogin,
    /// The folder that is read.
    pub folder: String,
    /// What happens to what was read.
    pub after: AfterFetch,
    /// Older mail stays where it is.
    pub since: Option<Date>,
    /// What the team sends elsewhere is read too.
    #[serde(default)]
    pub sent: Option<SentFolder>,
}

/// The folder with what the team sends from telephones and old mail programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFolder {
    /// Its name.
    pub folder: String,
    /// What was sent before this day belongs to the past.
    pub since: Date,
    /// Whether a mail to somebody new opens a ticket.
    pub opens_tickets: bool,
}

impl std::fmt::Debug for FetchAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "FetchAccount({}:{}, {})",
            self.host, self.port, self.folder
        )
    }
}

/// The name of the setting that holds the account of a mailbox.
fn name_of(mailbox: MailboxId) -> String {
    format!("fetch.{mailbox}")
}

const fn known(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: true,
    }
}

/// The account of a mailbox, with its password.
pub(crate) fn account_behind(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<Option<FetchAccount>, DeskError> {
    let kept = value(tx, cx, &known(&name_of(mailbox)))?;
    if kept.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&kept)
        .map(Some)
        .map_err(|error| DeskError::Internal(format!("the account of a mailbox: {error}")))
}

/// Whether a mail that the team sent elsewhere to somebody new opens a ticket.
pub(crate) fn sent_opens_tickets(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<bool, DeskError> {
    let account = account_behind(tx, cx, mailbox)?;
    let sent = account.and_then(|account| account.sent);
    Ok(sent.is_some_and(|sent| sent.opens_tickets))
}

/// The day that it is now where most of a day's mail was sent; a few hours more do no harm.
fn today(cx: &Cx) -> Date {
    cx.now().to_zoned(TimeZone::UTC).date()
}

/// What somebody enters about an account.
#[derive(Clone)]
pub struct FetchAccountFields {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: FetchTls,
    /// The user.
    pub user: String,
    /// How the account is opened.
    pub login: AccountLoginField,
    /// The folder that is read.
    pub folder: String,
    /// What happens to what was read.
    pub after: AfterFetch,
    /// Older mail stays where it is.
    pub since: Option<Date>,
    /// The folder with what is sent elsewhere, and whether a mail to somebody new opens a ticket;
    /// `None` where it is not read.
    pub sent: Option<(String, bool)>,
}

impl FetchAccountFields {
    /// The account that they describe, given the one before.
    fn checked(
        &self,
        today: Date,
        before: Option<&FetchAccount>,
    ) -> Result<FetchAccount, DeskError> {
        let mut check = Check::default();
        let host = self.host.trim().to_lowercase();
        let words = "this is no server name, such as imap.example.org";
        check.host(&host, false, words);
        check.port(self.port);
        let user = check.name("user", &self.user);
        check.name("folder", &self.folder);
        if let AfterFetch::MoveTo(folder) = &self.after {
            check.name("move_to", folder);
        }
        let before_login = before.map(|old| ((old.host.as_str(), old.user.as_str()), &old.login));
        let login = self.login.clone();
        let login = login.checked((&host, &user), before_login, &mut check);
        let sent = self.sent_folder(today, before, &mut check);
        check.done()?;
        Ok(FetchAccount {
            sent,
            host,
            port: self.port,
            tls: self.tls,
            user,
            login,
            folder: self.folder.trim().to_owned(),
            after: self.after.clone(),
            since: self.since,
        })
    }
}

impl FetchAccountFields {
    /// A folder that was read before keeps its first day.
    fn sent_folder(
        &self,
        today: Date,
        before: Option<&FetchAccount>,
        check: &mut Check,
    ) -> Option<SentFolder> {
        let (folder, opens_tickets) = self.sent.as_ref()?;
        let folder = check.name("sent_folder", folder);
        if folder == self.folder.trim() {
            let words = "choose another folder than the one in which mail arrives";
            check.refuse("sent_folder", "error-sent-is-inbox", words);
        }
        let known = before.and_then(|before| before.sent.as_ref());
        let since = known
            .filter(|known| known.folder == folder)
            .map_or(today, |known| known.since);
        Some(SentFolder {
            folder,
            since,
            opens_tickets: *opens_tickets,
        })
    }
}

/// The account that somebody is about to set, to be looked at first.
pub(super) struct Candidate {
    pub(super) mailbox: MailboxId,
    pub(super) fields: FetchAccountFields,
}

impl Query for Candidate {
    type Output = FetchAccount;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<FetchAccount, DeskError> {
        let (account, _) = checked(tx, cx, self.mailbox, &self.fields)?;
        Ok(account)
    }
}

/// The account that somebody may set, and the one before.
fn checked(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
    fields: &FetchAccountFields,
) -> Result<(FetchAccount, Option<FetchAccount>), DeskError> {
    cx.may_at_all(Permission::ManageMailboxes)?;
    tx.mailbox(mailbox)?.ok_or(DeskError::NotFound("mailbox"))?;
    let before = account_behind(tx, cx, mailbox)?;
    let account = fields.checked(today(cx), before.as_ref())?;
    let server = server_of_sign_in(tx, cx, mailbox)?;
    account
        .login
        .check_server(&account.host, server.as_deref())?;
    Ok((account, before))
}

/// Lets a mailbox fetch from an inbox elsewhere.
#[derive(Clone)]
pub struct SetFetching {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// The account.
    pub fields: FetchAccountFields,
}

impl Verb for SetFetching {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let (account, before) = checked(tx, cx, self.mailbox, &self.fields)?;
        let inbox = |own: &FetchAccount| (own.host.clone(), own.user.clone(), own.folder.clone());
        if before.as_ref().map(inbox) != Some(inbox(&account)) {
            tx.forget_fetch_place(self.mailbox, FetchFolder::Inbox)?;
            // Its numbers would name other mails in another inbox.
            tx.forget_past_mail(self.mailbox)?;
        }
        let sent = |own: &FetchAccount| {
            let folder = own.sent.as_ref().map(|sent| sent.folder.clone());
            (own.host.clone(), own.user.clone(), folder)
        };
        if before.as_ref().map(sent) != Some(sent(&account)) {
            tx.forget_fetch_place(self.mailbox, FetchFolder::Sent)?;
            tx.forget_past_mail(self.mailbox)?;
        }
        let text = serde_json::to_string(&account)
            .map_err(|error| DeskError::Internal(error.to_string()))?;
        keep(tx, cx, &known(&name_of(self.mailbox)), &text)
    }
}

/// Fetches nothing for a mailbox any more. The mails that came stay.
#[derive(Debug, Clone, Copy)]
pub struct StopFetching {
    /// Which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for StopFetching {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        tx.forget_fetch_place(self.mailbox, FetchFolder::Inbox)?;
        tx.forget_fetch_place(self.mailbox, FetchFolder::Sent)?;
        tx.forget_past_mail(self.mailbox)?;
        keep(tx, cx, &known(&name_of(self.mailbox)), "")
    }
}

/// The account behind a mailbox, for its settings page.
#[derive(Debug, Clone, Copy)]
pub struct Fetching {
    /// Which mailbox.
    pub mailbox: MailboxId,
}

/// An account and how fetching goes.
#[derive(Debug, Clone)]
pub struct FetchingState {
    /// The account; its password is for nobody's eyes.
    pub account: FetchAccount,
    /// How far it was read.
    pub place: FetchPlace,
    /// How far the folder of sent mail was read.
    pub sent_place: FetchPlace,
}

impl Query for Fetching {
    type Output = Option<FetchingState>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let Some(account) = account_behind(tx, cx, self.mailbox)? else {
            return Ok(None);
        };
        Ok(Some(FetchingState {
            account,
            place: tx.fetch_place(self.mailbox, FetchFolder::Inbox)?,
            sent_place: tx.fetch_place(self.mailbox, FetchFolder::Sent)?,
        }))
    }
}

/// Every account of a mailbox in use, for whoever fetches. Only the desk itself may ask.
#[derive(Debug, Clone, Copy)]
pub struct AllFetching;

impl Query for AllFetching {
    type Output = Vec<(MailboxId, String, FetchAccount)>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let mut found = Vec::new();
        for mailbox in tx.mailboxes()?.into_iter().filter(|own| own.active) {
            if let Some(account) = account_behind(tx, cx, mailbox.id)? {
                found.push((mailbox.id, mailbox.address.as_str().to_owned(), account));
            }
        }
        Ok(found)
    }
}
