//! The domain's ids as values.
//!
//! Owns: the list of ids that a column may hold. Must not know: tables.

use candor_domain::id::{
    AbsenceId, AdoptionId, AttachmentId, BrandId, CalendarId, ContractId, ConversationId,
    CustomerId, DraftId, IdentityId, IncomingId, JobId, LevelId, MailboxId, MaintenanceId,
    MessageId, NoticeId, OrganizationId, OutboxId, PersonId, RatingId, RoleId, SessionId, ShiftId,
    SkillId, SuppressionId, SwapId, TeamId, TermsId, TicketId, TierId, TokenId,
};

use super::{Column, FromValue, ToValue, Value};

macro_rules! ids {
    ($($id:ident),* $(,)?) => {$(
        impl ToValue for $id {
            fn to_value(&self) -> Value {
                Value::Int(self.0)
            }
        }

        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::Int(id.0)
            }
        }

        impl ToValue for [$id] {
            fn to_value(&self) -> Value {
                Value::Ids(self.iter().map(|id| id.0).collect())
            }
        }

        impl ToValue for Vec<$id> {
            fn to_value(&self) -> Value {
                self.as_slice().to_value()
            }
        }

        impl FromValue for $id {
            fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
                i64::from_value(column).map($id)
            }
        }
    )*};
}

ids!(
    AbsenceId,
    AdoptionId,
    AttachmentId,
    BrandId,
    CalendarId,
    ContractId,
    ConversationId,
    CustomerId,
    DraftId,
    IdentityId,
    IncomingId,
    JobId,
    LevelId,
    MailboxId,
    MaintenanceId,
    MessageId,
    NoticeId,
    OrganizationId,
    OutboxId,
    PersonId,
    RatingId,
    RoleId,
    SessionId,
    ShiftId,
    SkillId,
    SuppressionId,
    SwapId,
    TeamId,
    TermsId,
    TicketId,
    TierId,
    TokenId,
);
