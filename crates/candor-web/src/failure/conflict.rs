//! What came in between.
//!
//! Owns: kinds of conflict with their text keys. Must not know: versions, rules.

/// Why something cannot be done now, although the request itself is fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// Somebody changed it since it was read.
    Stale,
    /// The thread moved on since the draft was begun.
    NewerMessage,
    /// Something else has that name or address.
    Taken,
    /// It cannot be undone any more.
    TooLate,
    /// Somebody must stay owner.
    LastOwner,
    /// Something else stands on it.
    InUse,
    /// The same idempotency key came with another request.
    KeyReused,
    /// Nothing would change.
    AlreadySo,
    /// The ticket is closed.
    Closed,
    /// A ticket cannot be made new again.
    NotNewAgain,
    /// More tags than one ticket may have.
    TooManyTags,
    /// The ticket is marked as spam.
    Spam,
    /// Somebody decided a swap or an absence before.
    RosterDecided,
    /// A swap or a deputy needs somebody else.
    RosterOneself,
    /// There is no such shift on that day.
    RosterNoDay,
    /// A shift plan was made for a roster that is not so any more.
    PlanOutdated,
}

impl Conflict {
    /// Every kind; for tests of the texts.
    pub const ALL: [Self; 16] = [
        Self::Stale,
        Self::NewerMessage,
        Self::Taken,
        Self::TooLate,
        Self::LastOwner,
        Self::InUse,
        Self::KeyReused,
        Self::AlreadySo,
        Self::Closed,
        Self::NotNewAgain,
        Self::TooManyTags,
        Self::Spam,
        Self::RosterDecided,
        Self::RosterOneself,
        Self::RosterNoDay,
        Self::PlanOutdated,
    ];

    /// The word in text ids and problem types.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stale => "conflict",
            Self::NewerMessage => "newer-message",
            Self::Taken => "taken",
            Self::TooLate => "too-late",
            Self::LastOwner => "last-owner",
            Self::InUse => "in-use",
            Self::KeyReused => "key-reused",
            Self::AlreadySo => "already-so",
            Self::Closed => "ticket-closed",
            Self::NotNewAgain => "not-new-again",
            Self::TooManyTags => "too-many-tags",
            Self::Spam => "ticket-spam",
            Self::RosterDecided => "roster-decided",
            Self::RosterOneself => "roster-oneself",
            Self::RosterNoDay => "roster-no-day",
            Self::PlanOutdated => "plan-outdated",
        }
    }
}
