//! Mail as a pure engine: bytes to message and back.
//!
//! Owns: reading what arrived ([`parse()`]), saying what kind of mail it is ([`judge`]), what its
//! writer added ([`trim()`]) and in which language ([`detect_language`]), making its HTML safe
//! ([`RawHtml::clean`]), saying which ticket it answers ([`thread_candidates`]), recognising a
//! redelivery ([`dedupe_digest`]) and writing what goes out ([`Outgoing::compose`]). Must not know:
//! sockets, files, databases, the current time, randomness.

mod calendar;
mod compose;
mod conversations;
mod dedupe;
mod defect;
mod delivery;
mod describe;
mod file_name;
mod html;
mod language;
mod limits;
mod markdown;
mod media;
mod message;
mod message_id;
mod parse;
mod protection;
mod thread;
mod tnef;
mod trim;
mod verdict;
mod vouch;

pub use calendar::{Invitation, InvitationMethod, Moment};
pub use compose::{ExtraHeader, Outgoing, OutgoingAttachment, Quoted, reply_subject};
pub use conversations::Conversations;
pub use dedupe::dedupe_digest;
pub use defect::Defect;
pub use delivery::{Action, Cause, DeliveryReport, EnhancedStatus, RecipientStatus, refusal};
pub use describe::{Description, describe};
pub use html::{CleanHtml, DisplayPolicy, RawHtml, RemoteImages, SANITISER_VERSION};
pub use language::{DetectedLanguage, detect_language};
pub use limits::Limits;
pub use markdown::{markdown_to_html, markdown_to_page, markdown_to_text};
pub use media::{MediaType, sniff};
pub use message::{Attachment, HeaderField, IncomingMessage, NamedAddress, Parsed};
pub use message_id::MessageId;
pub use parse::{parse, parse_within};
pub use protection::Protection;
pub use thread::{
    Candidate, ReplyKey, SentRef, StaffRef, TicketRef, open_message_id, open_reply_address,
    open_return_address, open_staff_address, open_staff_message_id, outgoing_message_id,
    reply_address, return_address, staff_address, staff_message_id, staff_references,
    thread_candidates,
};
pub use trim::{Explained, Reason as TrimReason, Removed, TrimContext, Trimmed, trim, trim_within};
pub use verdict::{
    Absence, Complaint, Envelope, MailKind, Reason, Rule, Silence, Verdict, judge, may_answer,
};
pub use vouch::{Evidence, Mark, PassedOn, Vouched, front_evidence};
