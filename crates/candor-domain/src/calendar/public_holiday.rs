//! Public holidays of the German federal states.
//!
//! Owns: which days they are, Easter included. Must not know: who is open on them.
//!
//! Left out: days that hold in some towns of a state alone (Assumption in parts of Bavaria, Corpus
//! Christi in parts of Saxony and Thuringia, the Peace Festival of Augsburg).

use super::{Holiday, Holidays};
use crate::word::words;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

words! {
    /// A federal state, by its code of ISO 3166-2.
    FederalState {
        /// Baden-Württemberg.
        BadenWuerttemberg = "BW",
        /// Bavaria.
        Bavaria = "BY",
        /// Berlin.
        Berlin = "BE",
        /// Brandenburg.
        Brandenburg = "BB",
        /// Bremen.
        Bremen = "HB",
        /// Hamburg.
        Hamburg = "HH",
        /// Hesse.
        Hesse = "HE",
        /// Mecklenburg-Western Pomerania.
        MecklenburgVorpommern = "MV",
        /// Lower Saxony.
        LowerSaxony = "NI",
        /// North Rhine-Westphalia.
        NorthRhineWestphalia = "NW",
        /// Rhineland-Palatinate.
        RhinelandPalatinate = "RP",
        /// Saarland.
        Saarland = "SL",
        /// Saxony.
        Saxony = "SN",
        /// Saxony-Anhalt.
        SaxonyAnhalt = "ST",
        /// Schleswig-Holstein.
        SchleswigHolstein = "SH",
        /// Thuringia.
        Thuringia = "TH",
    }
}

/// A day of every year in some states; no states are all of them.
type Fixed = (i8, i8, &'static str, &'static [&'static str]);
/// So many days after Easter Sunday.
type Movable = (i64, &'static str, &'static [&'static str]);

const FIXED: [Fixed; 11] = [
    (1, 1, "Neujahr", &[]),
    (1, 6, "Heilige Drei Könige", &["BW", "BY", "ST"]),
    (3, 8, "Frauentag", &["BE", "MV"]),
    (5, 1, "Tag der Arbeit", &[]),
    (8, 15, "Mariä Himmelfahrt", &["SL"]),
    (9, 20, "Weltkindertag", &["TH"]),
    (10, 3, "Tag der Deutschen Einheit", &[]),
    (
        10,
        31,
        "Reformationstag",
        &["BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"],
    ),
    (11, 1, "Allerheiligen", &["BW", "BY", "NW", "RP", "SL"]),
    (12, 25, "1. Weihnachtstag", &[]),
    (12, 26, "2. Weihnachtstag", &[]),
];
const MOVABLE: [Movable; 7] = [
    (-2, "Karfreitag", &[]),
    (0, "Ostersonntag", &["BB"]),
    (1, "Ostermontag", &[]),
    (39, "Christi Himmelfahrt", &[]),
    (49, "Pfingstsonntag", &["BB"]),
    (50, "Pfingstmontag", &[]),
    (60, "Fronleichnam", &["BW", "BY", "HE", "NW", "RP", "SL"]),
];

impl FederalState {
    /// As its people call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::BadenWuerttemberg => "Baden-Württemberg",
            Self::Bavaria => "Bayern",
            Self::Berlin => "Berlin",
            Self::Brandenburg => "Brandenburg",
            Self::Bremen => "Bremen",
            Self::Hamburg => "Hamburg",
            Self::Hesse => "Hessen",
            Self::MecklenburgVorpommern => "Mecklenburg-Vorpommern",
            Self::LowerSaxony => "Niedersachsen",
            Self::NorthRhineWestphalia => "Nordrhein-Westfalen",
            Self::RhinelandPalatinate => "Rheinland-Pfalz",
            Self::Saarland => "Saarland",
            Self::Saxony => "Sachsen",
            Self::SaxonyAnhalt => "Sachsen-Anhalt",
            Self::SchleswigHolstein => "Schleswig-Holstein",
            Self::Thuringia => "Thüringen",
        }
    }

    /// The state's holidays: those of fixed days for every year, the others from one year to
    /// another.
    pub fn holidays(self, years: std::ops::RangeInclusive<i16>) -> Holidays {
        let here = |states: &[&str]| states.is_empty() || states.contains(&self.as_str());
        let mut holidays = Holidays::default();
        for (month, day, name, states) in FIXED {
            if here(states) {
                holidays.add(Holiday::EveryYear(month, day), name);
            }
        }
        for year in years {
            let Some(easter) = easter(year) else {
                continue;
            };
            for (days, name, states) in MOVABLE {
                if here(states) {
                    holidays.add(Holiday::On(easter.saturating_add(days.days())), name);
                }
            }
            if self == Self::Saxony {
                holidays.add(Holiday::On(repentance_day(year)), "Buß- und Bettag");
            }
        }
        holidays
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher, *Astronomical Algorithms*, 1991,
/// chapter 8); `None` outside the years 1583 to 4099.
#[expect(clippy::many_single_char_names, reason = "the letters of the source")]
pub fn easter(year: i16) -> Option<Date> {
    if !(1583..=4099).contains(&year) {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    let (month, day) = (
        i8::try_from(sum / 31).ok()?,
        i8::try_from(sum % 31 + 1).ok()?,
    );
    Date::new(year, month, day).ok()
}

/// The Wednesday before 23 November.
fn repentance_day(year: i16) -> Date {
    let last = date(year, 11, 22);
    let back = last.weekday().since(Weekday::Wednesday);
    last.saturating_sub(i64::from(back).days())
}

#[cfg(test)]
mod tests {
    use super::{FederalState, easter, repentance_day};
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn easter_is_where_the_churches_say() {
        for (year, month, day) in [
            (1961, 4, 2),
            (2000, 4, 23),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)), "{year}");
        }
        assert_eq!(easter(1500), None);
    }

    #[test]
    fn each_state_has_its_own_days() {
        let count = |state: FederalState| {
            let holidays = state.holidays(2026..=2026);
            let first = date(2026, 1, 1);
            let year = first.series(1.day());
            let days = year.take_while(|day| day.year() == 2026);
            days.filter(|day| holidays.on(*day).is_some()).count()
        };
        for (state, days) in [
            (FederalState::Hamburg, 10),
            (FederalState::Bavaria, 12),
            (FederalState::Saarland, 12),
            (FederalState::Saxony, 11),
            (FederalState::Brandenburg, 12),
            (FederalState::Hesse, 10),
            (FederalState::Berlin, 10),
        ] {
            assert_eq!(count(state), days, "{state:?}");
        }
        let hamburg = FederalState::Hamburg.holidays(2026..=2026);
        assert_eq!(hamburg.on(date(2026, 4, 3)), Some("Karfreitag"));
        assert_eq!(hamburg.on(date(2026, 10, 31)), Some("Reformationstag"));
        assert_eq!(hamburg.on(date(2026, 6, 4)), None);
    }

    #[test]
    fn the_day_of_repentance_is_a_wednesday_before_the_23rd() {
        assert_eq!(repentance_day(2026), date(2026, 11, 18));
        assert_eq!(repentance_day(2023), date(2023, 11, 22));
        assert_eq!(repentance_day(2028), date(2028, 11, 22));
    }
}
