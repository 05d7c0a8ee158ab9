//! Service levels and their clocks, told as stories.
#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "level/history.rs"]
mod history;
#[path = "level/promise.rs"]
mod promise;
#[path = "level/stories.rs"]
mod stories;

use candor_domain::calendar::{Calendar, moment};
use candor_domain::id::TermsId;
use candor_domain::level::{
    Clock, ClockEvent, Fact, Happening, Metric, ReplyBy, Terms, TermsBook, TicketClocks,
};
use candor_domain::ticket::{Status, Urgency};
use jiff::Timestamp;
use std::sync::Arc;

const SHOP: &str = include_str!("../../../docs/manual/examples/calendar.toml");
const CLUB: &str = include_str!("../../../docs/manual/examples/level.toml");

/// Club in shop hours, Guest (slower, in shop hours), Club day and night.
const CLUB_TERMS: TermsId = TermsId(1);
const GUEST_TERMS: TermsId = TermsId(2);
const CLUB_ALWAYS: TermsId = TermsId(3);

fn book() -> TermsBook {
    let shop: Arc<Calendar> = Arc::new(toml::from_str(SHOP).unwrap());
    let guest = "name = \"Guest\"\n[targets.normal]\nfirst_reply = \"9 business hours\"\nnext_reply = \"9 business hours\"\nrequester_wait = \"20 calendar hours\"";
    let terms = |level: &str, calendar: &Arc<Calendar>| Terms {
        level: toml::from_str(level).unwrap(),
        calendar: calendar.clone(),
    };
    TermsBook::from([
        (CLUB_TERMS, terms(CLUB, &shop)),
        (GUEST_TERMS, terms(guest, &shop)),
        (CLUB_ALWAYS, terms(CLUB, &Arc::new(Calendar::always()))),
    ])
}

/// A ticket whose history is told in the shop's wall-clock time: week of Monday, 12 January 2026.
struct Story {
    clocks: TicketClocks,
    log: Vec<ClockEvent>,
    book: TermsBook,
}

fn at(time: &str) -> Timestamp {
    let (day, time) = time.split_once(' ').unwrap();
    let day = 12
        + ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            .iter()
            .position(|name| *name == day)
            .unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    moment(&format!("2026-01-{day:02}T{time}"), &zone).unwrap()
}

const BY_PERSON: Fact = Fact::Replied {
    by: ReplyBy::Person,
};

fn to(status: Status) -> Fact {
    Fact::StatusSet { status }
}

fn opened(urgency: Urgency, terms: Option<TermsId>) -> Fact {
    Fact::Opened {
        asked: true,
        since: None,
        urgency,
        terms,
    }
}

impl Story {
    fn opened(time: &str, urgency: Urgency) -> Self {
        Self::begun(time, opened(urgency, Some(CLUB_TERMS)))
    }

    fn begun(time: &str, fact: Fact) -> Self {
        let story = Self {
            clocks: TicketClocks::default(),
            log: Vec::new(),
            book: book(),
        };
        story.then(time, fact)
    }

    fn then(mut self, time: &str, fact: Fact) -> Self {
        self.log
            .extend(self.clocks.take(at(time), &fact, &self.book).unwrap());
        self
    }

    fn clock(&self, metric: Metric) -> &Clock {
        self.clocks.clock(metric)
    }

    /// When a clock is due, in words.
    fn due(&self, metric: Metric) -> String {
        match self.clock(metric).due {
            Some(due) => {
                let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
                due.to_zoned(zone).strftime("%a %H:%M").to_string()
            }
            None => "never".to_owned(),
        }
    }

    /// Minutes that remain.
    fn left(&self, metric: Metric) -> i64 {
        self.clock(metric).remaining().unwrap().as_mins()
    }

    /// Kept and broken promises.
    fn score(&self, metric: Metric) -> (u32, u32) {
        (self.clock(metric).kept, self.clock(metric).broken)
    }

    /// What one clock did.
    fn told(&self, metric: Metric) -> Vec<Happening> {
        let log = self.log.iter().filter(|event| event.metric == metric);
        log.map(|event| event.happening).collect()
    }
}
