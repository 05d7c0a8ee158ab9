//! Moments as people write them.
//!
//! Owns: reading and writing instants with the calendar's zone. Must not know: the current time.

use super::CalendarError;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Reads `2026-01-16T17:30` (in the zone given), `2026-01-16T16:30Z`,
/// `2026-01-16T17:30+01:00` or `2026-01-16T17:30[Europe/Berlin]`. A blank may stand for the T. A
/// time that a change of the clock leaves out is read as if the clock had not changed; one that
/// comes twice is the first.
///
/// # Errors
/// `Moment`, with the text.
pub fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, CalendarError> {
    let text = text.trim();
    let refuse = || CalendarError::Moment {
        text: text.chars().take(60).collect(),
    };
    if text.contains('[') {
        return text
            .parse::<Zoned>()
            .map(|zoned| zoned.timestamp())
            .map_err(|_| refuse());
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    // A reader of wall-clock times would overlook an offset that it does not understand.
    let has_time = text.len() > 10;
    let has_offset = text
        .get(10..)
        .is_some_and(|time| time.contains(['+', '-', 'Z', 'z']));
    if !has_time || has_offset {
        return Err(refuse());
    }
    let wall: DateTime = text.parse().map_err(|_| refuse())?;
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    ambiguous.compatible().map_err(|_| refuse())
}

/// Writes an instant in a zone, with its offset: `2026-01-17T10:30:00+01:00`.
pub fn written(at: Timestamp, zone: &TimeZone) -> String {
    let zoned = at.to_zoned(zone.clone());
    zoned.strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()
}
