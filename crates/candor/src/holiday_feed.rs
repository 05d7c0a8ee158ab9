//! Reads the addresses from which calendars take closed days.
//!
//! Owns: when it looks for one that is due, what an answer means. Must not know: what an iCalendar
//! file holds, what may be reached.

use candor_desk::level::{FeedTrouble, FollowedDue, FollowedRead};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_post::http::{HttpAnswer, HttpClient, HttpFailure};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks where nothing happens.
const PAUSE: Duration = Duration::from_mins(10);

/// Reads what is due until `stop`.
pub(crate) async fn run(desk: Desk, http: HttpClient, stop: CancellationToken) {
    let mut positions = desk.store().positions();
    while !stop.is_cancelled() {
        if let Err(error) = read_all(&desk, &http).await {
            tracing::warn!(%error, "addresses with closed days cannot be read");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(PAUSE) => {}
            // Somebody may have given a calendar another address.
            _ = positions.changed() => {}
        }
    }
}

async fn read_all(desk: &Desk, http: &HttpClient) -> Result<(), DeskError> {
    for (calendar, address) in desk.ask(&Actor::System, FollowedDue).await? {
        let answer = understood(http.read(&address).await);
        if let Err(trouble) = &answer {
            tracing::warn!(%calendar, ?trouble, "an address gave no closed days");
        }
        let read = FollowedRead {
            calendar,
            address,
            answer,
        };
        desk.run(&Actor::System, read).await?;
    }
    Ok(())
}

fn understood(answer: Result<HttpAnswer, HttpFailure>) -> Result<String, FeedTrouble> {
    match answer {
        Ok(answer) => match answer.status {
            // iCalendar is UTF-8 (RFC 5545, section 3.1.4).
            200 => Ok(String::from_utf8_lossy(&answer.body).into_owned()),
            300..=399 => Err(FeedTrouble::Moved),
            status => Err(FeedTrouble::Status(status)),
        },
        Err(HttpFailure::NotAllowed(_)) => Err(FeedTrouble::Inside),
        Err(HttpFailure::NoAnswer(_)) => Err(FeedTrouble::NoAnswer),
        Err(HttpFailure::TooLarge) => Err(FeedTrouble::TooLarge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_desk::level::{CalendarText, CalendarView, FollowedBy, KeepCalendar};
    use candor_domain::calendar::DayReason;
    use candor_domain::id::CalendarId;
    use candor_post::testing::provider::Provider;
    use candor_testkit::Ground;
    use jiff::civil::date;
    use jiff::{Timestamp, ToSpan};

    /// 15 January 2027.
    const START: i64 = 1_800_000_000;

    fn file(events: &[(&str, &str)]) -> String {
        let events = events.iter().map(|(day, name)| {
            format!("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n")
        });
        let events: String = events.collect();
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
    }

    fn typed(feed: Option<String>) -> CalendarText {
        CalendarText {
            name: "Shop hours".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            days: std::array::from_fn(|_| "9-18".to_owned()),
            holidays: "12-24 Christmas Eve".to_owned(),
            feed,
            ..CalendarText::default()
        }
    }

    async fn keep(ground: &Ground, calendar: Option<CalendarId>, feed: &str) -> CalendarId {
        let text = typed(Some(feed.to_owned()));
        let keep = KeepCalendar { calendar, text };
        ground.desk.run(&Actor::System, keep).await.unwrap()
    }

    /// The name of the holiday on a day; `None` where it is open.
    async fn closed(
        ground: &Ground,
        calendar: CalendarId,
        day: jiff::civil::Date,
    ) -> Option<String> {
        let view = CalendarView(calendar);
        let kept = ground.desk.ask(&Actor::System, view).await.unwrap();
        match kept.calendar.day(day).reason {
            DayReason::Holiday(name) => Some(name.to_owned()),
            _ => None,
        }
    }

    #[tokio::test]
    async fn a_calendar_follows_an_address_and_keeps_the_days_behind_it() {
        let first = file(&[("20270116", "Town fair"), ("20270201", "Inventory")]);
        let later = file(&[("20270203", "Inventory")]);
        let office = Provider::start(&[(200, &first), (200, &later)]).await;
        let start = Timestamp::from_second(START).unwrap();
        let ground = Ground::new("https://desk.shop.example", start).await;
        let http = HttpClient::new("127.0.0.1".parse().unwrap()).unwrap();
        let calendar = keep(&ground, None, &format!("{}/closed.ics", office.address)).await;

        read_all(&ground.desk, &http).await.unwrap();
        read_all(&ground.desk, &http).await.unwrap();
        assert_eq!(office.asked().len(), 1, "once a day");
        let fair = closed(&ground, calendar, date(2027, 1, 16)).await;
        assert_eq!(fair.as_deref(), Some("Town fair"));
        let eve = closed(&ground, calendar, date(2027, 12, 24)).await;
        assert_eq!(
            eve.as_deref(),
            Some("Christmas Eve"),
            "what was typed stays"
        );

        ground.clock.advance(48.hours());
        read_all(&ground.desk, &http).await.unwrap();
        let fair = closed(&ground, calendar, date(2027, 1, 16)).await;
        assert_eq!(fair.as_deref(), Some("Town fair"), "it was closed then");
        assert_eq!(closed(&ground, calendar, date(2027, 2, 1)).await, None);
        assert!(closed(&ground, calendar, date(2027, 2, 3)).await.is_some());

        keep(&ground, Some(calendar), "").await;
        assert_eq!(closed(&ground, calendar, date(2027, 2, 3)).await, None);
        assert!(closed(&ground, calendar, date(2027, 1, 16)).await.is_some());
        let followed = ground.desk.ask(&Actor::System, FollowedBy(calendar)).await;
        assert_eq!(followed.unwrap(), None);
    }

    #[tokio::test]
    async fn what_gives_no_days_is_told_and_takes_none_away() {
        let days = file(&[("20270201", "Inventory")]);
        let office = Provider::start(&[
            (200, &days),
            (404, ""),
            (302, ""),
            (200, "<html>log in</html>"),
        ])
        .await;
        let start = Timestamp::from_second(START).unwrap();
        let ground = Ground::new("https://desk.shop.example", start).await;
        let http = HttpClient::new("127.0.0.1".parse().unwrap()).unwrap();
        let calendar = keep(&ground, None, &format!("{}/closed.ics", office.address)).await;
        read_all(&ground.desk, &http).await.unwrap();

        for expected in [
            FeedTrouble::Status(404),
            FeedTrouble::Moved,
            FeedTrouble::NoCalendar(1),
            FeedTrouble::NoAnswer,
        ] {
            ground.clock.advance(25.hours());
            read_all(&ground.desk, &http).await.unwrap();
            let followed = ground.desk.ask(&Actor::System, FollowedBy(calendar)).await;
            assert_eq!(followed.unwrap().unwrap().trouble, Some(expected));
        }
        assert!(closed(&ground, calendar, date(2027, 2, 1)).await.is_some());
    }

    #[tokio::test]
    async fn an_address_inside_the_house_is_not_read_unless_it_is_allowed() {
        let office = Provider::start(&[(200, "")]).await;
        let start = Timestamp::from_second(START).unwrap();
        let ground = Ground::new("https://desk.shop.example", start).await;
        let http = HttpClient::new("10.0.0.0/8".parse().unwrap()).unwrap();
        let calendar = keep(&ground, None, &format!("{}/closed.ics", office.address)).await;

        read_all(&ground.desk, &http).await.unwrap();
        assert!(office.asked().is_empty());
        let followed = ground.desk.ask(&Actor::System, FollowedBy(calendar)).await;
        assert_eq!(
            followed.unwrap().unwrap().trouble,
            Some(FeedTrouble::Inside)
        );
    }
}
