//! Business calendars as people type them.
//!
//! Owns: adding and changing them, with errors that name the field. Must not know: forms.

use super::followed::{address, follow_address, followed_on};
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::calendar::{
    Calendar, CalendarForm, Exception, FederalState, Holidays, Period, Week,
};
use candor_domain::id::CalendarId;
use candor_domain::level::KeptCalendar;
use candor_domain::permission::Permission;
use candor_store::Tx;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// A calendar as it is typed.
#[derive(Debug, Clone, Default)]
pub struct CalendarText {
    /// What people call it, unique.
    pub name: String,
    /// Time zone by its IANA name.
    pub zone: String,
    /// The hours of each day from Monday on, such as `09:00-18:00` or `9-12, 13-17`; empty is
    /// closed.
    pub days: [String; 7],
    /// Closed days, one a line: `2026-12-24 Christmas Eve`, or `12-25 Christmas` for every year.
    pub holidays: String,
    /// Days with other hours, one a line: `2026-12-23 10:00-14:00`, `2026-12-30 closed`.
    pub exceptions: String,
    /// An iCalendar file with more closed days.
    pub file: Option<String>,
    /// A German federal state whose public holidays are added.
    pub state: Option<FederalState>,
    /// An iCalendar address whose closed days it follows, read every day; empty ends that, `None`
    /// leaves it as it is.
    pub feed: Option<String>,
}

/// The fields of the days.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Movable holidays are added for this year and so many more.
const YEARS_AHEAD: i16 = 9;
/// Most lines of holidays or exceptions.
const MOST_LINES: usize = 500;

/// Adds or changes a calendar. Levels that count by it get a new wording, and open tickets follow.
#[derive(Debug, Clone)]
pub struct KeepCalendar {
    /// Which; `None` adds one.
    pub calendar: Option<CalendarId>,
    /// As it was typed.
    pub text: CalendarText,
}

impl Verb for KeepCalendar {
    type Output = CalendarId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<CalendarId, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let (calendar, feed) = read(&self.text, cx)?;
        let others = tx.calendars()?;
        let taken = others.iter().any(|other| {
            other.calendar.name() == calendar.name() && Some(other.id) != self.calendar
        });
        if taken {
            return Err(DeskError::Conflict(Conflict::Taken("name")));
        }
        let Some(id) = self.calendar else {
            let mut kept = KeptCalendar {
                id: CalendarId(0),
                calendar,
            };
            tx.insert_calendar(&mut kept)?;
            record(tx, cx, "calendar.added", json!({}), &[&kept])?;
            follow_address(tx, cx, kept.id, feed.as_deref().unwrap_or_default())?;
            return Ok(kept.id);
        };
        let before = others.into_iter().find(|other| other.id == id);
        let before = before.ok_or(DeskError::NotFound("calendar"))?;
        let followed = followed_on(&before.calendar, feed.as_deref(), cx.now());
        let calendar = calendar.following(followed);
        let kept = KeptCalendar { id, calendar };
        if kept != before {
            tx.save_calendar(&kept)?;
            record(tx, cx, "calendar.changed", json!({}), &[&kept])?;
            super::change::reword_all(tx, cx, &kept)?;
        }
        if let Some(feed) = feed {
            follow_address(tx, cx, id, &feed)?;
        }
        Ok(id)
    }
}

/// The calendar, and the address that it follows where one was typed.
fn read(text: &CalendarText, cx: &Cx) -> Result<(Calendar, Option<String>), DeskError> {
    let mut check = Check::default();
    let name = check.name("name", &text.name);
    check.zone("zone", &text.zone);
    let hours = week(&mut check, &text.days);
    let mut holidays = holidays(&mut check, text);
    if let Some(state) = text.state {
        let year = cx.now().to_zoned(TimeZone::UTC).year();
        holidays.extend(&state.holidays(year..=year + YEARS_AHEAD));
    }
    let exceptions = exceptions(&mut check, &text.exceptions);
    let feed = text.feed.as_ref().map(|feed| address(&mut check, feed));
    check.done()?;
    let form = CalendarForm {
        name,
        zone: text.zone.clone(),
        hours,
        holidays,
        followed: Holidays::default(),
        holiday_files: Vec::new(),
        exceptions,
    };
    let calendar = Calendar::try_from(form).map_err(|error| {
        DeskError::invalid("exceptions", "error-calendar-exceptions", error.to_string())
    })?;
    Ok((calendar, feed))
}

fn week(check: &mut Check, days: &[String; 7]) -> Week {
    let mut week = Week::default();
    for ((text, field), day) in days.iter().zip(DAYS).zip(Weekday::Monday.cycle_forward()) {
        let periods = periods(text).and_then(|periods| {
            let with = week.clone().with(day, periods);
            with.map_err(|error| error.to_string())
        });
        match periods {
            Ok(with) => week = with,
            Err(reason) => check.refuse(field, "error-calendar-hours", &reason),
        }
    }
    if week.minutes() == 0 {
        check.refuse("mon", "error-calendar-closed", "open on some day at least");
    }
    week
}

fn periods(text: &str) -> Result<Vec<Period>, String> {
    let text = text.trim();
    if text.is_empty() || ["closed", "geschlossen", "-"].contains(&text.to_lowercase().as_str()) {
        return Ok(Vec::new());
    }
    let all = text.split(',').map(|part| part.trim().parse::<Period>());
    all.collect::<Result<_, _>>()
        .map_err(|error| error.to_string())
}

fn holidays(check: &mut Check, text: &CalendarText) -> Holidays {
    let lines: Vec<Value> = lines(&text.holidays)
        .map(|(day, name)| json!({ "date": day, "name": name }))
        .collect();
    let found = serde_json::from_value::<Holidays>(Value::Array(lines));
    let mut holidays = found.unwrap_or_else(|error| {
        check.refuse("holidays", "error-calendar-holidays", &error.to_string());
        Holidays::default()
    });
    if let Some(file) = text.file.as_ref().filter(|file| !file.trim().is_empty()) {
        match Holidays::from_icalendar(file) {
            Ok(found) => holidays.extend(&found.holidays),
            Err(error) => check.refuse("file", "error-calendar-file", &error.to_string()),
        }
    }
    if text.holidays.lines().count() > MOST_LINES {
        check.refuse("holidays", "error-calendar-lines", "500 lines are the most");
    }
    holidays
}

fn exceptions(check: &mut Check, text: &str) -> Vec<Exception> {
    let mut found = Vec::new();
    for (day, rest) in lines(text).take(MOST_LINES) {
        let exception = day
            .parse::<Date>()
            .map_err(|error| error.to_string())
            .and_then(|date| {
                let exception = Exception::new(date, date, periods(rest)?, "");
                exception.map_err(|error| error.to_string())
            });
        match exception {
            Ok(exception) => found.push(exception),
            Err(reason) => {
                let words = format!("{day}: {reason}");
                check.refuse("exceptions", "error-calendar-exceptions", &words);
                return found;
            }
        }
    }
    found
}

/// The first word of each line, and the rest.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| {
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        (first, rest.trim())
    })
}
