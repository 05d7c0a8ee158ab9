//! Invitations to an appointment (iCalendar, RFC 5545, sent as RFC 5546 says).
//!
//! Owns: what a page shows of an invitation. Must not know: time zones' rules, calendars of ours,
//! how to answer one.

mod lines;

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use crate::Attachment;
use lines::Line;

/// Longest invitation that is read, in bytes.
const MAX_BYTES: usize = 512 * 1024;

/// What a message asks about an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invitation {
    /// What is asked.
    pub method: InvitationMethod,
    /// What it is called.
    pub summary: String,
    /// Where it takes place.
    pub location: String,
    /// When it begins.
    pub start: Option<Moment>,
    /// When it ends; for whole days the first day after it.
    pub end: Option<Moment>,
    /// The address of who invites, as it is written.
    pub organiser: String,
    /// The name of who invites.
    pub organiser_name: String,
    /// The id under which later messages speak of it.
    pub uid: String,
    /// True when it takes place more than once.
    pub repeats: bool,
}

/// What an invitation asks (RFC 5546, 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum InvitationMethod {
    /// To come, or that something about it changed.
    Request,
    /// Nothing: somebody answers an invitation.
    Reply,
    /// Nothing: it does not take place.
    Cancel,
    /// Another time.
    Counter,
    /// Nothing: an appointment to look at.
    #[default]
    Publish,
}

/// A day, or a time in the zone that the sender names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time; `None` for whole days.
    pub time: Option<Time>,
    /// `UTC`, the sender's name of a zone, or `None` for the time on the reader's wall. It may be
    /// an IANA name or one of the sender's own.
    pub zone: Option<String>,
}

impl InvitationMethod {
    /// A stable word for logs and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Reply => "reply",
            Self::Cancel => "cancel",
            Self::Counter => "counter",
            Self::Publish => "publish",
        }
    }

    fn read(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "request" | "add" => Self::Request,
            "reply" | "refresh" => Self::Reply,
            "cancel" => Self::Cancel,
            "counter" | "declinecounter" => Self::Counter,
            _ => Self::Publish,
        }
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{time}")?;
        }
        match &self.zone {
            Some(zone) => write!(f, "[{zone}]"),
            None => Ok(()),
        }
    }
}

/// The first invitation among the parts of a message.
pub(crate) fn find(attachments: &[Attachment]) -> Option<Invitation> {
    attachments
        .iter()
        .filter(|file| {
            let kind = file.declared_type.as_str();
            matches!(kind, "text/calendar" | "application/ics")
                || file.name.to_lowercase().ends_with(".ics")
        })
        .find_map(|file| read(&crate::parse::text_of(&file.content)))
}

/// Reads the first event.
fn read(text: &str) -> Option<Invitation> {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let mut found = Invitation::default();
    let mut inside: Vec<String> = Vec::new();
    let mut duration = None;
    let mut seen = false;
    for line in lines::unfold(text) {
        let Some(line) = Line::read(&line) else {
            continue;
        };
        match line.name.as_str() {
            "BEGIN" if inside.len() < 8 => inside.push(line.value.trim().to_ascii_uppercase()),
            "END" => {
                let ended = inside.pop();
                if ended.as_deref() == Some("VEVENT") && seen {
                    break;
                }
            }
            "METHOD" => found.method = InvitationMethod::read(&line.value),
            _ if inside.last().is_some_and(|part| part == "VEVENT") => {
                seen = true;
                property(&mut found, &mut duration, &line);
            }
            _ => {}
        }
    }
    if found.end.is_none() {
        found.end = found
            .start
            .as_ref()
            .zip(duration)
            .and_then(|(start, length)| start.after(length));
    }
    seen.then_some(found)
}

fn property(found: &mut Invitation, duration: &mut Option<Span>, line: &Line) {
    match line.name.as_str() {
        "SUMMARY" => found.summary = line.text(500),
        "LOCATION" => found.location = line.text(500),
        "UID" => found.uid = line.text(500),
        "DTSTART" => found.start = Moment::read(line),
        "DTEND" => found.end = Moment::read(line),
        "DURATION" => *duration = line.value.trim().parse().ok(),
        "RRULE" | "RDATE" => found.repeats = true,
        "ORGANIZER" => {
            let address = line.text(254);
            let scheme = address.get(..7).unwrap_or_default();
            found.organiser = if scheme.eq_ignore_ascii_case("mailto:") {
                address[7..].to_owned()
            } else {
                address
            };
            let name = line.parameter("CN").unwrap_or_default();
            found.organiser_name = candor_domain::text::one_line(name, 200);
        }
        _ => {}
    }
}

impl Moment {
    /// `20261130`, `20261130T090000`, `20261130T090000Z`, with the zone as a parameter.
    fn read(line: &Line) -> Option<Self> {
        let value = line.value.trim();
        let (value, utc) = match value.strip_suffix(['Z', 'z']) {
            Some(value) => (value, true),
            None => (value, false),
        };
        let (day, clock) = value.split_once(['T', 't']).unwrap_or((value, ""));
        let date = Date::strptime("%Y%m%d", day).ok()?;
        let time = if clock.is_empty() {
            None
        } else {
            Some(Time::strptime("%H%M%S", clock).ok()?)
        };
        let zone = if utc {
            Some("UTC".to_owned())
        } else {
            line.parameter("TZID").map(str::to_owned)
        };
        Some(Self { date, time, zone })
    }

    fn after(&self, length: Span) -> Option<Self> {
        let at = DateTime::from_parts(self.date, self.time.unwrap_or(Time::midnight()));
        let end = at.checked_add(length).ok()?;
        Some(Self {
            date: end.date(),
            time: self.time.map(|_| end.time()),
            zone: self.zone.clone(),
        })
    }
}

#[cfg(test)]
mod tests;
