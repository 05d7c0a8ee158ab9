//! When a message was written.
//!
//! Owns: the `Date` header. Must not know: the current time.

use jiff::Timestamp;
use mail_parser::DateTime;

use super::Notes;
use super::header::Headers;
use crate::Defect;

pub(super) fn read(headers: &Headers<'_>, notes: &mut Notes) -> Option<Timestamp> {
    let date = headers
        .all("date")
        .find_map(|value| DateTime::parse_rfc822(std::str::from_utf8(value).ok()?))
        .filter(|date| date.is_valid() && date.year > 0)
        .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    if date.is_none() {
        notes.add(Defect::BadDate);
    }
    date
}
