//! A roster for calendars and spreadsheets.
//!
//! Owns: iCalendar (RFC 5545) and CSV (RFC 4180) of a plan. Must not know: how it was made.

use super::{Plan, RosterPlan};
use crate::StaffingError;
use jiff::Timestamp;

/// Longest line of an iCalendar file, in bytes (RFC 5545, 3.1).
const FOLD: usize = 75;

impl Plan {
    /// The roster in it.
    ///
    /// # Errors
    /// `Unreadable` for answers without names.
    pub fn roster(&self) -> Result<&RosterPlan, StaffingError> {
        match self {
            Self::Roster(roster) => Ok(roster),
            Self::Week(_) | Self::Day(_) => Err(StaffingError::Unreadable(
                "only a [roster] can be written as iCalendar or CSV".to_owned(),
            )),
        }
    }
}

impl RosterPlan {
    /// One event for each shift; of one person, or of all.
    pub fn to_icalendar(&self, person: Option<&str>) -> String {
        let mut lines: Vec<String> = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Candor//Roster//EN",
        ]
        .map(str::to_owned)
        .to_vec();
        let all = self.assignments.iter();
        for shift in all.filter(|shift| person.is_none_or(|name| shift.person == name)) {
            let (start, end) = shift.instants;
            let title = match person {
                Some(_) => shift.shift.clone(),
                None => format!("{}: {}", shift.person, shift.shift),
            };
            lines.push("BEGIN:VEVENT".to_owned());
            lines.push(format!("UID:{}@roster.candor", uid(&shift.person, start)));
            // The same plan gives the same file, so the stamp is the shift's own time.
            lines.push(format!("DTSTAMP:{}", utc(start)));
            lines.push(format!("DTSTART:{}", utc(start)));
            lines.push(format!("DTEND:{}", utc(end)));
            lines.push(format!("SUMMARY:{}", escaped(&title)));
            if let Some(pause) = &shift.pause {
                lines.push(format!("DESCRIPTION:Break {pause}"));
            }
            lines.push("END:VEVENT".to_owned());
        }
        lines.push("END:VCALENDAR".to_owned());
        lines.iter().map(|line| fold(line)).collect()
    }

    /// One line for each shift.
    pub fn to_csv(&self) -> String {
        let head = "person,date,shift,start,end,break,hours\r\n".to_owned();
        let rows = self.assignments.iter().map(|shift| {
            let fields = [
                shift.person.as_str(),
                &shift.date.to_string(),
                &shift.shift,
                &shift.start,
                &shift.end,
                shift.pause.as_deref().unwrap_or_default(),
                &shift.hours.to_string(),
            ];
            let fields: Vec<String> = fields.map(field).to_vec();
            fields.join(",") + "\r\n"
        });
        head + &rows.collect::<String>()
    }
}

/// A name for an event that stays the same when the plan is written again: FNV-1a of who and when.
fn uid(person: &str, start: Timestamp) -> String {
    let text = format!("{person}\n{start}");
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => safe.extend(['\\', letter]),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Breaks a line at 75 bytes, never inside a letter.
fn fold(line: &str) -> String {
    let mut folded = String::new();
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > FOLD {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded + "\r\n"
}

/// A field that no spreadsheet takes for a formula.
fn field(text: &str) -> String {
    let plain = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if plain.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", plain.replace('"', "\"\""));
    }
    plain
}
