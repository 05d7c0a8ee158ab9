//! Ids of everything that has a row.
//!
//! Owns: one newtype per noun, so that a ticket's number never lands where a person is meant.
//! Must not know: secret tokens; those are other types with a redacting `Debug`.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The word before the colon in a journal subject such as `ticket:12`.
            pub const PREFIX: &'static str = $prefix;

            /// The journal's name for this row.
            pub fn subject(self) -> String {
                format!("{}:{}", $prefix, self.0)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A ticket. Its id is the number that people see (`#4182`).
    TicketId = "ticket";
    /// One exchange inside a ticket: with the customer, a department or a supplier.
    ConversationId = "conversation";
    /// A reply, a note or a customer's message.
    MessageId = "message";
    /// A file that came or went with a message.
    AttachmentId = "attachment";
    /// Somebody who writes to the shop.
    CustomerId = "customer";
    /// One address of a customer.
    IdentityId = "identity";
    /// A company that customers belong to.
    OrganizationId = "organization";
    /// A class of customers with its own promises.
    TierId = "tier";
    /// Somebody who works at the desk.
    PersonId = "person";
    /// A group of people that tickets are given to.
    TeamId = "team";
    /// An editable set of grants.
    RoleId = "role";
    /// A name under which the shop appears.
    BrandId = "brand";
    /// An address that takes mail in and sends it out.
    MailboxId = "mailbox";
    /// An unsent reply or note.
    DraftId = "draft";
    /// A mail on its way out.
    OutboxId = "outbox";
    /// A raw mail that came in.
    IncomingId = "incoming";
    /// An address that does not work.
    SuppressionId = "suppression";
    /// An API token.
    TokenId = "token";
    /// A login session.
    SessionId = "session";
    /// A business calendar.
    CalendarId = "calendar";
    /// What was agreed with an organization.
    ContractId = "contract";
    /// Announced maintenance of a contract.
    MaintenanceId = "maintenance";
    /// A service level.
    LevelId = "level";
    /// One wording of a service level with its calendar, which clocks ran by.
    TermsId = "terms";
    /// What a customer said of a ticket.
    RatingId = "rating";
    /// A background job.
    JobId = "job";
    /// Hours in which somebody works.
    ShiftId = "shift";
    /// What somebody has to be able to do for a ticket.
    SkillId = "skill";
    /// Days on which somebody is away.
    AbsenceId = "absence";
    /// One day of a shift that somebody else may take.
    SwapId = "swap";
    /// A shift plan that became the roster.
    AdoptionId = "adoption";
    /// Something that somebody of the team is told by mail.
    NoticeId = "staff_notice";
}
