//! Dates as people write them.
//!
//! Owns: finding days and spans of days in running text. Must not know: what a date is for.
//!
//! A date that can be read in two ways (05/06/2026) is not read at all.

use jiff::civil::Date;

/// A date, the word at which it begins and the one behind it.
pub(super) struct FoundDate {
    pub at: usize,
    pub end: usize,
    pub span: Span,
}

/// One day, or the first and the last of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Day(Date),
    Days(Date, Date),
}

/// How many words are looked at.
const MAX_WORDS: usize = 600;

/// The names of the months by their beginnings, in the languages of Europe.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "tammi", "sty", "led", "янв"],
    &["feb", "fév", "fev", "helmi", "lut", "úno", "фев"],
    &["mar", "mär", "mrt", "maa", "bře", "мар"],
    &["apr", "avr", "abr", "huhti", "kwi", "dub", "апр"],
    &[
        "may", "mai", "mag", "mei", "maj", "touko", "kvě", "мая", "май",
    ],
    &["jun", "juin", "giu", "kesä", "cze", "červn", "июн"],
    &["jul", "juil", "lug", "heinä", "lip", "červenc", "июл"],
    &["aug", "aoû", "aou", "ago", "elo", "sie", "srp", "авг"],
    &["sep", "set", "syys", "wrz", "zář", "сен"],
    &["oct", "okt", "ott", "out", "loka", "paź", "říj", "окт"],
    &["nov", "marras", "lis", "ноя"],
    &["dec", "dez", "déc", "dic", "joulu", "gru", "pro", "дек"],
];

/// Finds dates in lower-case words. A year that is missing is the one that brings the date closest
/// behind `today`.
pub(super) fn find(words: &[&str], today: Date) -> Vec<FoundDate> {
    let words = &words[..words.len().min(MAX_WORDS)];
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let read = numeric(words[at], today)
            .map(|day| (Span::Day(day), 1))
            .or_else(|| day_first(&words[at..], today))
            .or_else(|| month_first(&words[at..], today));
        if let Some((span, length)) = read {
            let end = at + length;
            found.push(FoundDate { at, end, span });
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// `2026-11-30`, `30.11.2026`, `30.11.`, `30/11/26`.
fn numeric(word: &str, today: Date) -> Option<Date> {
    let bare = word.trim_matches(|c: char| !c.is_ascii_digit() && c != '.');
    let bare = bare.trim_start_matches('.');
    let separator = bare.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '.' | '/' | '-') {
        return None;
    }
    let closed = bare.ends_with('.');
    let numbers: Vec<&str> = bare.trim_end_matches('.').split(separator).collect();
    let number = |text: &str| text.parse::<i16>().ok();
    match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => date(number(year)?, number(month)?, number(day)?),
        [first, second, year] if matches!(year.len(), 2 | 4) => {
            let year = number(year)? + if year.len() == 2 { 2000 } else { 0 };
            let (day, month) = in_order(number(first)?, number(second)?, separator)?;
            date(year, month, day)
        }
        // "30.11." has its full stop; "2.5" alone is a number.
        [first, second] if separator == '/' || (separator == '.' && closed) => {
            if first.len() > 2 || second.len() > 2 {
                return None;
            }
            let (day, month) = in_order(number(first)?, number(second)?, separator)?;
            nearest(month, day, today)
        }
        _ => None,
    }
}

/// With slashes the day may stand first or second; only one reading may be possible.
fn in_order(first: i16, second: i16, separator: char) -> Option<(i16, i16)> {
    if separator != '/' || first > 12 || first == second {
        Some((first, second))
    } else if second > 12 {
        Some((second, first))
    } else {
        None
    }
}

/// `30 November 2026`, `30th of November`, `10.-31. Juli`, `10 to 31 July`, `le 3 mai`.
fn day_first(words: &[&str], today: Date) -> Option<(Span, usize)> {
    let (first, last) = days(words.first()?)?;
    let mut next = 1;
    let mut span_end = last;
    let joins = [
        "to", "bis", "au", "al", "-", "–", "until", "till", "through", "hasta", "tot",
    ];
    if last.is_none()
        && words.get(next).is_some_and(|word| joins.contains(word))
        && let Some((end, None)) = words.get(next + 1).and_then(|word| days(word))
    {
        span_end = Some(end);
        next += 2;
    }
    while words
        .get(next)
        .is_some_and(|word| matches!(*word, "of" | "de" | "d'" | "di" | "den"))
    {
        next += 1;
    }
    let month = month(words.get(next)?)?;
    next += 1;
    while words
        .get(next)
        .is_some_and(|word| matches!(*word, "de" | "del" | "of"))
    {
        next += 1;
    }
    let year = words.get(next).and_then(|word| year(word));
    let used = next + usize::from(year.is_some());
    Some((span(first, span_end, month, year, today)?, used))
}

/// `November 30, 2026`, `July 10-31`, `Nov. 30th`.
fn month_first(words: &[&str], today: Date) -> Option<(Span, usize)> {
    let month = month(words.first()?)?;
    let (first, last) = days(words.get(1)?)?;
    let year = words.get(2).and_then(|word| year(word));
    let used = 2 + usize::from(year.is_some());
    Some((span(first, last, month, year, today)?, used))
}

fn span(first: i16, last: Option<i16>, month: i16, year: Option<i16>, today: Date) -> Option<Span> {
    let on = |day| match year {
        Some(year) => date(year, month, day),
        None => nearest(month, day, today),
    };
    match last {
        Some(last) => Some(Span::Days(on(first)?, on(last)?)),
        None => on(first).map(Span::Day),
    }
}

/// A day of a month, or two with a dash between: `30`, `30.`, `30th`, `10-31`, `10.-31.`
fn days(word: &str) -> Option<(i16, Option<i16>)> {
    let word = word.trim_matches([',', '(', ')', ':', ';']);
    match word.split_once(['-', '–']) {
        Some((first, last)) => Some((day(first)?, Some(day(last)?))),
        None => Some((day(word)?, None)),
    }
}

fn day(text: &str) -> Option<i16> {
    let digits = text.trim_end_matches(['.', 'º', '°']);
    let digits = ["st", "nd", "rd", "th", "er"]
        .iter()
        .find_map(|ending| digits.strip_suffix(ending))
        .unwrap_or(digits);
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<i16> {
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    if word.chars().count() < 3 {
        return None;
    }
    // The longest beginning decides: "červenc" is July, "červn" is June.
    let fits = |starts: &[&str]| {
        let lengths = starts.iter().filter(|start| word.starts_with(**start));
        lengths.map(|start| start.len()).max()
    };
    let (length, index) = MONTHS
        .iter()
        .enumerate()
        .filter_map(|(index, starts)| fits(starts).map(|length| (length, index)))
        .max_by_key(|&(length, _)| length)?;
    let is_name = length + 12 >= word.len();
    is_name.then(|| i16::try_from(index + 1).ok()).flatten()
}

fn year(word: &str) -> Option<i16> {
    let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
    (digits.len() == 4)
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|year| (2000..2100).contains(year))
}

fn nearest(month: i16, day: i16, today: Date) -> Option<Date> {
    let this = date(today.year(), month, day);
    let is_past = this.is_none_or(|this| (today - this).get_days() > 7);
    if is_past {
        date(today.year() + 1, month, day).or(this)
    } else {
        this
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
