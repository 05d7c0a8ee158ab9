//! The desk's errors as failures.
//!
//! Owns: the mapping, kind by kind. Must not know: pages.
//!
//! Sentences for programs and operators (`Display` of the desk's errors) stay behind: the reader
//! gets the words of their language.

use std::borrow::Cow;

use candor_desk::DeskError;
use candor_domain::roster::RosterRule;
use candor_domain::ticket::TicketRule;

use super::{Conflict, Failure, FieldFault};

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::NotFound(_) => Self::NotFound,
            DeskError::NotAllowed(_) => Self::NotAllowed,
            DeskError::Invalid(fields) => Self::Invalid(
                fields
                    .into_iter()
                    .map(|field| FieldFault {
                        field: Cow::Borrowed(field.field),
                        text: Cow::Borrowed(field.id),
                        values: Vec::new(),
                    })
                    .collect(),
            ),
            DeskError::Conflict(conflict) => Self::Conflict(conflict.into()),
            DeskError::TooLarge { .. } => Self::TooLarge,
            DeskError::SlowDown {
                retry_after_seconds,
            } => Self::SlowDown {
                retry_after_s: u32::try_from(retry_after_seconds).unwrap_or(u32::MAX),
            },
            DeskError::Unavailable(_) => Self::Unavailable,
            DeskError::Internal(_) => Self::Internal,
        }
    }
}

impl From<candor_desk::Conflict> for Conflict {
    fn from(conflict: candor_desk::Conflict) -> Self {
        use candor_desk::Conflict as Desk;
        match conflict {
            Desk::Stale { .. } => Self::Stale,
            Desk::NewerMessage(_) => Self::NewerMessage,
            Desk::Rule(TicketRule::AlreadySo) => Self::AlreadySo,
            Desk::Rule(TicketRule::Closed) => Self::Closed,
            Desk::Rule(TicketRule::NotNewAgain) => Self::NotNewAgain,
            Desk::Rule(TicketRule::TooManyTags) => Self::TooManyTags,
            Desk::Rule(TicketRule::Spam) => Self::Spam,
            Desk::Roster(RosterRule::Decided) => Self::RosterDecided,
            Desk::Roster(RosterRule::Oneself) => Self::RosterOneself,
            Desk::Roster(RosterRule::NoSuchDay) => Self::RosterNoDay,
            Desk::Roster(RosterRule::PlanOutdated) => Self::PlanOutdated,
            Desk::Taken(_) => Self::Taken,
            Desk::TooLate => Self::TooLate,
            Desk::LastOwner => Self::LastOwner,
            Desk::InUse(_) => Self::InUse,
            Desk::KeyReused => Self::KeyReused,
        }
    }
}
