//! A calendar's year at a glance.
//!
//! Owns: twelve months with their closed days. Must not know: forms.

use crate::i18n::Texts;
use askama::Template;
use candor_domain::calendar::{Calendar, DayReason};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};

/// Twelve months.
#[derive(Template)]
#[template(path = "page/settings/year.html")]
pub(super) struct Year {
    t: Texts,
    months: Vec<Month>,
    /// Closed and changed days with their names, as the picture is not for everybody.
    days: Vec<(String, String)>,
}

struct Month {
    name: String,
    /// Empty cells before the first.
    before: usize,
    days: Vec<Cell>,
}

struct Cell {
    number: i8,
    class: &'static str,
    title: String,
}

impl Year {
    /// The year that an instant lies in.
    pub(super) fn of(t: &Texts, now: Timestamp, calendar: &Calendar) -> Self {
        let year = now.to_zoned(calendar.zone().clone()).year();
        let mut named = Vec::new();
        let months = (1..=12).map(|month| {
            let first = date(year, month, 1);
            let days = first.series(1.day()).take_while(|day| day.month() == month);
            Month {
                name: t.month(first),
                before: usize::from(first.weekday().to_monday_zero_offset().unsigned_abs()),
                days: days.map(|day| cell(t, calendar, day, &mut named)).collect(),
            }
        });
        Self {
            months: months.collect(),
            days: named,
            t: t.clone(),
        }
    }
}

fn cell(t: &Texts, calendar: &Calendar, day: Date, named: &mut Vec<(String, String)>) -> Cell {
    let what = calendar.day(day);
    let hours: Vec<String> = what.hours.iter().map(ToString::to_string).collect();
    let closed = || t.get("year-closed");
    let (class, title) = match what.reason {
        DayReason::Holiday("") => (" holiday", closed()),
        DayReason::Holiday(name) => (" holiday", name.to_owned()),
        DayReason::Exception(_) if hours.is_empty() => (" holiday", closed()),
        DayReason::Exception(_) => (" other", hours.join(", ")),
        DayReason::Week if hours.is_empty() => (" shut", closed()),
        DayReason::Week => ("", hours.join(", ")),
    };
    if !matches!(what.reason, DayReason::Week) {
        named.push((t.day(day), title.clone()));
    }
    Cell {
        number: day.day(),
        class,
        title,
    }
}
