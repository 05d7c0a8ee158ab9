//! Holidays from an iCalendar file (RFC 5545).
//!
//! Owns: the part of the format that lists of holidays use: events of whole days, that may come
//! back every year. Must not know: where the file came from.
//!
//! The file may be hostile: its size, its days and the length of an event are bounded. What is
//! no holiday is left out and named, so that a person sees it.

pub(super) mod line;

use super::day_text::days_between;
use super::holiday::{Holiday, Holidays};
use super::recurrence::{LAST_YEAR, Rule};
use jiff::ToSpan;
use jiff::civil::Date;
use line::Line;

/// Largest file that is read, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most closed days of one file.
const MAX_DAYS: usize = 20_000;
/// Longest holiday, in days.
const MAX_LENGTH: i32 = 366;

/// Why a file is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct IcalendarError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayFile {
    /// Its closed days.
    pub holidays: Holidays,
    /// Events that are no holidays, each with its line and the reason.
    pub skipped: Vec<IcalendarError>,
}

impl Holidays {
    /// Reads an iCalendar file. An event of every year is kept as such; other repetitions are
    /// worked out until 2100.
    ///
    /// # Errors
    /// When the text is no iCalendar file, is too large, or an event has no readable date.
    pub fn from_icalendar(text: &str) -> Result<HolidayFile, IcalendarError> {
        if text.len() > MAX_BYTES {
            return Err(refuse(1, "the file is larger than 4 MiB"));
        }
        let mut reader = Reader::default();
        for line in line::unfold(text) {
            reader.take(&line)?;
        }
        reader.finish()
    }
}

fn refuse(line: usize, reason: impl Into<String>) -> IcalendarError {
    IcalendarError {
        line,
        reason: reason.into(),
    }
}

/// An event while its lines are read.
#[derive(Default)]
struct Event {
    line: usize,
    name: String,
    first: Option<Date>,
    /// The day after the last.
    end: Option<Date>,
    days: Option<i32>,
    rule: Option<Rule>,
    more: Vec<Date>,
    except: Vec<Date>,
    skip: Option<String>,
}

#[derive(Default)]
struct Reader {
    /// Names of the components that are open.
    open: Vec<String>,
    began: bool,
    last_line: usize,
    event: Option<Event>,
    holidays: Holidays,
    skipped: Vec<IcalendarError>,
}

impl Reader {
    fn take(&mut self, line: &Line) -> Result<(), IcalendarError> {
        self.last_line = line.number;
        let component = line.value.trim().to_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" => {
                if !self.began && component != "VCALENDAR" {
                    return Err(refuse(
                        line.number,
                        "an iCalendar file begins with BEGIN:VCALENDAR",
                    ));
                }
                self.began = true;
                if component == "VEVENT" {
                    self.event = Some(Event {
                        line: line.number,
                        ..Event::default()
                    });
                }
                self.open.push(component);
                Ok(())
            }
            "END" => {
                if self.open.pop().as_deref() != Some(&component) {
                    let reason = format!("END:{component} closes nothing that is open");
                    return Err(refuse(line.number, reason));
                }
                match self.event.take_if(|_| component == "VEVENT") {
                    Some(event) => self.keep(event),
                    None => Ok(()),
                }
            }
            _ if !self.began => Err(refuse(
                line.number,
                "an iCalendar file begins with BEGIN:VCALENDAR",
            )),
            // Alarms inside an event have properties of the same names.
            _ if self.open.last().is_some_and(|name| name == "VEVENT") => {
                self.event.as_mut().map_or(Ok(()), |event| event.take(line))
            }
            _ => Ok(()),
        }
    }

    fn keep(&mut self, event: Event) -> Result<(), IcalendarError> {
        if let Some(reason) = event.skip {
            let name = event.name;
            self.skipped
                .push(refuse(event.line, format!("{name}: {reason}")));
            return Ok(());
        }
        let Some(first) = event.first else {
            return Err(refuse(event.line, "the event has no DTSTART"));
        };
        let length = match (event.end, event.days) {
            (Some(end), _) => days_between(first, end).max(1),
            (None, days) => days.unwrap_or(1).max(1),
        };
        if length > MAX_LENGTH {
            return Err(refuse(event.line, "the event is longer than a year"));
        }
        if let Some(rule) = &event.rule
            && rule.is_plain(first)
            && length == 1
            && event.except.is_empty()
        {
            self.holidays
                .add(Holiday::EveryYear(first.month(), first.day()), &event.name);
            return Ok(());
        }
        let mut starts = event.rule.map_or(vec![first], |rule| rule.days(first));
        starts.extend(event.more);
        starts.retain(|day| !event.except.contains(day));
        for start in starts {
            let days = start.series(1.day()).take(length.unsigned_abs() as usize);
            for day in days {
                self.holidays.add(Holiday::On(day), &event.name);
            }
            if self.holidays.len() > MAX_DAYS {
                return Err(refuse(
                    event.line,
                    "the file has more than 20,000 closed days",
                ));
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<HolidayFile, IcalendarError> {
        if !self.began {
            return Err(refuse(1, "the file is empty"));
        }
        if let Some(open) = self.open.last() {
            return Err(refuse(self.last_line, format!("END:{open} is missing")));
        }
        Ok(HolidayFile {
            holidays: self.holidays,
            skipped: self.skipped,
        })
    }
}

impl Event {
    fn take(&mut self, line: &Line) -> Result<(), IcalendarError> {
        match line.name.as_str() {
            "SUMMARY" => self.name = line.text(),
            "DTSTART" => self.first = self.whole_day(line)?,
            "DTEND" => self.end = self.whole_day(line)?,
            "DURATION" => match line::whole_days(&line.value) {
                Some(days) => self.days = Some(days),
                None => self.skip("it does not last whole days"),
            },
            "RRULE" => match Rule::parse(&line.value) {
                Ok(rule) => self.rule = Some(rule),
                Err(reason) => self.skip(&reason),
            },
            "RDATE" => {
                let days = line.dates();
                self.more.extend(days.ok_or_else(|| no_date(line))?);
            }
            "EXDATE" => {
                let days = line.dates();
                self.except.extend(days.ok_or_else(|| no_date(line))?);
            }
            "RECURRENCE-ID" => self.skip("it changes one day of another event"),
            "STATUS" if line.value.trim().eq_ignore_ascii_case("CANCELLED") => {
                self.skip("it is cancelled");
            }
            _ => {}
        }
        Ok(())
    }

    /// The date of a property; an event with a time of day is no holiday.
    fn whole_day(&mut self, line: &Line) -> Result<Option<Date>, IcalendarError> {
        let date = line::date(&line.value).ok_or_else(|| no_date(line))?;
        if date.year() > LAST_YEAR {
            return Err(refuse(line.number, "the date lies after 2100"));
        }
        if !line::is_midnight(&line.value) {
            self.skip("it has a time of day");
        }
        Ok(Some(date))
    }

    fn skip(&mut self, reason: &str) {
        self.skip.get_or_insert_with(|| reason.to_owned());
    }
}

fn no_date(line: &Line) -> IcalendarError {
    let value: String = line.value.chars().take(40).collect();
    refuse(
        line.number,
        format!("\"{value}\" is no date such as 20261224"),
    )
}
