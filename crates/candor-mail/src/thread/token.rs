//! Short signed tokens that survive being lower-cased and typed by hand.
//!
//! Owns: numbers -> base32 of (varints, 80-bit MAC) and back. Must not know: what the numbers are.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::ReplyKey;

/// What a token is for; one kind never passes as another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    ReplyAddress,
    MessageId,
    ReturnAddress,
    StaffAddress,
    StaffMessageId,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::ReplyAddress => b"candor reply address v1\0",
            Self::MessageId => b"candor message id v1\0",
            Self::ReturnAddress => b"candor return address v1\0",
            Self::StaffAddress => b"candor staff address v1\0",
            Self::StaffMessageId => b"candor staff message id v1\0",
        }
    }
}

/// 80 bits: a guess succeeds once in 10^24 tries, and every try is a mail.
const MAC_BYTES: usize = 10;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

pub(super) fn seal(purpose: Purpose, numbers: &[u64], key: &ReplyKey) -> String {
    let mut bytes = Vec::with_capacity(32);
    for &number in numbers {
        push_varint(&mut bytes, number);
    }
    let mac = mac(purpose, &bytes, key).finalize().into_bytes();
    bytes.extend_from_slice(&mac[..MAC_BYTES]);
    encode(&bytes)
}

/// The numbers of a genuine token. The MAC is compared in constant time.
pub(super) fn open<const N: usize>(
    purpose: Purpose,
    token: &str,
    key: &ReplyKey,
) -> Option<[u64; N]> {
    let bytes = decode(token)?;
    let (payload, tag) = bytes.split_at_checked(bytes.len().checked_sub(MAC_BYTES)?)?;
    mac(purpose, payload, key).verify_truncated_left(tag).ok()?;
    let mut numbers = [0; N];
    let mut rest = payload;
    for number in &mut numbers {
        (*number, rest) = take_varint(rest)?;
    }
    rest.is_empty().then_some(numbers)
}

fn mac(purpose: Purpose, payload: &[u8], key: &ReplyKey) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes a key of any length");
    mac.update(purpose.label());
    mac.update(payload);
    mac
}

fn push_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take_varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (index, &byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[index + 1..]));
        }
    }
    None
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut buffer, mut bits) = (0_u32, 0);
    for &byte in bytes {
        buffer = (buffer << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(buffer >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(buffer << (5 - bits)) as usize & 31]));
    }
    text
}

/// Either case; `None` for anything that [`encode`] would not have written, so that one reference
/// has one token.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        buffer = (buffer << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    let rest_is_zero = buffer & ((1 << bits) - 1) == 0;
    (bits < 5 && rest_is_zero).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_sealed_opens(a in 0..=i64::MAX as u64, b in 0..1_000_u64, secret: [u8; 32]) {
            let key = ReplyKey::new(secret);
            let token = seal(Purpose::ReplyAddress, &[a, b], &key);
            prop_assert_eq!(open(Purpose::ReplyAddress, &token, &key), Some([a, b]));
            prop_assert_eq!(open(Purpose::ReplyAddress, &token.to_uppercase(), &key), Some([a, b]));
            prop_assert_eq!(open::<2>(Purpose::MessageId, &token, &key), None);
        }

        #[test]
        fn one_changed_character_spoils_a_token(at in 0_usize..30, letter in "[a-z2-7]") {
            let key = ReplyKey::new([7; 32]);
            let token = seal(Purpose::ReplyAddress, &[4182, 9001], &key);
            let at = at % token.len();
            let mut changed = token.clone();
            changed.replace_range(at..=at, &letter);
            prop_assume!(changed != token);
            prop_assert_eq!(open::<2>(Purpose::ReplyAddress, &changed, &key), None);
        }

        #[test]
        fn arbitrary_text_is_no_token(text in "\\PC*") {
            prop_assert_eq!(open::<2>(Purpose::MessageId, &text, &ReplyKey::new([1; 32])), None);
        }
    }
}
