//! Dates, deadlines, numbers and money as people of the shop write them.
//!
//! Owns: the phrases in English and German. Must not know: tickets.

use crate::demo::script::hours::Hours;

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
];
const DAYS: [[&str; 7]; 2] = [
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    [
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ],
];
const NUMBERS: [[&str; 7]; 2] = [
    ["none", "one", "two", "three", "four", "five", "six"],
    ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs"],
];
/// Open minutes that staff give themselves when they promise word.
const WORD_WITHIN: i64 = 110;

/// A language, with the clock on the wall.
pub(super) struct Tongue<'a> {
    pub(super) german: bool,
    pub(super) hours: &'a Hours,
}

impl Tongue<'_> {
    fn of<T: Copy>(&self, both: [T; 2]) -> T {
        both[usize::from(self.german)]
    }

    pub(super) fn number(&self, number: i64) -> String {
        self.of([&NUMBERS[0], &NUMBERS[1]])[number as usize].to_owned()
    }

    pub(super) fn date(&self, at: i64) -> String {
        let local = self.hours.local(at);
        let month = self.of([&MONTHS[0], &MONTHS[1]])[local.month() as usize - 1];
        let dot = self.of(["", "."]);
        format!("{}{dot} {month}", local.day())
    }

    pub(super) fn weekday(&self, at: i64) -> String {
        let day = self.hours.local(at).weekday().to_monday_zero_offset();
        self.of([&DAYS[0], &DAYS[1]])[day as usize].to_owned()
    }

    pub(super) fn money(&self, cents: u32) -> String {
        let (euros, cents) = (cents / 100, cents % 100);
        let mark = self.of([",", "."]);
        let euros = match euros / 1_000 {
            0 => euros.to_string(),
            thousands => format!("{thousands}{mark}{:03}", euros % 1_000),
        };
        if self.german {
            format!("{euros},{cents:02} €")
        } else {
            format!("€{euros}.{cents:02}")
        }
    }

    /// The next day on which the shop is open: "tomorrow", or by its name.
    pub(super) fn next_day(&self, at: i64) -> String {
        let next = self.hours.opening_after(at, 1);
        self.day_from(at, next)
    }

    fn day_from(&self, at: i64, then: i64) -> String {
        let today = self.hours.local(at).date();
        let day = self.hours.local(then).date();
        if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
            self.of(["tomorrow", "morgen"]).to_owned()
        } else {
            self.weekday(then)
        }
    }

    /// The next full hour by which staff will have word: "by 16:00 today", "by 11:00 on Monday".
    pub(super) fn deadline(&self, at: i64) -> String {
        let then = self.hours.after(at, WORD_WITHIN);
        let hour = self.hours.local(then).hour() + 1;
        let same_day = self.hours.local(then).date() == self.hours.local(at).date();
        let day = self.day_from(at, then);
        match (self.german, same_day) {
            (false, true) => format!("by {hour}:00 today"),
            (false, false) if day == "tomorrow" => format!("by {hour}:00 tomorrow"),
            (false, false) => format!("by {hour}:00 on {day}"),
            (true, true) => format!("heute bis {hour} Uhr"),
            (true, false) => format!("{day} bis {hour} Uhr"),
        }
    }
}
