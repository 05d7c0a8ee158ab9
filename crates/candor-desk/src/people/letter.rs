//! Mails that hold a link for one person: an invitation, a forgotten password.
//!
//! Owns: to whom they go and where their links lead. Must not know: what they say in any language,
//! how mail is carried. The links are never shown to other staff.

use crate::auth::Secret;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::outbox::{LetterTexts, MailTexts, SecretMail, filled, queue_secret_mail};
use candor_domain::people::Person;
use candor_store::Tx;

/// The two kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letter {
    /// Welcome, choose a password.
    Invitation,
    /// Choose another password.
    Reset,
}

impl Letter {
    /// Where the link leads.
    pub(crate) fn link(self, cx: &Cx, secret: &Secret) -> String {
        let path = match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        };
        format!("{}/{path}/{}", cx.public_url(), secret.text())
    }

    fn texts(self, texts: &MailTexts) -> &LetterTexts {
        match self {
            Self::Invitation => &texts.invitation,
            Self::Reset => &texts.reset,
        }
    }
}

/// Queues the mail in the transaction of the change. Without a mailbox to send from nothing goes
/// out; the link can still be made by hand.
pub(crate) fn send_letter(
    tx: &mut Tx<'_>,
    cx: &Cx,
    letter: Letter,
    person: &Person,
    secret: &Secret,
) -> Result<(), DeskError> {
    let Some(mailbox) = tx.mailboxes()?.into_iter().find(|mailbox| mailbox.active) else {
        tracing::warn!("no mailbox is active: a link for a person of the team was not mailed");
        return Ok(());
    };
    let brand = tx
        .brand(mailbox.brand)?
        .ok_or(DeskError::NotFound("brand"))?;
    let language = person.language.as_deref().unwrap_or(&brand.language);
    let texts = letter.texts(cx.texts().for_language(language));
    let link = letter.link(cx, secret);
    let values = [
        ("name", person.name.as_str()),
        ("brand", brand.name.as_str()),
        ("link", link.as_str()),
    ];
    let purpose = match letter {
        Letter::Invitation => "invitation",
        Letter::Reset => "reset",
    };
    let mail = SecretMail {
        purpose,
        from: &mailbox.address,
        to: &person.email,
        subject: &filled(&texts.subject, &values),
        body: &filled(&texts.body, &values),
    };
    queue_secret_mail(tx, cx, &mail)?;
    Ok(())
}
