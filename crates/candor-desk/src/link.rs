//! Links by which a customer opens one ticket without a login.
//!
//! Owns: the token in `PUBLIC_URL/help/r/TOKEN` and its signature. Must not know: the page behind
//! it. The token holds the ticket's link epoch: raising it makes every link sent before invalid.

use crate::cx::Keys;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use candor_domain::id::TicketId;
use candor_domain::ticket::Ticket;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Keeps a link's signature from passing as anything else that the same key signs.
const PURPOSE: &[u8] = b"candor customer link v1\0";
/// 128 bits: nobody guesses a link.
const MAC_BYTES: usize = 16;
const PAYLOAD_BYTES: usize = 16;

/// What a genuine link says. It is good only while `epoch` is the ticket's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkClaim {
    /// The one ticket that it opens.
    pub ticket: TicketId,
    /// The ticket's link epoch when the link was made.
    pub epoch: i64,
}

/// The token of the link that opens this ticket, as long as no link of it is revoked.
pub fn customer_link(keys: &Keys, ticket: &Ticket) -> String {
    let mut bytes = payload(ticket.id, ticket.link_epoch);
    let mac = sign(keys, &bytes).finalize().into_bytes();
    bytes.extend_from_slice(&mac[..MAC_BYTES]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The whole address of the customer's page.
pub fn customer_page(keys: &Keys, public_url: &str, ticket: &Ticket) -> String {
    format!("{public_url}/help/r/{}", customer_link(keys, ticket))
}

/// Reads a token; `None` unless the desk itself made it. The caller compares the epoch.
pub fn open_customer_link(keys: &Keys, token: &str) -> Option<LinkClaim> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (payload, tag) = bytes.split_at_checked(PAYLOAD_BYTES)?;
    if tag.len() != MAC_BYTES {
        return None;
    }
    sign(keys, payload).verify_truncated_left(tag).ok()?;
    let (ticket, epoch) = payload.split_first_chunk::<8>()?;
    Some(LinkClaim {
        ticket: TicketId(i64::from_be_bytes(*ticket)),
        epoch: i64::from_be_bytes(epoch.try_into().ok()?),
    })
}

fn payload(ticket: TicketId, epoch: i64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(PAYLOAD_BYTES + MAC_BYTES);
    bytes.extend_from_slice(&ticket.0.to_be_bytes());
    bytes.extend_from_slice(&epoch.to_be_bytes());
    bytes
}

fn sign(keys: &Keys, payload: &[u8]) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&keys.links).expect("HMAC takes a key of any length");
    mac.update(PURPOSE);
    mac.update(payload);
    mac
}
