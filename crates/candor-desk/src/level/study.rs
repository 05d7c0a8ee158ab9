//! What could be promised.
//!
//! Owns: the questions that the studio asks of the simulation and of the desk's own answers. Must
//! not know: sliders.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::calendar::Calendar;
use candor_domain::id::CalendarId;
use candor_domain::level::Metric;
use candor_domain::permission::Permission;
use candor_staffing::StaffingError;
use candor_staffing::demand::usual;
use candor_staffing::order::Rule;
use candor_staffing::promise::{PromisePoint, USUAL_GOAL, promise_study};
use candor_staffing::simulate::scenario::{Handle, Length, Shape};
use candor_staffing::simulate::{
    Hours, NamedRule, Priority, Roster, RunResult, Scenario, Span, Steps, simulate,
};
use candor_store::Tx;
use jiff::SignedDuration;
use jiff::civil::Weekday;

/// A team and a promise.
#[derive(Debug, Clone)]
pub struct StudyAsk {
    /// When it is open: time counts, and the team is there.
    pub calendar: Calendar,
    /// Tickets a week.
    pub tickets_per_week: f64,
    /// When they come, by half hour from Monday 0:00, in any unit; `None` as in small shops usually.
    pub pattern: Option<Vec<f64>>,
    /// Minutes of work for one.
    pub handle_minutes: f64,
    /// People at work on an open weekday.
    pub weekday_people: usize,
    /// People at work on an open Saturday or Sunday.
    pub weekend_people: usize,
    /// The promise that is looked at, in open hours.
    pub promise_hours: f64,
}

/// How well one promise would be kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudyPoint {
    /// The promise, in open hours.
    pub hours: f64,
    /// The share of answers that would be in time.
    pub kept: f64,
    /// Where that share lies with 95 % confidence.
    pub interval: (f64, f64),
}

/// What a simulation of the team says.
#[derive(Debug, Clone, PartialEq)]
pub struct Studied {
    /// The promise that was asked about.
    pub chosen: StudyPoint,
    /// Other promises.
    pub curve: Vec<StudyPoint>,
    /// The smallest promise that is safely kept by 95 %.
    pub publishable: Option<f64>,
    /// What the team aims at, in open hours, so that this promise is usually beaten.
    pub aim: Option<f64>,
    /// What one more person on weekdays would make of the chosen one.
    pub with_one_more: Option<f64>,
    /// The hour of the week whose tickets are late most often; `None` where all are in time.
    pub breaks_first: Option<BreaksFirst>,
}

/// The hour of the week whose tickets make up most of those that are late.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BreaksFirst {
    /// The day and the hour, 0 to 23, in which its tickets come.
    pub hour: (Weekday, usize),
    /// The share of its tickets that is late.
    pub late: f64,
    /// The share of all late tickets that came in it.
    pub part: f64,
    /// The day and the open hour in which one more person was tried: the same, or the next one that
    /// is open.
    pub helped: (Weekday, usize),
    /// What that person would make of the chosen promise.
    pub with_one_more: f64,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StudyError {
    /// More comes in than this team can ever answer.
    #[error(
        "more comes in than this team can answer: it takes more than {least_hours} hours a week"
    )]
    Overloaded {
        /// Hours of people a week that the tickets take.
        least_hours: f64,
    },
    /// Something cannot be so.
    #[error("{0}")]
    Refused(String),
}

impl From<StaffingError> for StudyError {
    fn from(error: StaffingError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// Minutes of an hour, a day and a week.
const HOUR: f64 = 60.0;
const DAY: f64 = 24.0 * HOUR;
const WEEK: f64 = 7.0 * DAY;
/// How handle times scatter in real desks: deviation over mean.
const VARIATION: f64 = 0.9;
/// Share of a person's time that goes into tickets.
pub(crate) const EFFICIENCY: f64 = 0.85;
/// Tickets of one simulation: enough for a narrow interval, few enough for a slider.
const TICKETS: usize = 20_000;
/// Most people of a team.
const MOST_PEOPLE: usize = 50;

/// Simulates a team. Takes some tens of milliseconds; the same question has the same answer.
///
/// # Errors
/// `Overloaded` when more comes in than the team can answer, `Refused` for what cannot be.
pub fn study(ask: &StudyAsk) -> Result<Studied, StudyError> {
    let result = run(ask, ask.weekday_people, None)?;
    let more = run(ask, ask.weekday_people + 1, None).ok();
    let class = &result.priorities[0];
    let interval = class.attainment_interval;
    let share = class.attainment;
    Ok(Studied {
        chosen: StudyPoint {
            hours: ask.promise_hours,
            kept: share,
            interval: interval.map_or((share, share), |i| (i.low.max(0.0), i.high.min(1.0))),
        },
        curve: points(&class.curve),
        publishable: class.publishable.map(|promise| promise.hours),
        aim: class.publishable.map(|promise| promise.internal_hours),
        with_one_more: more.map(|more| more.priorities[0].attainment),
        breaks_first: breaks_first(ask, &result)?,
    })
}

/// Looks at the hour that breaks first, and tries one more person in it.
fn breaks_first(ask: &StudyAsk, result: &RunResult) -> Result<Option<BreaksFirst>, StudyError> {
    let Some(hot) = result.worst_hours.first() else {
        return Ok(None);
    };
    let (spans, _) = spans(ask, ask.weekday_people);
    let Some(extra) = open_hour(&spans, hot.hour_of_week) else {
        return Ok(None);
    };
    let helped = run(ask, ask.weekday_people, Some(extra))?;
    Ok(Some(BreaksFirst {
        hour: day_and_hour(hot.hour_of_week),
        late: hot.late_percent / 100.0,
        part: hot.part_percent / 100.0,
        helped: day_and_hour((extra.from / HOUR) as usize),
        with_one_more: helped.priorities[0].attainment,
    }))
}

/// The open part of an hour of the week, or the first hour that is open after it.
fn open_hour(spans: &[Span], hour: usize) -> Option<Span> {
    let (from, to) = (hour as f64 * HOUR, (hour + 1) as f64 * HOUR);
    let cut = |span: &Span, from: f64, to: f64| Span {
        from: span.from.max(from),
        to: span.to.min(to),
    };
    let within = spans.iter().map(|span| cut(span, from, to));
    let open_now = within.into_iter().find(|span| span.from < span.to);
    let starts = |span: &&Span| {
        let wait = span.from - from;
        if wait < 0.0 { wait + WEEK } else { wait }
    };
    let next = spans
        .iter()
        .min_by(|one, other| starts(one).total_cmp(&starts(other)));
    open_now.or_else(|| next.map(|span| cut(span, span.from, span.from + HOUR)))
}

fn day_and_hour(hour: usize) -> (Weekday, usize) {
    let mut days = Weekday::Monday.cycle_forward();
    (days.nth(hour / 24).unwrap_or(Weekday::Monday), hour % 24)
}

fn points(curve: &[PromisePoint]) -> Vec<StudyPoint> {
    let point = |point: &PromisePoint| StudyPoint {
        hours: point.hours,
        kept: point.kept,
        interval: point.interval.map_or((point.kept, point.kept), |i| {
            (i.low.max(0.0), i.high.min(1.0))
        }),
    };
    curve.iter().map(point).collect()
}

/// Simulates the team, with somebody more in a part of the week.
fn run(
    ask: &StudyAsk,
    weekday_people: usize,
    extra: Option<Span>,
) -> Result<RunResult, StudyError> {
    let report = simulate(&scenario(ask, weekday_people, extra)?);
    let roster = report.rosters.into_iter().next();
    let roster = roster.ok_or_else(|| StudyError::Refused("nobody is there".to_owned()))?;
    if let Some(overload) = roster.unstable {
        return Err(StudyError::Overloaded {
            least_hours: overload.least_hours_per_week,
        });
    }
    let result = roster.rules.into_values().next();
    result.ok_or_else(|| StudyError::Refused("nobody is there".to_owned()))
}

fn scenario(
    ask: &StudyAsk,
    weekday_people: usize,
    extra: Option<Span>,
) -> Result<Scenario, StudyError> {
    if weekday_people > MOST_PEOPLE || ask.weekend_people > MOST_PEOPLE {
        return Err(StudyError::Refused("50 people are the most".to_owned()));
    }
    if !(1.0..=100_000.0).contains(&ask.tickets_per_week) {
        return Err(StudyError::Refused(
            "1 to 100,000 tickets a week".to_owned(),
        ));
    }
    let (spans, mut people) = spans(ask, weekday_people);
    people.extend(extra.map(|span| (span, 1)));
    let scenario = Scenario {
        name: "studio".to_owned(),
        seed: 20_260_105,
        length: Length::Tickets(TICKETS),
        warm_up: 0.05,
        hours: Hours::new(spans)?,
        arrivals: arrivals(ask),
        handle: Handle {
            mean: ask.handle_minutes,
            shape: Shape::Lognormal(VARIATION),
            efficiency: EFFICIENCY,
        },
        patience: None,
        priorities: vec![Priority {
            name: "all".to_owned(),
            share: 1.0,
            target: ask.promise_hours * 60.0,
            weight: 1.0,
        }],
        rosters: vec![Roster {
            name: "team".to_owned(),
            people: Steps::new(&people),
        }],
        rules: vec![NamedRule {
            name: Rule::CANDOR.name().to_owned(),
            rule: Rule::CANDOR,
        }],
    };
    Ok(scenario.checked()?)
}

/// Tickets of each hour of the week.
fn arrivals(ask: &StudyAsk) -> Vec<f64> {
    let sum = |pattern: &[f64]| pattern.iter().sum::<f64>();
    let own = ask.pattern.as_deref().filter(|pattern| sum(pattern) > 0.0);
    let half_hours = match own {
        Some(own) => {
            let unit = ask.tickets_per_week / sum(own);
            own.iter().map(|slot| slot * unit).collect()
        }
        None => usual(ask.tickets_per_week),
    };
    half_hours.chunks(2).map(|hour| hour.iter().sum()).collect()
}

/// The open spans of a week, and how many people are there in each.
fn spans(ask: &StudyAsk, weekday_people: usize) -> (Vec<Span>, Vec<(Span, usize)>) {
    let mut people = Vec::new();
    for (place, day) in (0..7).zip(Weekday::Monday.cycle_forward()) {
        let count = if place < 5 {
            weekday_people
        } else {
            ask.weekend_people
        };
        for period in ask.calendar.week().on(day) {
            let from = f64::from(place) * DAY + f64::from(period.start_minute());
            let to = f64::from(place) * DAY + f64::from(period.end_minute());
            people.push((
                Span {
                    from,
                    to: to.min(WEEK),
                },
                count,
            ));
            if to > WEEK {
                people.push((
                    Span {
                        from: 0.0,
                        to: to - WEEK,
                    },
                    count,
                ));
            }
        }
    }
    (people.iter().map(|(span, _)| *span).collect(), people)
}

/// Asks what the desk's own answers of the last 90 days say.
#[derive(Debug, Clone, Copy)]
pub struct OwnStudy {
    /// In whose hours waits are counted.
    pub calendar: CalendarId,
}

/// What the desk's own answers say.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnHistory {
    /// First answers a week, over the last four.
    pub per_week: f64,
    /// How well each promise would have been kept.
    pub study: OwnCurve,
}

/// A curve of waits that were measured.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnCurve {
    /// How many waits.
    pub answers: usize,
    /// Whether they are enough to say anything (Wilks: 59).
    pub enough: bool,
    /// By promise.
    pub curve: Vec<StudyPoint>,
    /// The smallest promise that was safely kept by 95 %.
    pub publishable: Option<f64>,
}

/// Most answers that are looked at.
const MOST_ANSWERS: i64 = 2_000;

impl Query for OwnStudy {
    type Output = OwnHistory;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<OwnHistory, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let kept = tx.calendar(self.calendar)?;
        let calendar = kept.ok_or(DeskError::NotFound("calendar"))?.calendar;
        let days = |days: i64| {
            let length = SignedDuration::from_hours(24 * days);
            cx.now().saturating_sub(length).unwrap_or(cx.now())
        };
        let spans = tx.owed_spans(days(90), Metric::FirstReply, MOST_ANSWERS)?;
        let month = days(28);
        let lately = spans.iter().filter(|(since, _)| *since >= month).count();
        let waits: Vec<f64> = spans
            .iter()
            .map(|(since, done)| calendar.between(*since, *done).as_secs_f64() / 60.0)
            .collect();
        let study = promise_study(&waits, USUAL_GOAL);
        let study = study.map_err(|error| DeskError::Internal(error.to_string()))?;
        Ok(OwnHistory {
            per_week: lately as f64 / 4.0,
            study: OwnCurve {
                answers: study.tickets,
                enough: study.enough,
                curve: points(&study.curve),
                publishable: study.publishable.map(|promise| promise.hours),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_domain::calendar::CalendarForm;

    fn ask(people: usize) -> StudyAsk {
        let form: CalendarForm = serde_json::from_value(serde_json::json!({
            "name": "Shop", "zone": "Europe/Berlin",
            "hours": { "mon-fri": "9-18", "sat": "10-14" },
        }))
        .expect("a calendar");
        StudyAsk {
            calendar: Calendar::try_from(form).expect("a calendar"),
            tickets_per_week: 450.0,
            pattern: None,
            handle_minutes: 12.0,
            weekday_people: people,
            weekend_people: 1,
            promise_hours: 9.0,
        }
    }

    #[test]
    fn more_people_keep_more_promises_and_too_few_keep_none() {
        let (three, four) = (study(&ask(3)).unwrap(), study(&ask(4)).unwrap());
        assert!(three.chosen.kept < four.chosen.kept);
        assert_eq!(three.with_one_more, Some(four.chosen.kept));
        assert!(four.publishable.is_some());
        // 450 tickets of 12 minutes at 85 % are 106 hours of people; two people are there for 94.
        let StudyError::Overloaded { least_hours } = study(&ask(2)).unwrap_err() else {
            panic!("two people cannot answer that");
        };
        assert!((105.0..107.0).contains(&least_hours), "{least_hours}");
    }

    #[test]
    fn the_hour_that_breaks_first_is_helped_first() {
        // Nobody writes but on Monday between ten and eleven, and one person cannot keep up.
        let mut pattern = vec![0.0; 336];
        pattern[20] = 1.0;
        pattern[21] = 1.0;
        let rush = StudyAsk {
            pattern: Some(pattern),
            tickets_per_week: 40.0,
            weekday_people: 1,
            promise_hours: 4.0,
            ..ask(1)
        };
        let seen = study(&rush).unwrap();
        let first = seen.breaks_first.unwrap();
        assert_eq!(first.hour, (Weekday::Monday, 10));
        assert_eq!(first.helped, (Weekday::Monday, 10));
        assert!((first.part - 1.0).abs() < 1e-9, "no other hour has tickets");
        assert!((1.0 - first.late - seen.chosen.kept).abs() < 1e-9);
        assert!(first.with_one_more > seen.chosen.kept);
    }

    #[test]
    fn help_for_a_closed_hour_comes_when_it_opens() {
        let (spans, _) = spans(&ask(1), 1);
        let helped = |day: usize, hour: usize| {
            open_hour(&spans, day * 24 + hour).map(|span| (span.from / HOUR, span.to / HOUR))
        };
        assert_eq!(helped(0, 3), Some((9.0, 10.0)), "Monday at nine");
        assert_eq!(helped(0, 17), Some((17.0, 18.0)));
        assert_eq!(helped(4, 20), Some((130.0, 131.0)), "Saturday at ten");
        assert_eq!(helped(6, 22), Some((9.0, 10.0)), "Monday again");
        assert_eq!(open_hour(&[], 3), None);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for wrong in [
            StudyAsk {
                tickets_per_week: f64::NAN,
                ..ask(3)
            },
            StudyAsk {
                handle_minutes: 0.0,
                ..ask(3)
            },
            StudyAsk {
                weekday_people: 5_000,
                ..ask(3)
            },
            StudyAsk {
                promise_hours: 0.0,
                ..ask(3)
            },
        ] {
            assert!(
                matches!(study(&wrong), Err(StudyError::Refused(_))),
                "{wrong:?}"
            );
        }
    }
}
