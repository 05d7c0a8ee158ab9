//! Telling by another way.
//!
//! Owns: the mail to those whom the settings name, from which account it leaves, and what is told
//! to an address on the web. Must not know: when an alarm begins.

use super::settings::settings_of;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::fetch::only_the_desk;
use crate::outbox::{
    ALARM_MAIL, LetterTexts, SecretMail, date_in_words, filled, queue_secret_mail,
};
use crate::send_account::send_account;
use candor_domain::address::EmailAddress;
use candor_domain::id::MailboxId;
use candor_domain::mailbox::Mailbox;
use candor_store::Tx;
use candor_store::mail_watch::MailWatch;
use serde_json::{Value, json};

/// The words for what an address on the web is still to be told.
const BEGAN: &str = "began";
const ENDED: &str = "ended";

/// Tells that no mail comes.
pub(super) fn began(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: &Mailbox,
    watch: &mut MailWatch,
) -> Result<(), DeskError> {
    BEGAN.clone_into(&mut watch.hook);
    send(tx, cx, mailbox, watch)
}

/// Tells that mail flows again.
pub(super) fn ended(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: &Mailbox,
    watch: &mut MailWatch,
) -> Result<(), DeskError> {
    ENDED.clone_into(&mut watch.hook);
    send(tx, cx, mailbox, watch)
}

fn send(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: &Mailbox,
    watch: &mut MailWatch,
) -> Result<(), DeskError> {
    let settings = settings_of(tx, cx, mailbox.id)?;
    if settings.hook.is_empty() {
        watch.hook.clear();
    }
    if settings.addresses.is_empty() {
        return Ok(());
    }
    let brand = tx.brand(mailbox.brand)?;
    let brand = brand.ok_or(DeskError::NotFound("brand"))?;
    let texts = cx.texts().for_language(&brand.language);
    let letter: &LetterTexts = match watch.alarm.as_str() {
        "" => &texts.mail_flows,
        "fetch" => &texts.mail_unread,
        _ => &texts.mail_silent,
    };
    let since = date_in_words(watch.since, &brand.zone, &brand.language);
    let usual = ((watch.usual + 500) / 1000).to_string();
    let link = format!(
        "{}/settings/mailboxes/{}/watch",
        cx.public_url(),
        mailbox.id
    );
    let values = [
        ("name", mailbox.address.as_str()),
        ("brand", brand.name.as_str()),
        ("link", link.as_str()),
        ("words", since.as_str()),
        ("number", usual.as_str()),
    ];
    let from = sender(tx, cx, mailbox)?;
    for address in &settings.addresses {
        let Ok(to) = EmailAddress::parse(address) else {
            continue;
        };
        let mail = SecretMail {
            purpose: ALARM_MAIL,
            from: &from,
            to: &to,
            subject: &filled(&letter.subject, &values),
            body: &filled(&letter.body, &values),
        };
        queue_secret_mail(tx, cx, &mail)?;
    }
    Ok(())
}

/// The mailbox that sends it: another one with an account of its own; otherwise this one, whose
/// alarms leave by the desk's server and not by its account.
fn sender(tx: &mut Tx<'_>, cx: &Cx, about: &Mailbox) -> Result<EmailAddress, DeskError> {
    for mailbox in tx.mailboxes()? {
        let is_other = mailbox.active && mailbox.id != about.id;
        if is_other && send_account(tx, cx, mailbox.id)?.is_some() {
            return Ok(mailbox.address);
        }
    }
    Ok(about.address.clone())
}

/// Something that an address on the web is still to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Hook {
    /// About which mailbox.
    pub mailbox: MailboxId,
    /// Whom to tell.
    pub url: String,
    /// What, as JSON.
    pub body: Value,
    /// The word by which [`HookTold`] knows it.
    pub what: String,
}

/// What is to be told to addresses on the web. Only the desk itself may ask.
#[derive(Debug, Clone, Copy)]
pub struct HooksToTell;

impl Query for HooksToTell {
    type Output = Vec<Hook>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let mut hooks = Vec::new();
        for watch in tx.mail_watches()? {
            if watch.hook.is_empty() {
                continue;
            }
            let url = settings_of(tx, cx, watch.mailbox)?.hook;
            let mailbox = tx.mailbox(watch.mailbox)?;
            if let (Some(mailbox), false) = (mailbox, url.is_empty()) {
                hooks.push(Hook {
                    mailbox: mailbox.id,
                    url,
                    body: body_of(&mailbox, &watch),
                    what: watch.hook,
                });
            }
        }
        Ok(hooks)
    }
}

fn body_of(mailbox: &Mailbox, watch: &MailWatch) -> Value {
    if watch.hook == ENDED {
        return json!({ "type": "mail.flows_again", "mailbox": mailbox.address.as_str() });
    }
    json!({
        "type": "mail.flow_stopped",
        "mailbox": mailbox.address.as_str(),
        "reason": watch.alarm,
        "since": watch.since,
        "usual": (watch.usual + 500) / 1000,
    })
}

/// An address on the web was told.
#[derive(Debug, Clone)]
pub struct HookTold {
    /// About which mailbox.
    pub mailbox: MailboxId,
    /// What it was told; something newer stays to be told.
    pub what: String,
}

impl Verb for HookTold {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        if let Some(mut watch) = tx.mail_watch(self.mailbox)?
            && watch.hook == self.what
        {
            watch.hook.clear();
            tx.keep_mail_watch(&watch)?;
        }
        Ok(())
    }
}
