//! Until when somebody is away.
//!
//! Owns: which date of an absence note is the last day away and which the first day back. Must not
//! know: the current time; the year comes from the message.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Absence;
use super::date_words::{self, Span};
use super::signs::Signs;

/// Words near the first day back, in lower case.
const BACK: &[&str] = &[
    "back",
    "return",
    "returning",
    "wieder",
    "zurück",
    "retour",
    "reviendrai",
    "regreso",
    "regresaré",
    "vuelvo",
    "volveré",
    "vuelta",
    "rientro",
    "rientrerò",
    "torno",
    "tornerò",
    "regresso",
    "voltarei",
    "volto",
    "terug",
    "tillbaka",
    "tilbage",
    "tilbake",
    "palaan",
    "wracam",
    "powrót",
    "vrátím",
    "zpět",
    "вернусь",
    "from",
    "ab",
    "dès",
    "partir",
    "dal",
    "vanaf",
    "desde",
    "resume",
];

/// Words in front of the last day away, in lower case.
const UNTIL: &[&str] = &[
    "until", "till", "through", "thru", "to", "bis", "jusqu'au", "jusqu'à", "au", "hasta", "al",
    "fino", "até", "tot", "t/m", "til", "asti", "do", "по", "до", "-", "–",
];

/// Words that may stand between those and the date.
const FILLERS: &[&str] = &[
    "the",
    "and",
    "including",
    "up",
    "zum",
    "am",
    "den",
    "dem",
    "einschließlich",
    "inklusive",
    "le",
    "el",
    "día",
    "il",
    "o",
    "ao",
    "a",
    "och",
    "og",
    "med",
    "en",
    "met",
    "inclusief",
    "on",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "mo",
    "di",
    "mi",
    "do.",
    "fr",
];

/// How many words in front of a date are looked at.
const WINDOW: usize = 7;

enum Role {
    Until,
    Back,
}

/// Reads the note. A date counts when the words in front of it say what it is, or when it ends a
/// span such as "10 to 31 July".
pub(super) fn read(signs: &Signs<'_>) -> Absence {
    let Some(written) = signs.message.date else {
        return Absence::default();
    };
    let today = written.to_zoned(TimeZone::UTC).date();
    let text = format!("{} . {}", signs.subject, signs.text());
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut absence = Absence::default();
    let mut read = 0;
    for found in date_words::find(&words, today) {
        let day = match found.span {
            Span::Day(day) | Span::Days(_, day) => day,
        };
        let start = found.at.saturating_sub(WINDOW).max(read);
        read = found.end;
        if !is_plausible(day, today) {
            continue;
        }
        let before = &words[start..found.at];
        match role(before, &found.span) {
            Some(Role::Back) if absence.back.is_none() => absence.back = Some(day),
            Some(Role::Until) if absence.until.is_none() => absence.until = Some(day),
            _ => {}
        }
    }
    // "From 3 May" is the first day away when a later day ends it.
    if let (Some(back), Some(until)) = (absence.back, absence.until)
        && back <= until
    {
        absence.back = None;
    }
    absence
}

fn role(before: &[&str], span: &Span) -> Option<Role> {
    // A sentence that ended says nothing about this date.
    let ends = |word: &&str| word.ends_with(['.', '!', '?', ';', ':']) && word.len() > 3;
    let start = before.iter().rposition(ends).map_or(0, |at| at + 1);
    let mut near: Vec<&str> = before[start..]
        .iter()
        .map(|word| word.trim_matches([',', '(', ')', ':', '"', '*']))
        .collect();
    while near.last().is_some_and(|word| FILLERS.contains(word)) {
        near.pop();
    }
    let until = near.last().is_some_and(|word| UNTIL.contains(word));
    let back = near.iter().any(|word| BACK.contains(word));
    match (span, until, back) {
        (Span::Days(..), _, _) | (Span::Day(_), true, false) => Some(Role::Until),
        // "I will not be back until 5 May", but "away from 1 May to 5 May".
        (Span::Day(_), true, true) if near.contains(&"from") => Some(Role::Until),
        (Span::Day(_), _, true) => Some(Role::Back),
        (Span::Day(_), false, false) => None,
    }
}

/// Absences last up to two years and ended at most a week ago.
fn is_plausible(day: Date, today: Date) -> bool {
    let away = (day - today).get_days();
    (-7..=731).contains(&away)
}
