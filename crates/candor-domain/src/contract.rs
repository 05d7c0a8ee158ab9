//! Contracts with organizations: what was agreed, for how long, and what a miss costs.
//!
//! Owns: which tickets a contract is for, how it stands on a day, the remedy. Must not know:
//! storage, the current time, how a statement is drawn.

mod frozen;
mod month;
mod remedy;
mod statement;

pub use frozen::Statement;
pub use month::Month;
pub use remedy::{Remedy, RemedyError, Step};
pub use statement::{
    Apart, Corrects, Delays, Document, Maintenance, Missed, TargetLine, Totals, Window, apart,
    attainment,
};

use crate::id::{CalendarId, ContractId, LevelId, OrganizationId, TermsId};
use crate::message::Channel;
use crate::record::Recorded;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What was agreed with an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The row.
    pub id: ContractId,
    /// With whom.
    pub organization: OrganizationId,
    /// What both sides call it.
    pub name: String,
    /// The first day.
    pub first_day: Date,
    /// The last day; `None` goes on and on.
    pub last_day: Option<Date>,
    /// The level that holds its targets.
    pub level: LevelId,
    /// In whose hours it counts, and whose zone its days have.
    pub calendar: CalendarId,
    /// What else was agreed.
    pub agreed: Agreed,
    /// The wording that holds now: its targets in its hours.
    pub terms: TermsId,
    /// Taken away, as if it had never been agreed; it can be brought back.
    pub withdrawn: bool,
}

/// What was agreed beside days and targets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreed {
    /// The ways in that it is for.
    pub channels: Vec<Channel>,
    /// The languages in which the team answers; the first is that of its statements.
    pub languages: Vec<String>,
    /// What it is for, in words.
    pub includes: String,
    /// What it is not for, in words.
    pub excludes: String,
    /// What is credited when too little was kept.
    pub remedy: Remedy,
}

/// How a contract stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It begins later.
    Planned,
    /// It runs, and its end is far or not known.
    Running,
    /// It runs and ends soon, after so many days.
    EndsSoon(i32),
    /// It is over.
    Ended,
    /// It was taken away.
    Withdrawn,
}

/// So many days before its end a contract is said to end soon.
pub const ENDS_SOON_DAYS: i32 = 60;

impl Contract {
    /// The ways by which a ticket can begin.
    pub const CHANNELS: [Channel; 5] = [
        Channel::Mail,
        Channel::Form,
        Channel::Phone,
        Channel::Api,
        Channel::Desk,
    ];

    /// Whether a ticket that began then and that way is one of this contract. What comes later
    /// changes nothing: a ticket stays with the contract under which it was opened.
    pub fn covers(&self, opened: Timestamp, channel: Channel, zone: &TimeZone) -> bool {
        let day = zone.to_datetime(opened).date();
        self.runs_on(day) && self.agreed.channels.contains(&channel)
    }

    /// Whether it runs on a day.
    pub fn runs_on(&self, day: Date) -> bool {
        day >= self.first_day && self.last_day.is_none_or(|last| day <= last)
    }

    /// Whether some ticket would belong to both.
    pub fn meets(&self, other: &Self) -> bool {
        let before = |one: &Self, two: &Self| one.last_day.is_some_and(|last| last < two.first_day);
        let channels = &other.agreed.channels;
        self.organization == other.organization
            && !before(self, other)
            && !before(other, self)
            && self
                .agreed
                .channels
                .iter()
                .any(|one| channels.contains(one))
    }

    /// How it stands on a day.
    pub fn standing(&self, today: Date) -> Standing {
        if self.withdrawn {
            return Standing::Withdrawn;
        }
        if today < self.first_day {
            return Standing::Planned;
        }
        let Some(last) = self.last_day else {
            return Standing::Running;
        };
        let left = today.until(last).map_or(i32::MAX, |span| span.get_days());
        match left {
            ..0 => Standing::Ended,
            0..=ENDS_SOON_DAYS => Standing::EndsSoon(left),
            _ => Standing::Running,
        }
    }

    /// The language of its statements: the first that the desk writes.
    pub fn language(&self) -> &str {
        let spoken = |tag: &&String| ["en", "de"].contains(&tag.as_str());
        self.agreed
            .languages
            .iter()
            .find(spoken)
            .map_or("en", String::as_str)
    }
}

impl Recorded for Contract {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        let mut facts = json!({
            "organization": self.organization, "name": self.name, "first_day": self.first_day,
            "last_day": self.last_day, "level": self.level, "calendar": self.calendar,
            "agreed": self.agreed, "terms": self.terms,
        });
        if self.withdrawn {
            facts["withdrawn"] = json!(true);
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn contract(channels: &[Channel]) -> Contract {
        Contract {
            id: ContractId(1),
            organization: OrganizationId(1),
            name: "Care".to_owned(),
            first_day: date(2026, 10, 1),
            last_day: Some(date(2026, 12, 31)),
            level: LevelId(1),
            calendar: CalendarId(1),
            agreed: Agreed {
                channels: channels.to_vec(),
                ..Agreed::default()
            },
            terms: TermsId(1),
            withdrawn: false,
        }
    }

    #[test]
    fn a_ticket_belongs_to_it_by_the_day_it_was_opened_in_its_own_zone() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let contract = contract(&[Channel::Mail]);
        let covers = |at: &str, channel| contract.covers(at.parse().unwrap(), channel, &zone);
        // Midnight in Berlin is 22:00 UTC in summer, 23:00 in winter.
        assert!(!covers("2026-09-30T21:59:59Z", Channel::Mail));
        assert!(covers("2026-09-30T22:00:00Z", Channel::Mail));
        assert!(covers("2026-12-31T22:59:59Z", Channel::Mail));
        assert!(!covers("2026-12-31T23:00:00Z", Channel::Mail));
        assert!(!covers("2026-11-11T11:11:11Z", Channel::Phone));
    }

    #[test]
    fn two_meet_when_days_and_ways_do() {
        let one = contract(&[Channel::Mail, Channel::Form]);
        let by_phone = contract(&[Channel::Phone]);
        assert!(one.meets(&one) && !one.meets(&by_phone));
        let after = Contract {
            first_day: date(2027, 1, 1),
            last_day: None,
            ..one.clone()
        };
        assert!(!one.meets(&after) && !after.meets(&one));
        let overlapping = Contract {
            first_day: date(2026, 12, 31),
            ..after
        };
        assert!(one.meets(&overlapping) && overlapping.meets(&one));
    }

    #[test]
    fn its_end_is_told_sixty_days_before() {
        let contract = contract(&[]);
        assert_eq!(contract.standing(date(2026, 9, 30)), Standing::Planned);
        assert_eq!(contract.standing(date(2026, 11, 1)), Standing::EndsSoon(60));
        assert_eq!(contract.standing(date(2026, 10, 31)), Standing::Running);
        assert_eq!(contract.standing(date(2026, 12, 31)), Standing::EndsSoon(0));
        assert_eq!(contract.standing(date(2027, 1, 1)), Standing::Ended);
    }
}
