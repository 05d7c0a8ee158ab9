//! Which ticket a mail answers.
//!
//! Owns: signed reply addresses, signed Message-IDs and the order in which they are believed.
//! Must not know: which tickets exist. A number in a subject proves nothing and is never read.

mod staff;
mod token;

pub use staff::{
    StaffRef, open_staff_address, open_staff_message_id, staff_address, staff_message_id,
    staff_references,
};

use candor_domain::address::EmailAddress;
use candor_domain::id::{ConversationId, TicketId};

use crate::{IncomingMessage, MessageId};
use token::Purpose;

/// The secret under which reply addresses and Message-IDs are signed.
#[derive(Clone)]
pub struct ReplyKey([u8; 32]);

/// A place for an answer, proven by a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketRef {
    /// The ticket.
    pub ticket: TicketId,
    /// The conversation inside it.
    pub conversation: ConversationId,
}

/// One mail of ours, proven by a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentRef {
    /// Where it belongs.
    pub reference: TicketRef,
    /// The number that the caller gave it, such as its message id or outbox id.
    pub sequence: u64,
}

/// A hint where a mail belongs; the first that leads to a ticket counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Candidate {
    /// It was sent to an address that only a participant can know.
    ReplyAddress(TicketRef),
    /// It answers a mail of ours.
    OurMessage(SentRef),
    /// It answers somebody else's mail, which may be one that we have stored.
    Foreign(MessageId),
}

impl ReplyKey {
    /// Takes 32 random bytes that lie outside the database.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }
}

impl std::fmt::Debug for ReplyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplyKey(secret)")
    }
}

/// Longest part before the `@` (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL_PART: usize = 64;

/// The address that answers go to: `help+TOKEN@shop.example`.
///
/// Where the token does not fit into the 64 bytes before the `@`, the plain address is returned;
/// threading by Message-ID still works.
pub fn reply_address(mailbox: &EmailAddress, to: TicketRef, key: &ReplyKey) -> EmailAddress {
    let numbers = [id(to.ticket.0), id(to.conversation.0)];
    with_token(mailbox, &token::seal(Purpose::ReplyAddress, &numbers, key))
}

/// The address that reports about one mail of ours go to: `help+TOKEN@shop.example`. `mail` is the
/// number that the caller gave it. Where the token does not fit, the plain address is returned.
pub fn return_address(mailbox: &EmailAddress, mail: u64, key: &ReplyKey) -> EmailAddress {
    with_token(mailbox, &token::seal(Purpose::ReturnAddress, &[mail], key))
}

/// The number of the mail whose reports go to an address; `None` when the signature is missing or
/// wrong.
pub fn open_return_address(address: &EmailAddress, key: &ReplyKey) -> Option<u64> {
    let (_, token) = address.local_part().rsplit_once('+')?;
    let [mail] = token::open(Purpose::ReturnAddress, token, key)?;
    Some(mail)
}

fn with_token(mailbox: &EmailAddress, token: &str) -> EmailAddress {
    let local = mailbox.local_part();
    if local.len() + 1 + token.len() > MAX_LOCAL_PART {
        return mailbox.clone();
    }
    EmailAddress::parse(&format!("{local}+{token}@{}", mailbox.domain()))
        .unwrap_or_else(|_| mailbox.clone())
}

/// Reads a reply address of ours; `None` when the signature is missing or wrong.
pub fn open_reply_address(address: &EmailAddress, key: &ReplyKey) -> Option<TicketRef> {
    let (_, token) = address.local_part().rsplit_once('+')?;
    let [ticket, conversation] = token::open(Purpose::ReplyAddress, token, key)?;
    ticket_ref(ticket, conversation)
}

/// The Message-ID of a mail of ours: `t.TOKEN.SEQUENCE@host`.
pub fn outgoing_message_id(sent: SentRef, host: &str, key: &ReplyKey) -> MessageId {
    let TicketRef {
        ticket,
        conversation,
    } = sent.reference;
    let numbers = [id(ticket.0), id(conversation.0), sent.sequence];
    let token = token::seal(Purpose::MessageId, &numbers, key);
    message_id("t", &token, sent.sequence, host)
}

/// `KIND.TOKEN.SEQUENCE@host`, with what a host name cannot hold left out.
fn message_id(kind: &str, token: &str, sequence: u64, host: &str) -> MessageId {
    let host: String = host
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .take(MAX_HOST)
        .collect();
    MessageId::parse(&format!("{kind}.{token}.{sequence}@{host}"))
        .expect("token, number and host hold no character that an id forbids")
}

/// Longest domain name in presentation form.
const MAX_HOST: usize = 253;

/// Reads a Message-ID of ours; `None` when the signature is missing or wrong.
pub fn open_message_id(message_id: &MessageId, key: &ReplyKey) -> Option<SentRef> {
    let (local, _) = message_id.as_str().split_once('@')?;
    let (token, sequence) = local
        .strip_prefix("t.")
        .or_else(|| local.strip_prefix("T."))?
        .split_once('.')?;
    let [ticket, conversation, signed] = token::open(Purpose::MessageId, token, key)?;
    if sequence.parse() != Ok(signed) {
        return None;
    }
    Some(SentRef {
        reference: ticket_ref(ticket, conversation)?,
        sequence: signed,
    })
}

/// Everything that says where a mail belongs, the surest first: signed reply addresses (envelope,
/// then `To` and `Cc`), our own signed Message-IDs, foreign Message-IDs; ids are taken from
/// `In-Reply-To`, then from `References`, newest first.
///
/// A candidate says where the mail wants to go. Whether its sender may write there is the
/// caller's question.
pub fn thread_candidates(
    message: &IncomingMessage,
    delivered_to: &[EmailAddress],
    key: &ReplyKey,
) -> Vec<Candidate> {
    let named = message.to.iter().chain(&message.cc).map(|to| &to.address);
    let by_address = delivered_to
        .iter()
        .chain(named)
        .filter_map(|address| open_reply_address(address, key))
        .map(Candidate::ReplyAddress);
    let ids: Vec<&MessageId> = message
        .in_reply_to
        .iter()
        .chain(message.references.iter().rev())
        .collect();
    let ours = ids
        .iter()
        .filter_map(|id| open_message_id(id, key))
        .map(Candidate::OurMessage);
    let foreign = ids
        .iter()
        .filter(|id| open_message_id(id, key).is_none())
        .map(|id| Candidate::Foreign((*id).clone()));
    let mut candidates = Vec::new();
    for candidate in by_address.chain(ours).chain(foreign) {
        if !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    }
    candidates
}

fn id(row: i64) -> u64 {
    u64::try_from(row).unwrap_or_default()
}

fn ticket_ref(ticket: u64, conversation: u64) -> Option<TicketRef> {
    Some(TicketRef {
        ticket: TicketId(i64::try_from(ticket).ok()?),
        conversation: ConversationId(i64::try_from(conversation).ok()?),
    })
}

#[cfg(test)]
mod tests;
