//! Ratings: one question after a ticket is solved, and what follows from a bad answer.
//!
//! Owns: which mailboxes ask, when a customer is asked, the answer that counts once, the list of
//! those who left more upset with what is done about each, and the figures of both. Must not know:
//! how moods are read, pages.

mod answer;
mod ask;
mod past;
mod report;
mod settings;
mod upset;

pub use answer::{RateTicket, RatingPage, RatingView};
pub use ask::ask_for_ratings;
pub use past::RatePast;
pub use report::{Figures, MoodReport, MoodReportView, WeekReport};
pub use settings::{ChangeRatingSettings, RatingSettings, RatingSettingsOf};
pub use upset::{ReviewUpset, UpsetList, UpsetPage};

pub use candor_store::rating::{About, Reviewed, UpsetRow};
