//! Small signs by which a line gives away that a program wrote it.
//!
//! Owns: dates, times, addresses, telephone numbers, rules of dashes, single words. Must not know:
//! what follows from them.

use super::line::is_invisible;

/// Lower case, every run of white space one blank, no invisible signs, digits of ASCII.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            match c {
                '’' | '‘' | '´' => out.push('\''),
                '\u{660}'..='\u{669}' => out.push(ascii_digit(c, '\u{660}')),
                '\u{6f0}'..='\u{6f9}' => out.push(ascii_digit(c, '\u{6f0}')),
                _ => out.extend(c.to_lowercase()),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The digit whose distance to its script's zero is the same.
fn ascii_digit(digit: char, zero: char) -> char {
    let value = u32::from(digit) - u32::from(zero);
    char::from_digit(value, 10).unwrap_or(digit)
}

/// Runs of digits with the sign behind each.
fn numbers(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_ascii_digit())?;
        let tail = &rest[start..];
        let end = tail
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len());
        rest = &tail[end..];
        Some((&tail[..end], rest))
    })
}

/// A clock time: `16:32`, `16.32`, `16h32`, `4:32:10 PM`.
pub(super) fn has_time(text: &str) -> bool {
    numbers(text).any(|(number, behind)| {
        let minutes = behind
            .strip_prefix([':', '.', 'h', '：'])
            .and_then(|minutes| minutes.get(..2));
        let is_minute = minutes.is_some_and(|m| m.parse::<u8>().is_ok_and(|m| m < 60));
        let longer = behind.get(3..).and_then(|tail| tail.chars().next());
        let ends = !longer.is_some_and(|c| c.is_ascii_digit());
        number.len() <= 2 && number.parse::<u8>().is_ok_and(|hour| hour < 25) && is_minute && ends
    })
}

/// A day with its year, in figures: `2016`, `2.2.15`, `16/08/2016`.
pub(super) fn has_date(text: &str) -> bool {
    let parts: Vec<(&str, &str)> = numbers(text).take(40).collect();
    let year = parts.iter().any(|(number, _)| {
        number.len() == 4
            && number
                .parse::<u16>()
                .is_ok_and(|y| (1980..=2100).contains(&y))
    });
    let short = parts.windows(3).any(|three| {
        let joined = |behind: &str| behind.starts_with(['.', '/', '-']);
        three.iter().all(|(number, _)| number.len() <= 2)
            && joined(three[0].1)
            && joined(three[1].1)
    });
    year || short
}

/// A mail address, whole or cut by a line break.
pub(super) fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let behind = text[at + 1..].chars().next();
        behind.is_some_and(|c| c.is_alphanumeric() || c == '[')
    })
}

pub(super) fn has_url(text: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|start| text.contains(start))
}

/// At least seven digits with nothing but the signs of telephone numbers between.
pub(super) fn has_phone(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '\u{a0}' => {}
            _ => digits = 0,
        }
        if digits >= 7 {
            return true;
        }
    }
    false
}

/// A line of nothing but dashes and their kin, at least `least` of them.
pub(super) fn is_rule(text: &str, least: usize) -> bool {
    let mut count = 0;
    for c in text.chars() {
        match c {
            '-'
            | '_'
            | '='
            | '*'
            | '~'
            | '#'
            | '\u{2010}'..='\u{2015}'
            | '\u{2500}'
            | '\u{2501}' => {
                count += 1;
            }
            ' ' => {}
            _ => return false,
        }
    }
    count >= least
}

/// Whether folded text holds a word or phrase; in scripts without blanks between words anywhere,
/// else between signs that are no letters.
pub(super) fn holds(folded: &str, phrase: &str) -> bool {
    let is_open = phrase.chars().next().is_some_and(has_no_word_gaps);
    folded.match_indices(phrase).any(|(at, _)| {
        let before = folded[..at].chars().next_back();
        let behind = folded[at + phrase.len()..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        is_open || !letter(before) && !letter(behind)
    })
}

/// Thai, Chinese, Japanese, Korean.
fn has_no_word_gaps(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Whether folded text begins with one of these words or phrases.
pub(super) fn begins_with(folded: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        folded.strip_prefix(phrase).is_some_and(|rest| {
            let next = rest.chars().next();
            let is_open = phrase.chars().next().is_some_and(has_no_word_gaps);
            is_open || !next.is_some_and(char::is_alphanumeric)
        })
    })
}

/// Several words that end like a sentence.
pub(super) fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words >= 6 && text.ends_with(['.', '?', '!', '…', '。', '？', '！']) || words >= 14
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_times_and_addresses_are_told_from_other_figures() {
        for text in ["at 6:32 PM", "klo 18.32", "à 19h42", "11:28 GMT+03:00"] {
            assert!(has_time(text), "{text}");
        }
        for text in ["room 101", "1:1000", "3.5.2"] {
            assert!(!has_time(text), "{text}");
        }
        for text in ["2016-11-16", "1.2.16", "16 aug. 2014", "2019年5月20日"] {
            assert!(has_date(text), "{text}");
        }
        for text in ["order 12345", "room 12", "5-6 days"] {
            assert!(!has_date(text), "{text}");
        }
        assert!(has_address("<kim@a.example>") && has_address("@a.example> wrote:"));
        assert!(!has_address("2 mugs @ 4.50 each @"));
        assert!(has_phone("Tel. +49 (30) 123 45-67") && !has_phone("order 12-34"));
    }

    #[test]
    fn words_are_found_as_words() {
        assert!(holds("kim wrote:", "wrote") && !holds("kim wroteup", "wrote"));
        assert!(holds("于2019年写道：", "写道"));
        assert!(is_rule("- - - -", 4) && is_rule("————", 3) && !is_rule("--x--", 2));
    }
}
