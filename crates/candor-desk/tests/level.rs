//! Service levels, clocks and the queue, told as stories.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "level/attain.rs"]
mod attain;
#[path = "level/clock.rs"]
mod clock;
#[path = "level/fastest.rs"]
mod fastest;
#[path = "level/given.rs"]
mod given;
#[path = "level/history.rs"]
mod history;
#[path = "level/next.rs"]
mod next;
#[path = "level/skill.rs"]
mod skill;
#[path = "level/warn.rs"]
mod warn;

use candor_desk::level::{AddLevel, CalendarText, KeepCalendar, LevelText, Recount, TargetText};
use candor_desk::roster::{AddShift, ShiftText};
use candor_desk::ticket::{Reply, TicketView, View};
use candor_domain::actor::Actor;
use candor_domain::id::{CalendarId, LevelId, PersonId, TicketId};
use candor_domain::level::{Clock, Coverage, Metric};
use candor_domain::message::Channel;
use candor_domain::roster::Days;
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Urgency};
use candor_testkit::TestDesk;

/// Monday to Friday 9 to 18 in Berlin; Christmas is closed.
async fn hours(kit: &TestDesk) -> CalendarId {
    let weekday = || "9-18".to_owned();
    let text = CalendarText {
        name: "Shop hours".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        days: [
            weekday(),
            weekday(),
            weekday(),
            weekday(),
            weekday(),
            String::new(),
            String::new(),
        ],
        holidays: "12-25 Christmas".to_owned(),
        exceptions: String::new(),
        ..CalendarText::default()
    };
    let keep = KeepCalendar {
        calendar: None,
        text,
    };
    kit.desk.run(&Actor::System, keep).await.unwrap()
}

fn target(urgency: Urgency, metric: Metric, text: &str) -> TargetText {
    TargetText {
        urgency,
        metric,
        text: text.to_owned(),
    }
}

/// First reply within 1, 4 and 9 open hours, next reply within 9, solved within 27.
fn usual(name: &str, calendar: CalendarId, covers: Coverage) -> LevelText {
    let mut targets = vec![
        target(Urgency::Urgent, Metric::FirstReply, "1 business hour"),
        target(Urgency::Normal, Metric::FirstReply, "4 business hours"),
        target(Urgency::CanWait, Metric::FirstReply, "9 business hours"),
    ];
    for &urgency in Urgency::ALL {
        targets.push(target(urgency, Metric::NextReply, "9 business hours"));
        targets.push(target(urgency, Metric::Resolution, "27 business hours"));
    }
    LevelText {
        name: name.to_owned(),
        calendar: Some(calendar),
        weight: None,
        targets,
        covers,
        public: true,
        ..LevelText::default()
    }
}

async fn level_for_everybody(kit: &TestDesk) -> LevelId {
    let covers = Coverage {
        everybody: true,
        ..Coverage::default()
    };
    let text = usual("Standard", hours(kit).await, covers);
    let id = kit.desk.run(&Actor::System, AddLevel(text)).await.unwrap();
    kit.run_jobs().await;
    id
}

/// They work today from 8 to 20.
async fn on_shift(kit: &TestDesk, people: &[PersonId]) {
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let today = kit.desk.now().to_zoned(zone).date();
    for &person in people {
        let text = ShiftText {
            person,
            days: Days::NONE,
            first: today.to_string(),
            last: String::new(),
            hours: "08:00-20:00".to_owned(),
        };
        kit.desk.run(&Actor::System, AddShift(text)).await.unwrap();
    }
}

async fn view(kit: &TestDesk, ticket: TicketId) -> View {
    let mara = kit.actor("mara").await;
    kit.desk.ask(&mara, TicketView { ticket }).await.unwrap()
}

async fn clock(kit: &TestDesk, ticket: TicketId, metric: Metric) -> Clock {
    let promise = view(kit, ticket).await.promise.unwrap();
    let found = promise.clocks.into_iter().find(|c| c.metric == metric);
    found.unwrap()
}

async fn reply(kit: &TestDesk, who: &str, ticket: TicketId, then: AfterSend) {
    let reply = Reply {
        ticket,
        body: PublicText::new("We are on it.".to_owned()),
        cc: Vec::new(),
        then,
        seen: None,
        files: Vec::new(),
        channel: Channel::Desk,
    };
    let actor = kit.actor(who).await;
    kit.desk.run(&actor, reply).await.unwrap();
}

/// Every ticket whose clocks are not those of its history.
async fn wrong(kit: &TestDesk) -> Vec<TicketId> {
    let mut wrong = Vec::new();
    let mut after = TicketId(0);
    let of = |after| Recount { after, limit: 500 };
    while let Some((last, found)) = kit.desk.ask(&Actor::System, of(after)).await.unwrap() {
        wrong.extend(found);
        after = last;
    }
    wrong
}
