//! Mails that hold a link for one person: an invitation, a forgotten password.
//!
//! Owns: their sentences in English and German, and where their links lead. Must not know: how mail
//! is carried. The links are never shown to other staff.

use crate::auth::Secret;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::outbox::{SecretMail, queue_secret_mail};
use candor_domain::mailbox::Brand;
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

struct Sentences {
    subject: &'static str,
    body: &'static str,
}

const INVITATION_EN: Sentences = Sentences {
    subject: "Your access to the desk of {brand}",
    body: "Hello {name},\n\nyou have been invited to the customer desk of {brand}. Choose a \
           password here; the link works once, within three days:\n\n{link}\n\nIf you did not \
           expect this, you need not do anything.\n",
};
const INVITATION_DE: Sentences = Sentences {
    subject: "Ihr Zugang zum Kundendienst von {brand}",
    body: "Guten Tag {name},\n\nSie wurden zum Kundendienst von {brand} eingeladen. Hier wählen \
           Sie ein Passwort; der Link gilt einmal, drei Tage lang:\n\n{link}\n\nFalls Sie das \
           nicht erwartet haben, brauchen Sie nichts zu tun.\n",
};
const RESET_EN: Sentences = Sentences {
    subject: "A new password for the desk of {brand}",
    body: "Hello {name},\n\nsomebody asked for a new password for your access to the desk of \
           {brand}. If it was you, choose one here; the link works once, within an \
           hour:\n\n{link}\n\nIf it was not you, nothing has changed and you need not do \
           anything.\n",
};
const RESET_DE: Sentences = Sentences {
    subject: "Ein neues Passwort für den Kundendienst von {brand}",
    body: "Guten Tag {name},\n\nfür Ihren Zugang zum Kundendienst von {brand} wurde ein neues \
           Passwort angefordert. Wenn Sie das waren, wählen Sie es hier; der Link gilt einmal, \
           eine Stunde lang:\n\n{link}\n\nWenn nicht, ist nichts geändert und Sie brauchen nichts \
           zu tun.\n",
};

impl Letter {
    /// Where the link leads.
    pub(crate) fn link(self, cx: &Cx, secret: &Secret) -> String {
        let path = match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        };
        format!("{}/{path}/{}", cx.public_url(), secret.text())
    }

    fn sentences(self, language: &str) -> &'static Sentences {
        match (self, language.starts_with("de")) {
            (Self::Invitation, false) => &INVITATION_EN,
            (Self::Invitation, true) => &INVITATION_DE,
            (Self::Reset, false) => &RESET_EN,
            (Self::Reset, true) => &RESET_DE,
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
    let sentences = letter.sentences(language);
    let link = letter.link(cx, secret);
    let purpose = match letter {
        Letter::Invitation => "invitation",
        Letter::Reset => "reset",
    };
    let mail = SecretMail {
        purpose,
        from: &mailbox.address,
        to: &person.email,
        subject: &filled(sentences.subject, person, &brand, &link),
        body: &filled(sentences.body, person, &brand, &link),
    };
    queue_secret_mail(tx, cx, &mail)?;
    Ok(())
}

/// Fills the blanks one after the other, so that a name that looks like a blank stays a name.
fn filled(sentence: &str, person: &Person, brand: &Brand, link: &str) -> String {
    let mut text = String::with_capacity(sentence.len() + link.len());
    let mut rest = sentence;
    while let Some((before, blank)) = rest.split_once('{') {
        let (word, after) = blank.split_once('}').unwrap_or((blank, ""));
        text.push_str(before);
        text.push_str(match word {
            "name" => &person.name,
            "brand" => &brand.name,
            _ => link,
        });
        rest = after;
    }
    text.push_str(rest);
    text
}
