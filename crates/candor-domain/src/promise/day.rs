//! Which date and which hour a word of a promise means.
//!
//! Owns: weekdays, dates, the end of a day and of a week, in the writer's zone and the shop's
//! hours. Must not know: sentences.

use super::Ground;
use jiff::civil::{Date, Time, Weekday, time};
use jiff::{Timestamp, ToSpan};

/// When a day ends that no calendar knows.
const USUAL_END: Time = time(18, 0, 0, 0);
/// Days that are looked through for open ones.
const MOST_DAYS: usize = 90;

/// A part of a day, by its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Closing,
}

/// The weekday that a word names, with the part of the day where the word holds one, as German
/// words do: `freitagnachmittag`.
pub(super) fn weekday(word: &str) -> Option<(Weekday, Option<Part>)> {
    const DAYS: [(&str, &str, Weekday); 7] = [
        ("monday", "montag", Weekday::Monday),
        ("tuesday", "dienstag", Weekday::Tuesday),
        ("wednesday", "mittwoch", Weekday::Wednesday),
        ("thursday", "donnerstag", Weekday::Thursday),
        ("friday", "freitag", Weekday::Friday),
        ("saturday", "samstag", Weekday::Saturday),
        ("sunday", "sonntag", Weekday::Sunday),
    ];
    DAYS.iter().find_map(|(english, german, day)| {
        if word == *english {
            return Some((*day, None));
        }
        match word.strip_prefix(german)? {
            "" => Some((*day, None)),
            rest => part(rest).map(|part| (*day, Some(part))),
        }
    })
}

/// The part of a day that a word names. `morgen` is not among them: it is a day, or this part after
/// another day.
pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "morning" | "vormittag" | "vormittags" | "früh" => Part::Morning,
        "noon" | "midday" | "mittag" | "mittags" => Part::Noon,
        "afternoon" | "nachmittag" | "nachmittags" => Part::Afternoon,
        "evening" | "tonight" | "abend" | "abends" => Part::Evening,
        "eod" | "cob" | "feierabend" | "geschäftsschluss" | "tagesende" | "ladenschluss" => {
            Part::Closing
        }
        _ => return None,
    })
}

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "januar"),
        ("february", "februar"),
        ("march", "märz"),
        ("april", "april"),
        ("may", "mai"),
        ("june", "juni"),
        ("july", "juli"),
        ("august", "august"),
        ("september", "september"),
        ("october", "oktober"),
        ("november", "november"),
        ("december", "dezember"),
    ];
    let place = MONTHS
        .iter()
        .position(|(english, german)| word == *english || word == *german)?;
    i8::try_from(place + 1).ok()
}

impl Ground<'_> {
    pub(super) fn today(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }

    /// The date of the next such weekday. Today's own name could mean today or in a week.
    pub(super) fn coming(&self, weekday: Weekday) -> Option<Date> {
        let today = self.today();
        if today.weekday() == weekday {
            return None;
        }
        let days = today.weekday().until(weekday);
        today.checked_add(i64::from(days).days()).ok()
    }

    /// A day of a month: of this year, or of the next where it has passed.
    pub(super) fn dated(&self, day: i8, month: i8, year: Option<i16>) -> Option<Date> {
        let today = self.today();
        let date = Date::new(year.unwrap_or(today.year()), month, day).ok()?;
        if year.is_none() && date < today {
            return Date::new(today.year() + 1, month, day).ok();
        }
        Some(date)
    }

    pub(super) fn after_days(&self, days: i64) -> Option<Date> {
        self.today().checked_add(days.days()).ok()
    }

    /// The last open day of this week; without a calendar Friday.
    pub(super) fn end_of_week(&self) -> Option<Date> {
        let today = self.today();
        let left = i64::from(today.weekday().until(Weekday::Sunday));
        let days = (0..=left).rev().filter_map(|days| self.after_days(days));
        match self.calendar {
            Some(_) => days.into_iter().find(|date| self.closes(*date).is_some()),
            None => days
                .into_iter()
                .find(|date| date.weekday() == Weekday::Friday),
        }
    }

    /// The so-manieth open day after today; without a calendar Monday to Friday.
    pub(super) fn after_open_days(&self, count: usize) -> Option<Date> {
        let later = self.today().series(1.day()).skip(1).take(MOST_DAYS);
        let open = later.filter(|date| match self.calendar {
            Some(_) => self.closes(*date).is_some(),
            None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        });
        open.take(count).last().filter(|_| count > 0)
    }

    /// A time of a date on the writer's clock.
    pub(super) fn at(&self, date: Date, time: Time) -> Option<Timestamp> {
        let zoned = date.to_datetime(time).to_zoned(self.zone.clone()).ok()?;
        Some(zoned.timestamp())
    }

    /// The end of a part of a day.
    pub(super) fn end_of(&self, date: Date, part: Part) -> Option<Timestamp> {
        let at = match part {
            Part::Morning | Part::Noon => time(12, 0, 0, 0),
            Part::Evening => time(20, 0, 0, 0),
            Part::Afternoon | Part::Closing => return self.end_of_day(date),
        };
        self.at(date, at)
    }

    /// When the shop closes on a date; 18:00 where it does not open.
    pub(super) fn end_of_day(&self, date: Date) -> Option<Timestamp> {
        self.closes(date).or_else(|| self.at(date, USUAL_END))
    }

    /// The end of the last period that begins on a date.
    fn closes(&self, date: Date) -> Option<Timestamp> {
        let midnight = self.at(date, Time::midnight())?;
        let next = self.at(date.tomorrow().ok()?, Time::midnight())?;
        let spans = self.calendar?.spans(midnight).map_while(Result::ok);
        let begun = spans.take_while(|span| span.start < next);
        let own = begun.filter(|span| span.start >= midnight);
        // A shop that never closes has one span without an end in sight.
        own.last().map(|span| span.end).filter(|end| *end <= next)
    }
}
