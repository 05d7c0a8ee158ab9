use super::{MoodReport, WeekSums, mondays, report};
use candor_domain::id::LevelId;
use candor_domain::ticket::Kind;
use candor_store::rating::{About, MoodSum, RatingSum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn moods(about: About, [measured, upset]: [i64; 2], agreement: [i64; 4]) -> MoodSum {
    MoodSum {
        about,
        conversations: measured + 1,
        score: -300 * (measured + 1),
        measured,
        upset,
        agreement,
    }
}

fn about(kind: Kind, level: i64) -> About {
    About {
        kind: Some(kind),
        level: Some(LevelId(level)),
    }
}

#[test]
fn weeks_begin_on_mondays_of_the_house_and_may_be_an_hour_longer() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    // Sunday evening in UTC is Monday in Berlin already.
    let now: Timestamp = "2026-11-22T23:30:00Z".parse().unwrap();

    let weeks = mondays(now, &berlin);

    let dates: Vec<String> = weeks.iter().map(|week| week.date.to_string()).collect();
    assert_eq!(dates.len(), 12);
    assert_eq!(
        (dates[0].as_str(), dates[11].as_str()),
        ("2026-09-07", "2026-11-23")
    );
    assert_eq!(weeks[11].period.0.to_string(), "2026-11-22T23:00:00Z");
    let hours = |at: usize| {
        let (from, to) = weeks[at].period;
        to.duration_since(from).as_hours()
    };
    assert_eq!(dates[6], "2026-10-19", "clocks go back on the 25th");
    assert_eq!((hours(5), hours(6)), (168, 169));
    assert_eq!(
        mondays(now, &TimeZone::UTC)[11].date.to_string(),
        "2026-11-16"
    );
}

#[test]
fn a_rate_comes_with_its_interval_and_its_agreement() {
    let weeks = [
        WeekSums {
            monday: "2026-11-09".parse().unwrap(),
            moods: vec![
                moods(about(Kind::Complaint, 1), [20, 5], [2, 1, 1, 6]),
                moods(about(Kind::Inquiry, 2), [20, 1], [0, 0, 0, 0]),
            ],
            ratings: Vec::new(),
        },
        WeekSums {
            monday: "2026-11-16".parse().unwrap(),
            moods: vec![moods(About::default(), [0, 0], [0, 0, 0, 0])],
            ratings: vec![RatingSum {
                about: about(Kind::Inquiry, 2),
                asked: 40,
                answers: [6, 2, 2],
            }],
        },
        WeekSums {
            monday: "2026-11-23".parse().unwrap(),
            moods: Vec::new(),
            ratings: Vec::new(),
        },
    ];

    let view = report(&weeks, Vec::new());

    assert_eq!(view.weeks.len(), 2, "a week without anything is left out");
    assert_eq!((view.all.measured, view.all.upset), (40, 6));
    // Wilson, 6 of 40: 7.1 % to 29.1 %.
    let (low, high) = view.weeks[0].figures.interval();
    assert!((low - 0.0706).abs() < 0.001, "{low}");
    assert!((high - 0.2907).abs() < 0.001, "{high}");
    let second = &view.weeks[1].figures;
    assert_eq!(second.rate(), None, "nothing could be measured");
    assert_eq!(second.interval(), (0.0, 1.0));
    assert_eq!(
        (view.all.happy(), view.all.response()),
        (Some(0.6), Some(0.25))
    );
    // po = .8, pe = .3 * .3 + .7 * .7 = .58.
    let kappa = view.kappa.unwrap();
    assert!((kappa - 0.5238).abs() < 0.001, "{kappa}");
}

#[test]
fn parts_are_by_matter_and_by_level_and_the_unsorted_come_last() {
    let weeks = [WeekSums {
        monday: "2026-11-09".parse().unwrap(),
        moods: vec![
            moods(About::default(), [1, 0], [0; 4]),
            moods(about(Kind::Complaint, 2), [4, 2], [0; 4]),
            moods(about(Kind::Complaint, 1), [6, 1], [0; 4]),
        ],
        ratings: Vec::new(),
    }];

    let view = report(&weeks, Vec::new());

    let kinds: Vec<_> = view
        .kinds
        .iter()
        .map(|(kind, of)| (*kind, of.upset))
        .collect();
    assert_eq!(kinds, [(Some(Kind::Complaint), 3), (None, 0)]);
    let levels: Vec<_> = view
        .levels
        .iter()
        .map(|(level, of)| (*level, of.measured))
        .collect();
    assert_eq!(
        levels,
        [(Some(LevelId(1)), 6), (Some(LevelId(2)), 4), (None, 1)]
    );
}

#[test]
fn a_choice_leaves_out_the_rest() {
    let sums = vec![
        moods(About::default(), [1, 0], [0; 4]),
        moods(about(Kind::Complaint, 2), [4, 2], [0; 4]),
        moods(about(Kind::Inquiry, 2), [6, 1], [0; 4]),
    ];
    let left = |kind, level| {
        let about = About { kind, level };
        let kept = MoodReport { about }.of(sums.clone(), |sum| sum.about);
        kept.iter().map(|sum| sum.measured).sum::<i64>()
    };
    assert_eq!(left(None, None), 11);
    assert_eq!(left(Some(Kind::Complaint), None), 4);
    assert_eq!(left(None, Some(LevelId(2))), 10);
    assert_eq!(left(Some(Kind::Inquiry), Some(LevelId(1))), 0);
}
