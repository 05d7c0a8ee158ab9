//! Closed days that somebody else keeps: an iCalendar address that a calendar follows.
//!
//! Owns: the address, when it is read, what a reading changes. Must not know: how it is fetched.
//!
//! A reading exchanges the days from today on. Days behind us stay as they counted: many such
//! addresses name the current year only, and what was due in the past stays due.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::fetch::only_the_desk;
use crate::journal::record;
use crate::setting::{Known, keep, value};
use candor_domain::calendar::{Calendar, Holidays};
use candor_domain::id::CalendarId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::level::HolidayFeed;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

/// Hours until an address is read again, after it was understood and after it was not.
const AGAIN: i64 = 24;
const AFTER_TROUBLE: i64 = 1;
/// Years ahead of which days are taken.
const YEARS_AHEAD: i64 = 10;

fn name_of(calendar: CalendarId) -> String {
    format!("holiday-feed.{calendar}")
}

/// Encrypted, because the private address of a calendar is all that protects it.
const fn known(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: true,
    }
}

fn address_of(tx: &mut Tx<'_>, cx: &Cx, calendar: CalendarId) -> Result<String, DeskError> {
    value(tx, cx, &known(&name_of(calendar)))
}

/// What was typed as an address, as it is asked for; empty is none.
pub(super) fn address(check: &mut Check, typed: &str) -> String {
    let typed = typed.trim();
    // The same address by another name: it asks the system to subscribe.
    let address = match typed.strip_prefix("webcal://") {
        Some(rest) => format!("https://{rest}"),
        None => typed.to_owned(),
    };
    check.web_address("feed", "error-calendar-feed", &address);
    address
}

/// Keeps the address that a calendar follows; a new one is read at once.
pub(super) fn follow_address(
    tx: &mut Tx<'_>,
    cx: &Cx,
    calendar: CalendarId,
    address: &str,
) -> Result<(), DeskError> {
    let before = address_of(tx, cx, calendar)?;
    if before == address {
        return Ok(());
    }
    keep(tx, cx, &known(&name_of(calendar)), address)?;
    if address.is_empty() {
        return Ok(tx.drop_holiday_feed(calendar)?);
    }
    let feed = HolidayFeed {
        calendar,
        due_at: cx.now(),
        read_at: None,
        trouble: String::new(),
    };
    Ok(tx.keep_holiday_feed(&feed)?)
}

/// The days that a changed calendar goes on following: with no address none but those behind us.
pub(super) fn followed_on(before: &Calendar, address: Option<&str>, now: Timestamp) -> Holidays {
    if address == Some("") {
        behind(before, today(before, now))
    } else {
        before.followed().clone()
    }
}

/// The followed days that are behind us.
fn behind(calendar: &Calendar, today: Date) -> Holidays {
    let yesterday = today.saturating_sub(1.day());
    calendar.followed().between(Date::MIN, yesterday)
}

fn today(calendar: &Calendar, now: Timestamp) -> Date {
    now.to_zoned(calendar.zone().clone()).date()
}

/// An address and how its reading stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The address.
    pub address: String,
    /// When it was last read and understood.
    pub read_at: Option<Timestamp>,
    /// Why it was not the last time.
    pub trouble: Option<FeedTrouble>,
}

/// Asks which address a calendar follows.
#[derive(Debug, Clone, Copy)]
pub struct FollowedBy(pub CalendarId);

impl Query for FollowedBy {
    type Output = Option<Followed>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let Some(feed) = tx.holiday_feed(self.0)? else {
            return Ok(None);
        };
        Ok(Some(Followed {
            address: address_of(tx, cx, self.0)?,
            read_at: feed.read_at,
            trouble: FeedTrouble::from_word(&feed.trouble),
        }))
    }
}

/// Why an address gave no closed days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedTrouble {
    /// Nobody answered.
    NoAnswer,
    /// It lies inside the house.
    Inside,
    /// It sends on to another address.
    Moved,
    /// It answered with this status.
    Status(u16),
    /// It holds more than is read.
    TooLarge,
    /// What it gives is no iCalendar file; this line is where it ends to be one.
    NoCalendar(usize),
}

impl FeedTrouble {
    fn word(&self) -> String {
        match self {
            Self::NoAnswer => "no-answer".to_owned(),
            Self::Inside => "inside".to_owned(),
            Self::Moved => "moved".to_owned(),
            Self::Status(status) => format!("status {status}"),
            Self::TooLarge => "too-large".to_owned(),
            Self::NoCalendar(line) => format!("no-calendar {line}"),
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let (word, number) = word.split_once(' ').unwrap_or((word, ""));
        Some(match word {
            "no-answer" => Self::NoAnswer,
            "inside" => Self::Inside,
            "moved" => Self::Moved,
            "status" => Self::Status(number.parse().unwrap_or_default()),
            "too-large" => Self::TooLarge,
            "no-calendar" => Self::NoCalendar(number.parse().unwrap_or(1)),
            _ => return None,
        })
    }
}

/// The addresses that are to be read now. Only the desk itself may ask.
#[derive(Debug, Clone, Copy)]
pub struct FollowedDue;

impl Query for FollowedDue {
    type Output = Vec<(CalendarId, String)>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let now = cx.now();
        let mut due = tx.holiday_feeds()?;
        due.retain(|feed| feed.due_at <= now);
        due.into_iter()
            .map(|feed| Ok((feed.calendar, address_of(tx, cx, feed.calendar)?)))
            .collect()
    }
}

/// An address was read. Only the desk itself may say so.
#[derive(Debug, Clone)]
pub struct FollowedRead {
    /// For which calendar.
    pub calendar: CalendarId,
    /// Which address; a reading of an address that was changed since is forgotten.
    pub address: String,
    /// What it gave: an iCalendar file, or why none.
    pub answer: Result<String, FeedTrouble>,
}

impl Verb for FollowedRead {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let Some(mut feed) = tx.holiday_feed(self.calendar)? else {
            return Ok(());
        };
        if address_of(tx, cx, self.calendar)? != self.address {
            return Ok(());
        }
        let days = self.answer.clone().and_then(|text| days_in(&text));
        let hours = match days {
            Ok(days) => {
                exchange(tx, cx, self.calendar, &days)?;
                feed.read_at = Some(cx.now());
                feed.trouble.clear();
                AGAIN
            }
            Err(trouble) => {
                feed.trouble = trouble.word();
                AFTER_TROUBLE
            }
        };
        feed.due_at = cx.now() + hours.hours();
        Ok(tx.keep_holiday_feed(&feed)?)
    }
}

fn days_in(text: &str) -> Result<Holidays, FeedTrouble> {
    let found = Holidays::from_icalendar(text);
    let found = found.map_err(|error| FeedTrouble::NoCalendar(error.line))?;
    Ok(found.holidays)
}

/// Lets a calendar follow other days from today on. Levels that count by it get a new wording.
fn exchange(
    tx: &mut Tx<'_>,
    cx: &Cx,
    calendar: CalendarId,
    found: &Holidays,
) -> Result<(), DeskError> {
    let kept = tx.calendar(calendar)?;
    let mut kept = kept.ok_or(DeskError::NotFound("calendar"))?;
    let today = today(&kept.calendar, cx.now());
    let mut days = found.between(today, today.saturating_add(YEARS_AHEAD.years()));
    days.extend(&behind(&kept.calendar, today));
    if days == *kept.calendar.followed() {
        return Ok(());
    }
    let count = days.len();
    kept.calendar = kept.calendar.following(days);
    tx.save_calendar(&kept)?;
    let facts = json!({ "followed": count });
    record(tx, cx, "calendar.changed", facts, &[&kept])?;
    super::change::reword_all(tx, cx, &kept)
}
