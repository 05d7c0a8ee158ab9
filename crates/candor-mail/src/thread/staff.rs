//! By which a member of the team answers a mail that told of a ticket.
//!
//! Owns: addresses and Message-IDs signed for one person, one ticket and what they were shown. Must
//! not know: whether that person may answer. Neither passes as a customer's, nor a customer's as one
//! of these.

use super::token::{self, Purpose};
use super::{ReplyKey, id, message_id, with_token};
use crate::{IncomingMessage, MessageId};
use candor_domain::address::EmailAddress;
use candor_domain::id::{MessageId as MessageRow, PersonId, TicketId};

/// Where somebody of the team answers, proven by a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StaffRef {
    /// The ticket.
    pub ticket: TicketId,
    /// Whose answer it is.
    pub person: PersonId,
    /// The newest message that they were shown; 0 for none.
    pub seen: MessageRow,
}

impl StaffRef {
    fn numbers(self) -> [u64; 3] {
        [id(self.ticket.0), id(self.person.0), id(self.seen.0)]
    }

    fn of([ticket, person, seen]: [u64; 3]) -> Option<Self> {
        Some(Self {
            ticket: TicketId(i64::try_from(ticket).ok()?),
            person: PersonId(i64::try_from(person).ok()?),
            seen: MessageRow(i64::try_from(seen).ok()?),
        })
    }
}

/// The address to which one person answers in one ticket: `help+TOKEN@shop.example`. Where the token
/// does not fit, the plain address is returned; the Message-ID still leads back.
pub fn staff_address(mailbox: &EmailAddress, to: StaffRef, key: &ReplyKey) -> EmailAddress {
    let token = token::seal(Purpose::StaffAddress, &to.numbers(), key);
    with_token(mailbox, &token)
}

/// Reads such an address; `None` when the signature is missing or wrong.
pub fn open_staff_address(address: &EmailAddress, key: &ReplyKey) -> Option<StaffRef> {
    let (_, token) = address.local_part().rsplit_once('+')?;
    StaffRef::of(token::open(Purpose::StaffAddress, token, key)?)
}

/// The Message-ID of a mail that tells one person of one ticket: `s.TOKEN.SEQUENCE@host`.
pub fn staff_message_id(to: StaffRef, sequence: u64, host: &str, key: &ReplyKey) -> MessageId {
    let [ticket, person, seen] = to.numbers();
    let numbers = [ticket, person, seen, sequence];
    let token = token::seal(Purpose::StaffMessageId, &numbers, key);
    message_id("s", &token, sequence, host)
}

/// Reads such a Message-ID; `None` when the signature is missing or wrong.
pub fn open_staff_message_id(message_id: &MessageId, key: &ReplyKey) -> Option<StaffRef> {
    let (local, _) = message_id.as_str().split_once('@')?;
    let (token, sequence) = local
        .strip_prefix("s.")
        .or_else(|| local.strip_prefix("S."))?
        .split_once('.')?;
    let [ticket, person, seen, signed] = token::open(Purpose::StaffMessageId, token, key)?;
    if sequence.parse() != Ok(signed) {
        return None;
    }
    StaffRef::of([ticket, person, seen])
}

/// Whose answer a mail wants to be: by the addresses that it went to, and by what it answers.
/// Earlier mails of the thread say nothing: whoever passes one on does not answer it.
pub fn staff_references(
    message: &IncomingMessage,
    delivered_to: &[EmailAddress],
    key: &ReplyKey,
) -> (Option<StaffRef>, Option<StaffRef>) {
    let named = message.to.iter().chain(&message.cc).map(|to| &to.address);
    let by_address = delivered_to
        .iter()
        .chain(named)
        .find_map(|address| open_staff_address(address, key));
    let mut answered = message.in_reply_to.iter();
    let by_id = answered.find_map(|id| open_staff_message_id(id, key));
    (by_address, by_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SentRef, TicketRef, open_message_id, open_reply_address, outgoing_message_id};
    use candor_domain::id::ConversationId;

    const TO: StaffRef = StaffRef {
        ticket: TicketId(4182),
        person: PersonId(7),
        seen: MessageRow(90_001),
    };

    #[test]
    fn an_answer_finds_its_person_and_its_ticket() {
        let key = ReplyKey::new([42; 32]);
        let help = EmailAddress::parse("help@shop.example").unwrap();
        let address = staff_address(&help, TO, &key);
        assert!(address.as_str().starts_with("help+"), "{address}");
        assert_eq!(open_staff_address(&address, &key), Some(TO));
        let id = staff_message_id(TO, 12, "shop.example", &key);
        assert_eq!(open_staff_message_id(&id, &key), Some(TO));
        let other = ReplyKey::new([1; 32]);
        assert_eq!(open_staff_address(&address, &other), None);
        assert_eq!(open_staff_message_id(&id, &other), None);
    }

    #[test]
    fn no_kind_of_token_passes_as_another() {
        let key = ReplyKey::new([42; 32]);
        let help = EmailAddress::parse("help@shop.example").unwrap();
        let staff = staff_address(&help, TO, &key);
        assert_eq!(open_reply_address(&staff, &key), None);
        let reference = TicketRef {
            ticket: TO.ticket,
            conversation: ConversationId(1),
        };
        let customers = crate::reply_address(&help, reference, &key);
        assert_eq!(open_staff_address(&customers, &key), None);
        let told = staff_message_id(TO, 12, "shop.example", &key);
        let as_reply = told.as_str().replacen("s.", "t.", 1);
        let as_reply = MessageId::parse(&as_reply).unwrap();
        assert_eq!(open_message_id(&as_reply, &key), None);
        let sent = SentRef {
            reference,
            sequence: 12,
        };
        let reply = outgoing_message_id(sent, "shop.example", &key);
        let as_told = reply.as_str().replacen("t.", "s.", 1);
        let as_told = MessageId::parse(&as_told).unwrap();
        assert_eq!(open_staff_message_id(&as_told, &key), None);
    }
}
