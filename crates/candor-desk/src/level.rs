//! Service levels: what is promised to whom, in whose hours, and whether it was kept.
//!
//! Owns: calendars and levels with their verbs, the clocks of tickets as a projection of the
//! history, what became of each promise, whom warnings reach. Must not know: pages.
//!
//! Clocks follow in the transaction of each change: [`crate::journal`] hands every event of a
//! ticket to `follow`. What they say can be counted again from the entries at any time
//! (`recount`), and `candor verify` does.

mod apply;
mod attain;
mod calendar;
mod change;
mod course;
mod due;
mod explicit;
mod fastest;
mod follow;
mod followed;
mod given;
mod look;
mod promise;
mod recount;
mod shelf;
mod show;
mod study;
mod usual;
mod warn;

pub use apply::{LEVELS_JOB, Reconsider, Whose, reconsider_job};
pub use attain::{
    Attainment, AttainmentBy, AttainmentLine, AttainmentView, GivenKept, PromisePage,
    PromisesArePublic, PublicLevel, PublicPromises,
};
pub use calendar::{CalendarText, KeepCalendar};
pub use change::{AddLevel, ChangeLevel, LevelText, RestLevel, StartLevels, TargetText};
pub use due::{DueBook, DueOf, DueOfTicket, due_book, due_of_ticket};
pub use explicit::SetTicketLevel;
pub use fastest::{Fastest, FastestTimes, KeepFastestShare};
pub use followed::{FeedTrouble, Followed, FollowedBy, FollowedDue, FollowedRead};
pub use given::{
    DraftPromise, GivePromise, GivenSeen, GivenState, KeepDraftPromise, MyPromises,
    WithdrawPromise, promise_in,
};
pub use look::LookAtClocks;
pub use promise::{AnswerOwed, PromiseOf, answer_owed};
pub use recount::Recount;
pub use shelf::TermsShelf;
pub use show::{CalendarView, LevelView, Levels, LevelsView};

pub use candor_store::level::Warning;
pub use study::{
    BreaksFirst, OwnCurve, OwnHistory, OwnStudy, Studied, StudyAsk, StudyError, StudyPoint, study,
};
pub use usual::Usual;
pub use warn::{MailWarnings, MyWarnings, PutWarningsAway, WarningsShown};

pub(crate) use apply::later;
pub(crate) use course::{Course, End, Time};
pub(crate) use follow::follow;
pub(crate) use given::{give_with_reply, given_seen};
pub(crate) use promise::{Standing, promise_of};
pub(crate) use recount::clocks_are_right;
pub(crate) use shelf::learn;
pub(crate) use study::EFFICIENCY;
pub(crate) use usual::usual_answer;
