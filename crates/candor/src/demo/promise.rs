//! The opening hours and service levels of the demo shop.
//!
//! Owns: what Harbour & Pine promises to guests, the club and wholesale. Must not know: what
//! becomes of it; the script's weeks decide that.

use anyhow::Result;
use candor_desk::Desk;
use candor_desk::level::{AddLevel, CalendarText, KeepCalendar, LevelText, TargetText};
use candor_domain::actor::Actor;
use candor_domain::id::{CalendarId, TierId};
use candor_domain::level::{Coverage, Metric, Warns};
use candor_domain::ticket::Urgency;

/// Hours of the promises: urgent, normal, can wait.
type Hours = [u32; 3];

/// Sets up hours and levels. `tiers` are wholesale and club, as the shop lists them.
pub(super) async fn promise(desk: &Desk, zone: &str, tiers: &[TierId]) -> Result<()> {
    let calendar = open_hours(desk, zone).await?;
    let everybody = Coverage {
        everybody: true,
        ..Coverage::default()
    };
    let of = |tier: usize| Coverage {
        tiers: tiers.get(tier).copied().into_iter().collect(),
        ..Coverage::default()
    };
    let levels = [
        ("Guest", 1.0, [1, 4, 9], [9, 27, 45], everybody),
        ("Club", 1.5, [1, 4, 9], [9, 18, 27], of(1)),
        ("Wholesale", 2.5, [1, 2, 4], [4, 9, 18], of(0)),
    ];
    for (name, weight, reply, solved, covers) in levels {
        let text = LevelText {
            name: name.to_owned(),
            calendar: Some(calendar),
            weight: Some(weight),
            targets: targets(reply, solved),
            covers,
            public: true,
            warns: Warns {
                leads: name == "Wholesale",
                ..Warns::default()
            },
        };
        desk.run(&Actor::System, AddLevel(text)).await?;
    }
    Ok(())
}

fn targets(reply: Hours, solved: Hours) -> Vec<TargetText> {
    let urgencies = [Urgency::Urgent, Urgency::Normal, Urgency::CanWait];
    let metrics = [
        (Metric::FirstReply, reply),
        (Metric::NextReply, reply.map(|hours| 2 * hours)),
        (Metric::Resolution, solved),
    ];
    let all = metrics.into_iter().flat_map(|(metric, hours)| {
        urgencies
            .into_iter()
            .zip(hours)
            .map(move |(urgency, hours)| TargetText {
                urgency,
                metric,
                text: format!("{hours} business hours"),
            })
    });
    all.collect()
}

/// Weekdays 9 to 18 and Saturday 10 to 14, closed on the days that Hamburg is.
async fn open_hours(desk: &Desk, zone: &str) -> Result<CalendarId> {
    let weekday = || "09:00-18:00".to_owned();
    let text = CalendarText {
        name: "Shop hours".to_owned(),
        zone: zone.to_owned(),
        days: [
            weekday(),
            weekday(),
            weekday(),
            weekday(),
            weekday(),
            "10:00-14:00".to_owned(),
            String::new(),
        ],
        holidays: "01-01 New Year\n05-01 Labour Day\n10-03 German Unity Day\n\
                   10-31 Reformation Day\n12-25 Christmas Day\n12-26 Boxing Day\n\
                   2026-04-03 Good Friday\n2026-04-06 Easter Monday\n\
                   2026-05-14 Ascension Day\n2026-05-25 Whit Monday\n\
                   2027-03-26 Good Friday\n2027-03-29 Easter Monday"
            .to_owned(),
        exceptions: "2026-12-24 09:00-12:00\n2026-12-31 09:00-12:00".to_owned(),
        ..CalendarText::default()
    };
    let keep = KeepCalendar {
        calendar: None,
        text,
    };
    Ok(desk.run(&Actor::System, keep).await?)
}
