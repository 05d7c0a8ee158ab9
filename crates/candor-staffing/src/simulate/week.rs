//! The week as a desk sees it.
//!
//! Owns: spans of the week, open hours, how many people are there when. Must not know: dates,
//! holidays, time zones: a simulated week is like any other.
//!
//! Times are minutes; minute 0 is the beginning of the first Monday.

use crate::error::StaffingError;

/// Minutes of a week.
pub const WEEK: f64 = 7.0 * DAY;

const DAY: f64 = 24.0 * 60.0;

/// The days of a week as they are written.
pub(crate) const DAY_NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A part of the week, in minutes from Monday 0:00.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Its first minute.
    pub from: f64,
    /// The minute at which it ends.
    pub to: f64,
}

impl Span {
    /// Reads `Mon-Fri 09:00-18:00`, `Sat,Sun 10:00-14:00` or `Fri 22:00-06:00` (past midnight) as
    /// spans without overlap.
    pub fn parse(text: &str) -> Result<Vec<Self>, StaffingError> {
        let wrong = || {
            let need = "write days and times like \"Mon-Fri 09:00-18:00\" or \"Sat 10:00-14:00\"";
            StaffingError::invalid("span", format!("\"{text}\""), need)
        };
        let (days, times) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let (from, to) = times.trim().split_once('-').ok_or_else(wrong)?;
        let from = minute_of_day(from).ok_or_else(wrong)?;
        let to = minute_of_day(to).ok_or_else(wrong)?;
        let length = if to > from {
            to - from
        } else {
            to + DAY - from
        };
        let days = days_of(days).ok_or_else(wrong)?;
        Ok(days
            .into_iter()
            .flat_map(|day| Self::wrapped(day as f64 * DAY + from, length))
            .collect())
    }

    /// A span that runs over the end of the week goes on at its beginning.
    fn wrapped(from: f64, length: f64) -> Vec<Self> {
        let to = from + length;
        if to <= WEEK {
            return vec![Self { from, to }];
        }
        let rest = Self {
            from: 0.0,
            to: to - WEEK,
        };
        vec![Self { from, to: WEEK }, rest]
    }
}

fn days_of(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| {
        let name = name.trim();
        DAY_NAMES
            .iter()
            .position(|day| day.eq_ignore_ascii_case(name))
    };
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day(first)?, day(last)?);
        let count = (last + 7 - first) % 7;
        days.extend((0..=count).map(|step| (first + step) % 7));
    }
    Some(days)
}

fn minute_of_day(text: &str) -> Option<f64> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= 24 * 60).then(|| f64::from(total))
}

/// When a promise's clock runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// Spans in order, each with the open minutes of the week before it.
    spans: Vec<(Span, f64)>,
    open: f64,
}

impl Hours {
    /// Around the clock.
    pub fn always() -> Self {
        let week = Span {
            from: 0.0,
            to: WEEK,
        };
        Self {
            spans: vec![(week, 0.0)],
            open: WEEK,
        }
    }

    /// These spans; overlaps count once.
    pub fn new(mut spans: Vec<Span>) -> Result<Self, StaffingError> {
        spans.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut joined: Vec<(Span, f64)> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some((last, _)) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => joined.push((span, 0.0)),
            }
        }
        let mut open = 0.0;
        for (span, before) in &mut joined {
            *before = open;
            open += span.to - span.from;
        }
        if open <= 0.0 {
            return Err(StaffingError::invalid(
                "hours",
                "empty",
                "name at least one span",
            ));
        }
        Ok(Self {
            spans: joined,
            open,
        })
    }

    /// Open minutes of a week.
    pub fn open_minutes(&self) -> f64 {
        self.open
    }

    /// Open minutes from the first Monday to this minute, in steps of 2^-20 so that differences are
    /// exact: two tickets that came on one night have waited equally long.
    pub fn passed(&self, minute: f64) -> f64 {
        let week = (minute / WEEK).floor();
        let in_week = minute - week * WEEK;
        let before = self
            .spans
            .iter()
            .rev()
            .find(|(span, _)| span.from <= in_week);
        let inside = before.map_or(0.0, |(span, sum)| sum + in_week.min(span.to) - span.from);
        let passed = week * self.open + inside;
        libm::round(passed * 1_048_576.0) / 1_048_576.0
    }

    /// The minute at which so many open minutes have passed.
    pub fn at(&self, passed: f64) -> f64 {
        let week = (passed / self.open).floor();
        let in_week = passed - week * self.open;
        let before = self.spans.iter().rev().find(|(_, sum)| *sum <= in_week);
        let minute = before.map_or(0.0, |(span, sum)| span.from + in_week - sum);
        week * WEEK + minute
    }
}

/// How many people are there, as steps through the week.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// From this minute of the week so many, until the next step; the first is at minute 0.
    steps: Vec<(f64, usize)>,
}

impl Steps {
    /// The same number around the clock.
    pub fn always(people: usize) -> Self {
        Self {
            steps: vec![(0.0, people)],
        }
    }

    /// Numbers that add up where their spans overlap.
    pub fn new(parts: &[(Span, usize)]) -> Self {
        let mut edges: Vec<f64> = parts
            .iter()
            .flat_map(|(span, _)| [span.from, span.to])
            .collect();
        edges.push(0.0);
        edges.retain(|edge| *edge < WEEK);
        edges.sort_by(f64::total_cmp);
        edges.dedup();
        let there = |minute: f64| {
            let now = parts
                .iter()
                .filter(|(span, _)| span.from <= minute && minute < span.to);
            now.map(|(_, people)| people).sum()
        };
        Self {
            steps: edges.into_iter().map(|edge| (edge, there(edge))).collect(),
        }
    }

    /// Person-minutes of a week.
    pub fn person_minutes(&self) -> f64 {
        self.spans()
            .map(|(from, to, people)| (to - from) * people as f64)
            .sum()
    }

    /// Beginning, end and people of each step.
    fn spans(&self) -> impl Iterator<Item = (f64, f64, usize)> {
        let ends = self.steps.iter().skip(1).map(|(from, _)| *from);
        let spans = self.steps.iter().zip(ends.chain([WEEK]));
        spans.map(|((from, people), to)| (*from, to, *people))
    }

    /// Step number `index` counted through all weeks: its minute and its people.
    pub(crate) fn step(&self, index: usize) -> (f64, usize) {
        let (week, place) = (index / self.steps.len(), index % self.steps.len());
        let (minute, people) = self.steps[place];
        (week as f64 * WEEK + minute, people)
    }

    /// When anybody is there; `None` if never.
    pub(crate) fn staffed(&self) -> Option<Hours> {
        let staffed = self.spans().filter(|(_, _, people)| *people > 0);
        Hours::new(staffed.map(|(from, to, _)| Span { from, to }).collect()).ok()
    }

    /// Whether the number never changes.
    pub(crate) fn is_constant(&self) -> bool {
        self.steps.len() == 1
    }

    /// The most people at once.
    pub fn most(&self) -> usize {
        self.steps
            .iter()
            .map(|(_, people)| *people)
            .max()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        let hours = |text: &str| {
            Span::parse(text).map(|spans| spans.iter().map(|s| s.to - s.from).sum::<f64>() / 60.0)
        };
        assert_eq!(hours("Mon-Fri 09:00-18:00"), Ok(45.0));
        assert_eq!(hours("Sat,sun 10:00-14:00"), Ok(8.0));
        assert_eq!(hours("Sun 22:00-06:00"), Ok(8.0));
        assert_eq!(hours("Fri-Mon 0:00-24:00"), Ok(96.0));
        assert_eq!(
            Span::parse("Sun 22:00-06:00").unwrap()[1],
            Span {
                from: 0.0,
                to: 360.0
            }
        );
        for wrong in [
            "",
            "Mon",
            "Mon 9-18",
            "Mon 09:00-25:00",
            "Mun 09:00-18:00",
            "Mon 09:61-10:00",
        ] {
            let complaint = Span::parse(wrong).unwrap_err().to_string();
            assert!(complaint.contains("Mon-Fri 09:00-18:00"), "{complaint}");
        }
    }

    #[test]
    fn closed_hours_do_not_count() {
        let week = Hours::new(
            [
                Span::parse("Mon-Fri 09:00-18:00").unwrap(),
                Span::parse("Sat 10:00-14:00").unwrap(),
            ]
            .concat(),
        )
        .unwrap();
        assert!((week.open_minutes() - 49.0 * 60.0).abs() < 1e-9);
        let friday_1715 = 4.0 * DAY + 17.25 * 60.0;
        let monday_0945 = WEEK + 9.75 * 60.0;
        // 45 minutes on Friday, four hours on Saturday, 45 minutes on Monday
        assert!((week.passed(monday_0945) - week.passed(friday_1715) - 330.0).abs() < 1e-9);
        assert!((week.at(week.passed(monday_0945)) - monday_0945).abs() < 1e-9);
        assert!((Hours::always().passed(12_345.0) - 12_345.0).abs() < 1e-9);
        assert!(Hours::new(Vec::new()).is_err());
    }

    #[test]
    fn people_add_up_where_shifts_overlap() {
        let span = |text: &str| Span::parse(text).unwrap()[0];
        let steps = Steps::new(&[(span("Mon 09:00-18:00"), 2), (span("Mon 09:00-12:00"), 1)]);
        assert!((steps.person_minutes() / 60.0 - 21.0).abs() < 1e-9);
        assert_eq!(
            (0..4).map(|index| steps.step(index).1).collect::<Vec<_>>(),
            [0, 3, 2, 0]
        );
        assert_eq!(steps.step(5), (WEEK + 540.0, 3));
        assert_eq!(steps.most(), 3);
        assert_eq!(
            steps.staffed().map(|hours| hours.open_minutes()),
            Some(540.0)
        );
        assert_eq!(Steps::always(0).staffed(), None);
    }
}
