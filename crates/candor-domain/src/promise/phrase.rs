//! The one moment that a sentence names.
//!
//! Owns: reading lengths, days and times of day from words. Must not know: whether the sentence
//! promises anything.

use super::Ground;
use super::day::{Part, month, part, weekday};
use super::token::Token;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

/// Words after which a day is told of, not promised.
const PAST: &[&str] = &[
    "from", "since", "of", "last", "vom", "von", "seit", "letzten", "letzter", "letzte", "past",
];
/// Words that leave open which of two is meant.
const NEXT: &[&str] = &[
    "next",
    "nächste",
    "nächsten",
    "nächster",
    "nächstem",
    "übernächsten",
    "kommende",
    "kommender",
];
/// Words before a bare hour.
const BEFORE_HOUR: &[&str] = &[
    "by", "at", "um", "bis", "gegen", "before", "until", "around", "vor",
];
/// Words after a bare hour.
const AFTER_HOUR: &[&str] = &[
    "o'clock",
    "today",
    "tomorrow",
    "heute",
    "morgen",
    "on",
    "in",
    "with",
    "mit",
    "bei",
    "and",
    "und",
    "at",
    "am",
    "the",
    "this",
    "latest",
    "spätestens",
    "here",
    "to",
];

/// The moment that a sentence names; `None` for none, for several and for what could mean two.
pub(super) fn time_of(tokens: &[Token], ground: &Ground<'_>) -> Option<Timestamp> {
    let mut scan = Scan {
        words: tokens.iter().map(Token::as_str).collect(),
        ground,
        lengths: Vec::new(),
        days: Vec::new(),
        clocks: Vec::new(),
        parts: Vec::new(),
        unclear: false,
    };
    scan.run();
    scan.moment()
}

struct Scan<'a> {
    words: Vec<&'a str>,
    ground: &'a Ground<'a>,
    lengths: Vec<Timestamp>,
    days: Vec<Date>,
    /// Hour and minute, and whether the half of the day is known.
    clocks: Vec<(i8, i8, bool)>,
    parts: Vec<Part>,
    unclear: bool,
}

impl Scan<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).copied().unwrap_or_default()
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.words.len() {
            let taken = self
                .length(at)
                .or_else(|| self.day(at))
                .or_else(|| self.clock(at));
            at += taken.unwrap_or(1).max(1);
        }
    }

    fn moment(&self) -> Option<Timestamp> {
        let several = |count: usize| count > 1;
        if self.unclear || several(self.clocks.len()) || several(self.lengths.len()) {
            return None;
        }
        let date = self.days.first().copied();
        let part = self.parts.first().copied();
        if self.days.iter().any(|day| Some(*day) != date)
            || self.parts.iter().any(|one| Some(*one) != part)
        {
            return None;
        }
        let clock = self.clocks.first().copied();
        if let Some(length) = self.lengths.first() {
            let alone = date.is_none() && clock.is_none() && part.is_none();
            return alone.then_some(*length);
        }
        let on = date.unwrap_or_else(|| self.ground.today());
        match (clock, part) {
            (Some(clock), part) => self.ground.at(on, half_of_day(clock, part)?),
            (None, Some(part)) => self.ground.end_of(on, part),
            (None, None) => self.ground.end_of_day(date?),
        }
    }

    /// `within two hours`, `in den nächsten 30 Minuten`.
    fn length(&mut self, start: usize) -> Option<usize> {
        const SKIPPED: &[&str] = &[
            "the",
            "next",
            "den",
            "der",
            "nächsten",
            "von",
            "about",
            "etwa",
            "maximal",
            "less",
            "than",
            "spätestens",
        ];
        if !["within", "in", "innerhalb", "binnen"].contains(&self.word(start)) {
            return None;
        }
        let mut at = start + 1;
        while SKIPPED.contains(&self.word(at)) {
            at += 1;
        }
        let (mut count, used) = number(self.word(at), self.word(at + 1)).unwrap_or((1.0, 0));
        let counted = used > 0;
        at += used;
        if counted && ["to", "bis", "or", "oder"].contains(&self.word(at)) {
            let (most, used) = number(self.word(at + 1), "")?;
            (count, at) = (most, at + 1 + used);
        }
        let open = ["business", "working", "open"].contains(&self.word(at));
        at += usize::from(open);
        let unit = self.word(at).to_owned();
        let length = self.after(count, &unit, open, counted)?;
        match length {
            Some(due) => self.lengths.push(due),
            None => self.unclear = true,
        }
        Some(at + 1 - start)
    }

    /// The end of a length; `None` inside for one that says nothing, outside for no length.
    #[expect(
        clippy::option_option,
        reason = "no such words, or words that say nothing"
    )]
    fn after(
        &self,
        count: f64,
        unit: &str,
        open: bool,
        counted: bool,
    ) -> Option<Option<Timestamp>> {
        let ground = self.ground;
        let seconds = |each: f64| SignedDuration::from_secs((count * each) as i64);
        let wall = |length: SignedDuration| ground.now.checked_add(length).ok();
        let hours = |length| match ground.calendar.filter(|_| open) {
            Some(calendar) => calendar.add(ground.now, length).ok(),
            None => wall(length),
        };
        let days = |date: Option<Date>| ground.end_of_day(date?);
        Some(match unit {
            "minute" | "minutes" | "min" | "minuten" if counted => hours(seconds(60.0)),
            "hour" | "hours" | "stunde" | "stunden" => hours(seconds(3600.0)),
            "day" | "days" | "tag" | "tage" | "tagen" | "tages" if counted && !open => {
                days(ground.after_days(count as i64))
            }
            "day" | "days" | "werktag" | "werktage" | "werktagen" | "arbeitstag"
            | "arbeitstage" | "arbeitstagen"
                if counted =>
            {
                days(ground.after_open_days(count as usize))
            }
            "week" | "weeks" | "woche" | "wochen" if counted => {
                days(ground.after_days(7 * count as i64))
            }
            _ => return None,
        })
    }

    fn day(&mut self, at: usize) -> Option<usize> {
        let told = PAST.contains(&self.before(at))
            || (["the", "dem", "der"].contains(&self.before(at))
                && at > 1
                && PAST.contains(&self.word(at - 2))
                && self.word(at) != "week"
                && self.word(at) != "woche");
        let ground = self.ground;
        let word = self.word(at).to_owned();
        let (date, used) = match word.as_str() {
            "today" | "heute" => (ground.after_days(0), 1),
            "tonight" => {
                self.parts.push(Part::Evening);
                (ground.after_days(0), 1)
            }
            "day" if self.word(at + 1) == "after" && self.word(at + 2) == "tomorrow" => {
                (ground.after_days(2), 3)
            }
            "tomorrow" => (ground.after_days(1), 1),
            "übermorgen" => (ground.after_days(2), 1),
            "morgen" => return self.german_morgen(at),
            "week" | "woche" => return self.week(at),
            "between" | "zwischen" => {
                self.unclear = true;
                return Some(1);
            }
            _ => match weekday(&word) {
                Some((day, part)) => {
                    self.parts.extend(part.filter(|_| !told));
                    (ground.coming(day).filter(|_| !self.is_next(at)), 1)
                }
                None => self.date(at)?,
            },
        };
        match date {
            _ if told => {}
            Some(date) => self.days.push(date),
            None => self.unclear = true,
        }
        Some(used)
    }

    /// Whether the word before says "next".
    fn is_next(&self, at: usize) -> bool {
        NEXT.contains(&self.before(at)) && self.before(at) != "kommende"
    }

    /// The German word for tomorrow, which is the morning after the name of a day.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the readers of one word answer alike"
    )]
    fn german_morgen(&mut self, at: usize) -> Option<usize> {
        let before = self.before(at);
        if ["guten", "schönen"].contains(&before) {
            return Some(1);
        }
        if ["heute", "übermorgen", "am"].contains(&before) || weekday(before).is_some() {
            self.parts.push(Part::Morning);
        } else {
            self.days.extend(self.ground.after_days(1));
        }
        Some(1)
    }

    /// `end of the week`, `diese Woche`.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the readers of one word answer alike"
    )]
    fn week(&mut self, at: usize) -> Option<usize> {
        let around = &self.words[at.saturating_sub(3)..at];
        let has = |words: &[&str]| around.iter().any(|word| words.contains(word));
        if has(NEXT) || has(&["last", "letzte", "letzten", "letzter", "anfang", "mitte"]) {
            self.unclear = true;
        } else if has(&["this", "end", "the", "diese", "dieser", "ende", "laufe"]) {
            match self.ground.end_of_week() {
                Some(date) => self.days.push(date),
                None => self.unclear = true,
            }
        }
        Some(1)
    }

    /// `24 November`, `November 24`, `24.11.`, `2026-11-24`.
    fn date(&mut self, at: usize) -> Option<(Option<Date>, usize)> {
        let ground = self.ground;
        let word = self.word(at);
        if let Some(month) = month(word) {
            let day: i8 = self.word(at + 1).parse().ok()?;
            return Some((ground.dated(day, month, None), 2));
        }
        if let Ok(day) = word.parse::<i8>() {
            let mut next = at + 1;
            while ["th", "st", "nd", "rd", "of"].contains(&self.word(next)) {
                next += 1;
            }
            let month = month(self.word(next))?;
            return Some((ground.dated(day, month, None), next + 1 - at));
        }
        if self.word(at + 1) == "uhr" {
            return None;
        }
        numeric_date(word, ground).map(|date| (date, 1))
    }

    fn clock(&mut self, at: usize) -> Option<usize> {
        let (word, next) = (self.word(at).to_owned(), self.word(at + 1).to_owned());
        let good = ["good", "guten", "schönen"].contains(&self.before(at));
        if let Some(part) = part(&word).filter(|_| !good) {
            self.parts.push(part);
            return Some(1);
        }
        match (word.as_str(), next.as_str()) {
            ("midnight" | "mitternacht" | "halb", _) => self.unclear = true,
            ("close" | "end", "of") => return self.end(at),
            _ => {}
        }
        let (hour, minute) = digits(&word)?;
        let has_minutes = word.contains([':', '.']);
        match next.as_str() {
            "am" | "a.m" if hour <= 12 => {
                self.clocks.push((hour % 12, minute, true));
                return Some(2);
            }
            "pm" | "p.m" if hour <= 12 => {
                self.clocks.push((hour % 12 + 12, minute, true));
                return Some(2);
            }
            "uhr" => {
                let minutes: Option<i8> = self.word(at + 2).parse().ok();
                let minutes = minutes.filter(|minutes| !has_minutes && (0..60).contains(minutes));
                let minute = minutes.unwrap_or(minute);
                self.clocks.push((hour, minute, true));
                return Some(2 + usize::from(minutes.is_some()));
            }
            _ => {}
        }
        let ends = next.is_empty()
            || AFTER_HOUR.contains(&next.as_str())
            || part(&next).is_some()
            || weekday(&next).is_some();
        if has_minutes || (BEFORE_HOUR.contains(&self.before(at)) && ends) {
            self.clocks.push((hour, minute, false));
            return Some(1);
        }
        None
    }

    /// `end of the day`, `close of business`.
    fn end(&mut self, at: usize) -> Option<usize> {
        let mut next = at + 2;
        while ["the", "this", "our"].contains(&self.word(next)) {
            next += 1;
        }
        if !["day", "business"].contains(&self.word(next)) {
            return None;
        }
        self.parts.push(Part::Closing);
        Some(next + 1 - at)
    }
}

/// Three and four o'clock are rarely at night: without a word for the half of the day, hours from
/// one to seven say nothing.
fn half_of_day((hour, minute, known): (i8, i8, bool), part: Option<Part>) -> Option<Time> {
    let late = matches!(part, Some(Part::Afternoon | Part::Evening));
    let hour = match (known, hour) {
        (false, 1..=11) if late => hour + 12,
        (false, 1..=7) if part != Some(Part::Morning) => return None,
        _ => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// `11`, `11:00`, `11.00` as hour and minute.
fn digits(word: &str) -> Option<(i8, i8)> {
    let (hour, minute) = match word.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute.parse().ok()?),
        Some(_) => return None,
        None => (word, 0),
    };
    let hour = hour.parse().ok()?;
    ((0..=23).contains(&hour) && (0..=59).contains(&minute)).then_some((hour, minute))
}

/// A date of digits: inside `None` where day and month could be exchanged or there is no such day.
#[expect(
    clippy::option_option,
    reason = "no such words, or words that say nothing"
)]
fn numeric_date(word: &str, ground: &Ground<'_>) -> Option<Option<Date>> {
    let numbers = |mark: char| {
        let parts: Option<Vec<i16>> = word.split(mark).map(|part| part.parse().ok()).collect();
        parts.filter(|parts| (2..=3).contains(&parts.len()))
    };
    let small = |number: i16| i8::try_from(number).unwrap_or_default();
    let year = |parts: &[i16]| match parts.get(2) {
        Some(year @ 0..=99) => Some(2000 + year),
        other => other.copied(),
    };
    if let Some(parts) = numbers('-').filter(|parts| parts.len() == 3) {
        return Some(ground.dated(small(parts[2]), small(parts[1]), Some(parts[0])));
    }
    if let Some(parts) = numbers('.') {
        let is_date = (1..=31).contains(&parts[0]) && (1..=12).contains(&parts[1]);
        return is_date.then(|| ground.dated(small(parts[0]), small(parts[1]), year(&parts)));
    }
    let parts = numbers('/')?;
    let ((day @ 13..=31, month) | (month, day @ 13..=31)) = (parts[0], parts[1]) else {
        return Some(None);
    };
    Some(ground.dated(small(day), small(month), year(&parts)))
}

/// A count of units and how many words it takes.
fn number(word: &str, next: &str) -> Option<(f64, usize)> {
    const WORDS: &[(&str, f64)] = &[
        ("a", 1.0),
        ("an", 1.0),
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("twelve", 12.0),
        ("ein", 1.0),
        ("eine", 1.0),
        ("einer", 1.0),
        ("einem", 1.0),
        ("eines", 1.0),
        ("zwei", 2.0),
        ("drei", 3.0),
        ("vier", 4.0),
        ("fünf", 5.0),
        ("sechs", 6.0),
        ("sieben", 7.0),
        ("acht", 8.0),
        ("neun", 9.0),
        ("zehn", 10.0),
        ("zwölf", 12.0),
        ("anderthalb", 1.5),
        ("eineinhalb", 1.5),
        ("zweieinhalb", 2.5),
    ];
    if word == "half" && ["a", "an"].contains(&next) {
        return Some((0.5, 2));
    }
    let one = WORDS.iter().find(|(known, _)| *known == word);
    if let Some((_, count)) = one {
        let halves = ["half", "halbe", "halben"].contains(&next);
        return Some(if halves { (0.5, 2) } else { (*count, 1) });
    }
    let most = word.rsplit('-').next().unwrap_or(word);
    let count: f64 = most.parse().ok()?;
    (count > 0.0 && count < 1000.0).then_some((count, 1))
}
