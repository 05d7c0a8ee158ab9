//! What can be wrong with a calendar or a question to one.
//!
//! Owns: the words that name the place and the way out. Must not know: how it was found.

use super::Period;
use jiff::civil::Date;

/// Why a calendar cannot be used, or a question about it not be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A period that is not understood.
    #[error("\"{text}\" is no period: {reason}")]
    Period {
        /// As it was written, cut to 40 characters.
        text: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// Two periods of one day that share time.
    #[error("{first} and {second} share time; write them as one period")]
    Overlap {
        /// The one that begins earlier.
        first: Period,
        /// The other.
        second: Period,
    },
    /// A date that is not understood.
    #[error("\"{text}\" is no date; write it as 2026-12-24")]
    Date {
        /// As it was written, cut to 40 characters.
        text: String,
    },
    /// Days in the wrong order, or too many.
    #[error("{first} to {last} must be 1 to {most} days")]
    Range {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
        /// How many there may be.
        most: i32,
    },
    /// An exception that says neither or both.
    #[error("the exception of {date} needs either closed = true or hours")]
    ClosedOrHours {
        /// Its first day.
        date: Date,
    },
    /// Two exceptions for one day.
    #[error("{date} has two exceptions; keep one")]
    TwoExceptions {
        /// The day.
        date: Date,
    },
    /// A zone that nobody knows.
    #[error("there is no time zone \"{zone}\"; write an IANA name such as Europe/Berlin")]
    Zone {
        /// As it was written, cut to 60 characters.
        zone: String,
    },
    /// A holiday file that was not read, or holds mistakes.
    #[error("holiday file {file}: {reason}")]
    HolidayFile {
        /// Its name.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A moment that is not understood.
    #[error(
        "\"{text}\" is no moment; write 2026-01-16T17:30 (in the calendar's zone) or 2026-01-16T16:30Z"
    )]
    Moment {
        /// As it was written, cut to 60 characters.
        text: String,
    },
    /// A pause that is not understood.
    #[error("\"{text}\" is no pause; write FROM/TO, the end after the beginning")]
    Pause {
        /// As it was written, cut to 120 characters.
        text: String,
    },
    /// Nothing is open for a year.
    #[error(
        "the calendar has no open time within a year after {after}; give it hours or take closed days away"
    )]
    NoOpenTime {
        /// The last day on which it may have been open.
        after: Date,
    },
    /// The answer lies too far away to be meant.
    #[error("that is more than a hundred years away; ask for less time")]
    TooFar,
}
