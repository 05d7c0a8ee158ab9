//! Signed and encrypted mail.
//!
//! Owns: recognising that a message is signed or encrypted, and how. Must not know: keys. Nothing
//! here says that a signature is valid: nobody checked it.

use crate::{Attachment, IncomingMessage};

/// How a message says it is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Protection {
    /// An S/MIME signature is there; it was not checked.
    SmimeSigned,
    /// Encrypted with S/MIME; it cannot be read here.
    SmimeEncrypted,
    /// An `OpenPGP` signature is there; it was not checked.
    PgpSigned,
    /// Encrypted with `OpenPGP`; it cannot be read here.
    PgpEncrypted,
}

impl Protection {
    /// A stable word for logs and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SmimeSigned => "smime_signed",
            Self::SmimeEncrypted => "smime_encrypted",
            Self::PgpSigned => "pgp_signed",
            Self::PgpEncrypted => "pgp_encrypted",
        }
    }

    /// What a part of this type is, when it is a signature beside its content.
    pub(crate) fn by_signature(kind: &str) -> Option<Self> {
        match kind {
            "application/pkcs7-signature" | "application/x-pkcs7-signature" => {
                Some(Self::SmimeSigned)
            }
            "application/pgp-signature" => Some(Self::PgpSigned),
            _ => None,
        }
    }
}

/// Object identifiers of CMS content in DER (RFC 5652, 14; RFC 5083, 2.1).
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// Each kind of protection once, in the order of [`Protection`]; `signatures` are those that lie
/// beside the signed content.
pub(crate) fn find(message: &IncomingMessage, signatures: Vec<Protection>) -> Vec<Protection> {
    let mut found = signatures;
    found.extend(message.attachments.iter().filter_map(of_part));
    found.extend(of_text(&message.text));
    let root = message
        .header("content-type")
        .unwrap_or_default()
        .to_lowercase();
    if root.starts_with("multipart/encrypted") && root.contains("pgp") {
        found.push(Protection::PgpEncrypted);
    }
    if root.contains("pkcs7-mime") && root.contains("enveloped") {
        found.retain(|one| *one != Protection::SmimeSigned);
        found.push(Protection::SmimeEncrypted);
    }
    found.sort();
    found.dedup();
    found
}

fn of_part(part: &Attachment) -> Option<Protection> {
    match part.declared_type.as_str() {
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => Some(of_cms(&part.content)),
        "application/pgp-encrypted" => Some(Protection::PgpEncrypted),
        kind => Protection::by_signature(kind),
    }
}

/// The type stands at the beginning of the structure.
fn of_cms(content: &[u8]) -> Protection {
    let head = &content[..content.len().min(32)];
    let signed = head
        .windows(SIGNED_DATA.len())
        .any(|bytes| bytes == SIGNED_DATA);
    if signed {
        Protection::SmimeSigned
    } else {
        Protection::SmimeEncrypted
    }
}

/// Armour in the text itself (RFC 9580, 6.2), at the start of a line.
fn of_text(text: &str) -> Option<Protection> {
    if !text.contains("-----BEGIN PGP ") {
        return None;
    }
    text.lines().find_map(|line| match line.trim_end() {
        "-----BEGIN PGP MESSAGE-----" => Some(Protection::PgpEncrypted),
        "-----BEGIN PGP SIGNED MESSAGE-----" => Some(Protection::PgpSigned),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn signed_and_encrypted_mail_is_labelled_and_kept() {
        let part = |kind: &str, body: &str| {
            format!(
                "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nHi\n--x\nContent-Type: {kind}\n\
                 Content-Transfer-Encoding: base64\n\n{body}\n--x--\n"
            )
        };
        // A sequence that begins with the identifier of signed data.
        let signed = "MIAGCSqGSIb3DQEHAqCAMIACAQE=";
        let enveloped = "MIAGCSqGSIb3DQEHA6CAMIACAQA=";
        for (mail, expected) in [
            (
                part("application/pkcs7-signature", signed),
                Protection::SmimeSigned,
            ),
            (
                part("application/x-pkcs7-mime", signed),
                Protection::SmimeSigned,
            ),
            (
                part("application/pkcs7-mime", enveloped),
                Protection::SmimeEncrypted,
            ),
            (
                part("application/pgp-signature", "YQ=="),
                Protection::PgpSigned,
            ),
            (
                part("application/pgp-encrypted", "YQ=="),
                Protection::PgpEncrypted,
            ),
            (
                "Subject: a\n\n-----BEGIN PGP MESSAGE-----\n\nabc".to_owned(),
                Protection::PgpEncrypted,
            ),
            (
                "Subject: a\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n".to_owned(),
                Protection::PgpSigned,
            ),
        ] {
            let message = parse(mail.as_bytes()).message;
            assert_eq!(message.protection, [expected], "{mail}");
        }
        let signed = parse(
            b"Content-Type: multipart/signed; boundary=x\n\n--x\n\nHi\n--x\nContent-Type: \
            application/pgp-signature; name=signature.asc\n\nabc\n--x--\n",
        );
        assert_eq!(signed.message.protection, [Protection::PgpSigned]);
        assert_eq!(signed.message.text, "Hi");
        assert!(signed.message.attachments.is_empty());
        let talk = "Subject: a\n\nWhat does -----BEGIN PGP MESSAGE----- mean?";
        assert!(parse(talk.as_bytes()).message.protection.is_empty());
    }
}
