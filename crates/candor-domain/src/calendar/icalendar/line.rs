//! Lines of an iCalendar file.
//!
//! Owns: unfolding, name and value, dates and escapes. Must not know: components.

use jiff::civil::Date;

/// A content line with its folds undone.
pub(super) struct Line {
    /// Number of its first line in the file, from 1.
    pub number: usize,
    /// Upper case, without parameters.
    pub name: String,
    /// What stands after the colon.
    pub value: String,
}

impl Line {
    fn parse(number: usize, text: &str) -> Self {
        let mut quoted = false;
        let colon = text.char_indices().find(|(_, letter)| {
            quoted ^= *letter == '"';
            *letter == ':' && !quoted
        });
        let (head, value) = match colon {
            Some((place, _)) => (&text[..place], &text[place + 1..]),
            None => (text, ""),
        };
        let name = head.split(';').next().unwrap_or_default();
        Self {
            number,
            name: name.trim().to_ascii_uppercase(),
            value: value.to_owned(),
        }
    }

    /// The value as one line of text of at most 120 characters.
    pub(super) fn text(&self) -> String {
        let mut plain = String::new();
        let mut letters = self.value.chars();
        while let Some(letter) = letters.next() {
            match (letter, letter == '\\') {
                (_, true) => match letters.next() {
                    Some('n' | 'N') | None => plain.push(' '),
                    Some(other) => plain.push(other),
                },
                _ => plain.push(letter),
            }
        }
        crate::text::one_line(&plain, 120)
    }

    /// A list of dates; `None` when one of them is none.
    pub(super) fn dates(&self) -> Option<Vec<Date>> {
        self.value.split(',').map(date).collect()
    }
}

/// The content lines of a file; empty ones are left out.
pub(super) fn unfold(text: &str) -> Vec<Line> {
    let text = text.trim_start_matches('\u{feff}');
    let mut joined: Vec<(usize, String)> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), joined.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => joined.push((place + 1, line.to_owned())),
        }
    }
    let lines = joined.iter();
    lines
        .map(|(number, text)| Line::parse(*number, text))
        .collect()
}

/// The date of `20261224` or of `20261224T000000Z`.
pub(in super::super) fn date(value: &str) -> Option<Date> {
    let value = value.trim();
    let digits = value.get(..8)?;
    let rest = &value[8..];
    let is_date = digits.bytes().all(|b| b.is_ascii_digit());
    if !is_date || !(rest.is_empty() || rest.starts_with('T')) {
        return None;
    }
    let year = digits[..4].parse().ok()?;
    let month = digits[4..6].parse().ok()?;
    let day = digits[6..].parse().ok()?;
    Date::new(year, month, day).ok()
}

/// Whether a value is a date, or midnight on one.
pub(super) fn is_midnight(value: &str) -> bool {
    let time = value.trim().get(8..).unwrap_or_default();
    time.is_empty() || time.starts_with("T000000")
}

/// Days of `P3D`, `P1W`; `None` for anything else.
pub(super) fn whole_days(value: &str) -> Option<i32> {
    let value = value.trim().trim_start_matches('+').strip_prefix('P')?;
    if let Some(weeks) = value.strip_suffix('W') {
        return weeks.parse::<i32>().ok()?.checked_mul(7);
    }
    value.strip_suffix('D')?.parse().ok()
}
