//! Signed notes (C2SP signed-note) with Ed25519.
//!
//! Owns: keys with their names and ids, signing a text, finding and checking a signature on it.
//! Must not know: what the text says, where the secret key is kept.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use sha2::{Digest, Sha256};

/// The signature type byte of plain Ed25519.
const ED25519: u8 = 1;
/// Signature lines begin with an em dash and a space.
const SIGNATURE_START: &str = "\u{2014} ";
/// More signatures than any log needs; a longer note is refused unread.
const MAX_SIGNATURES: usize = 100;

/// Why a note or a key was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A key name is empty or holds a space, a plus sign or a control character.
    #[error("a key name must not be empty or contain spaces, plus signs or control characters")]
    BadName,
    /// The text of a verifier key is not `name+id+key`.
    #[error("the verifier key is not of the form name+id+key")]
    BadKey,
    /// The id inside a verifier key does not follow from its name and key.
    #[error("the verifier key's id does not match its name and key")]
    WrongKeyId,
    /// The text to sign lacks its last line end or holds control characters.
    #[error("a note's text must end with a line end and contain no control characters")]
    BadText,
    /// The bytes are no signed note.
    #[error("not a signed note")]
    Malformed,
    /// No signature line carries the expected key's name and id.
    #[error("the note carries no signature by the expected key")]
    Unsigned,
    /// A signature of the expected key is there and does not fit the text.
    #[error("the signature does not fit the text")]
    WrongSignature,
}

/// A named Ed25519 key that signs notes. Its `Debug` shows no secret.
pub struct SigningKey {
    key: ed25519_dalek::SigningKey,
    public: VerifyingKey,
}

/// The public half of a [`SigningKey`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    name: String,
    id: [u8; 4],
    key: ed25519_dalek::VerifyingKey,
}

impl SigningKey {
    /// A key from its 32 secret bytes; for a log the name is the log's origin.
    pub fn from_bytes(name: &str, secret: &[u8; 32]) -> Result<Self, NoteError> {
        let key = ed25519_dalek::SigningKey::from_bytes(secret);
        let public = VerifyingKey::new(name, key.verifying_key())?;
        Ok(Self { key, public })
    }

    /// The half that may be published.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    /// The text with an empty line and this key's signature line after it.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        if !is_note_text(text) {
            return Err(NoteError::BadText);
        }
        let mut signature = self.public.id.to_vec();
        signature.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        let (name, encoded) = (&self.public.name, STANDARD.encode(signature));
        Ok(format!("{text}\n{SIGNATURE_START}{name} {encoded}\n"))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public)
    }
}

impl VerifyingKey {
    fn new(name: &str, key: ed25519_dalek::VerifyingKey) -> Result<Self, NoteError> {
        if name.is_empty()
            || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
        {
            return Err(NoteError::BadName);
        }
        let digest = Sha256::new()
            .chain_update(name)
            .chain_update([b'\n', ED25519])
            .chain_update(key.as_bytes())
            .finalize();
        let id = [digest[0], digest[1], digest[2], digest[3]];
        Ok(Self {
            name: name.to_owned(),
            id,
            key,
        })
    }

    /// Reads `name+id+key`, the form in which logs publish their keys.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::BadKey);
        };
        let decoded = STANDARD.decode(key).map_err(|_| NoteError::BadKey)?;
        let bytes = match decoded.split_first() {
            Some((&ED25519, bytes)) => bytes.try_into().map_err(|_| NoteError::BadKey)?,
            _ => return Err(NoteError::BadKey),
        };
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| NoteError::BadKey)?;
        let parsed = Self::new(name, key)?;
        if id != parsed.id_hex() {
            return Err(NoteError::WrongKeyId);
        }
        Ok(parsed)
    }

    /// The name the key signs under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a note on which this key's signature holds.
    ///
    /// Signatures by other keys are passed over, as witnesses may add theirs.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let (text, signatures) = split_note(note)?;
        let mut signed = false;
        for line in signatures.lines() {
            let (name, signature) = parse_signature(line)?;
            let Some(signature) = signature.strip_prefix(&self.id) else {
                continue;
            };
            if name != self.name {
                continue;
            }
            let signature = ed25519_dalek::Signature::from_slice(signature)
                .map_err(|_| NoteError::WrongSignature)?;
            self.key
                .verify_strict(text.as_bytes(), &signature)
                .map_err(|_| NoteError::WrongSignature)?;
            signed = true;
        }
        if signed {
            Ok(text)
        } else {
            Err(NoteError::Unsigned)
        }
    }

    fn id_hex(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id))
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed = vec![ED25519];
        typed.extend_from_slice(self.key.as_bytes());
        write!(
            f,
            "{}+{}+{}",
            self.name,
            self.id_hex(),
            STANDARD.encode(typed)
        )
    }
}

fn is_note_text(text: &str) -> bool {
    text.ends_with('\n') && !text.contains(|c: char| c < ' ' && c != '\n')
}

/// The text and the block of signature lines: the last empty line divides them.
fn split_note(note: &str) -> Result<(&str, &str), NoteError> {
    let middle = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (text, signatures) = (&note[..=middle], &note[middle + 2..]);
    let count = signatures.lines().count();
    if !is_note_text(note) || signatures.is_empty() || count > MAX_SIGNATURES {
        return Err(NoteError::Malformed);
    }
    Ok((text, signatures))
}

fn parse_signature(line: &str) -> Result<(&str, Vec<u8>), NoteError> {
    let (name, encoded) = line
        .strip_prefix(SIGNATURE_START)
        .and_then(|rest| rest.split_once(' '))
        .ok_or(NoteError::Malformed)?;
    let signature = STANDARD.decode(encoded).map_err(|_| NoteError::Malformed)?;
    if name.is_empty() || signature.len() < 5 {
        return Err(NoteError::Malformed);
    }
    Ok((name, signature))
}
