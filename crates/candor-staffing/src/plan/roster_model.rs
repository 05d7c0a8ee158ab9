//! One calendar week of a roster as an integer program.
//!
//! Owns: who could work when, what each costs, what excludes what. Must not know: how the plan is
//! told.
//!
//! Costs, in points: 1 for each hour worked; 2 for each wish missed and for each day without a skill
//! that somebody should have, times its weight; 3 for each Saturday that somebody has worked more
//! often than the one with the fewest.

use super::roster_file::{Daily, Frame, within};
use super::solve::Program;
use good_lp::Variable;
use jiff::civil::Weekday;
use std::collections::BTreeMap;

const WISH: f64 = 2.0;
const SATURDAY: f64 = 3.0;

/// Somebody in a shift on a day. Times are minutes from midnight of the first day of the roster.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Work {
    pub(super) person: usize,
    /// Days from the first.
    pub(super) day: i32,
    pub(super) shift: usize,
    pub(super) start: i32,
    pub(super) end: i32,
    /// The break.
    pub(super) away: Option<(i32, i32)>,
}

impl Work {
    /// Hours without the break.
    pub(super) fn hours(&self) -> f64 {
        let away = self.away.map_or(0, |(from, to)| to - from);
        f64::from(self.end - self.start - away) / 60.0
    }

    /// Whether they are there during the whole of a stretch.
    pub(super) fn covers(&self, from: i32, to: i32) -> bool {
        let away = self
            .away
            .is_some_and(|(leave, back)| leave < to && from < back);
        self.start <= from && to <= self.end && !away
    }
}

/// A stretch of time in which people are needed.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) need: usize,
    pub(super) day: i32,
    pub(super) from: i32,
    pub(super) to: i32,
    /// Places among the possible work that would cover it.
    pub(super) by: Vec<usize>,
    /// People of the week before who are still there.
    pub(super) already: u32,
}

/// What weeks before have left.
#[derive(Default)]
pub(super) struct Past {
    pub(super) work: Vec<Work>,
}

/// One week of a roster.
pub(super) struct WeekModel<'a> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) days: std::ops::Range<i32>,
    pub(super) possible: Vec<Work>,
    pub(super) rows: Vec<Row>,
    past: &'a Past,
}

impl<'a> WeekModel<'a> {
    pub(super) fn new(frame: &'a Frame<'a>, days: std::ops::Range<i32>, past: &'a Past) -> Self {
        let possible = days.clone().flat_map(|day| possible(frame, day));
        let rest = rest_minutes(frame);
        let rested = |work: &Work| {
            let mine = past
                .work
                .iter()
                .filter(|before| before.person == work.person);
            mine.clone().all(|before| work.start - before.end >= rest)
        };
        let possible: Vec<Work> = possible.filter(rested).collect();
        let rows = days
            .clone()
            .flat_map(|day| rows(frame, day, &possible, past))
            .collect();
        Self {
            frame,
            days,
            possible,
            rows,
            past,
        }
    }

    /// The program, the variable of each possible work, and its rows still open.
    pub(super) fn program(&self) -> (Program, Vec<Variable>) {
        let mut program = Program::default();
        let least = self.fewest_saturdays();
        let costs = self.possible.iter().map(|work| self.cost(work, least));
        let variables: Vec<Variable> = costs.map(|cost| program.whole(1.0, cost)).collect();
        self.limit_people(&mut program, &variables);
        self.rest(&mut program, &variables);
        self.daily(&mut program, &variables);
        (program, variables)
    }

    /// Somebody with each daily skill, or the cost of having nobody.
    fn daily(&self, program: &mut Program, variables: &[Variable]) {
        for (day, daily) in daily_of(self.frame, self.days.clone()) {
            let missed = program.real(WISH * daily.weight);
            let all = self.possible.iter().zip(variables);
            let able = all.filter(|(work, _)| work.day == day && has(self.frame, work, daily));
            let there = able.map(|(_, variable)| (1.0, *variable));
            program.at_least(there.chain([(1.0, missed)]), 1.0);
        }
    }

    fn cost(&self, work: &Work, fewest_saturdays: u32) -> f64 {
        let person = &self.frame.people[work.person];
        let date = self.frame.date(work.day);
        let shift = &self.frame.shifts[work.shift].name;
        let mut cost = work.hours();
        for wish in person.wishes.iter().filter(|wish| wish.days.include(date)) {
            match &wish.shift {
                None => cost += WISH * wish.weight,
                Some(name) if name == shift => cost -= WISH * wish.weight,
                Some(_) => {}
            }
        }
        if date.weekday() == Weekday::Saturday {
            cost += SATURDAY * f64::from(self.saturdays(work.person) - fewest_saturdays);
        }
        cost
    }

    fn saturdays(&self, person: usize) -> u32 {
        let mine = self.past.work.iter().filter(|work| work.person == person);
        let worked = mine.filter(|work| self.frame.date(work.day).weekday() == Weekday::Saturday);
        self.frame.people[person].saturdays_worked.min(1_000) + worked.count() as u32
    }

    /// Of those who can work on a Saturday at all.
    fn fewest_saturdays(&self) -> u32 {
        let on_saturday = self
            .possible
            .iter()
            .filter(|work| self.frame.date(work.day).weekday() == Weekday::Saturday);
        on_saturday
            .map(|work| self.saturdays(work.person))
            .min()
            .unwrap_or(0)
    }

    fn of(&self, person: usize) -> impl Iterator<Item = (usize, &Work)> {
        let all = self.possible.iter().enumerate();
        all.filter(move |(_, work)| work.person == person)
    }

    fn limit_people(&self, program: &mut Program, variables: &[Variable]) {
        for (person, limits) in self.frame.people.iter().enumerate() {
            let hours = self
                .of(person)
                .map(|(place, work)| (work.hours(), variables[place]));
            program.at_most(hours, limits.hours);
            let days = self.of(person).map(|(place, _)| (1.0, variables[place]));
            program.at_most(days, f64::from(self.frame.head.days_a_week));
            let mut by_day: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
            for (place, work) in self.of(person) {
                by_day.entry(work.day).or_default().push(place);
            }
            for places in by_day.values() {
                program.at_most(places.iter().map(|place| (1.0, variables[*place])), 1.0);
            }
            self.limit_runs(program, variables, person);
        }
    }

    /// No more days without a day off than are allowed, over the edge of the week too.
    fn limit_runs(&self, program: &mut Program, variables: &[Variable], person: usize) {
        let most = self.frame.head.days_in_a_row as i32;
        for last in self.days.clone() {
            let run = last - most..=last;
            let before = self.past.work.iter().filter(|work| work.person == person);
            let worked = before.filter(|work| run.contains(&work.day)).count() as i32;
            let now = self.of(person).filter(|(_, work)| run.contains(&work.day));
            let now = now.map(|(place, _)| (1.0, variables[place]));
            program.at_most(now, f64::from(most - worked));
        }
    }

    fn rest(&self, program: &mut Program, variables: &[Variable]) {
        let rest = rest_minutes(self.frame);
        for (place, work) in self.possible.iter().enumerate() {
            let next = self
                .of(work.person)
                .filter(|(_, later)| later.day > work.day && later.start - work.end < rest);
            let mut clash: Vec<_> = next.map(|(place, _)| (1.0, variables[place])).collect();
            if !clash.is_empty() {
                clash.push((1.0, variables[place]));
                program.at_most(clash, 1.0);
            }
        }
    }

    /// Whether least hours count: in whole weeks only.
    pub(super) fn is_whole(&self) -> bool {
        self.days.len() == 7
    }

    /// Hours of a person as a sum of variables.
    pub(super) fn hours_of(&self, person: usize, variables: &[Variable]) -> Vec<(f64, Variable)> {
        let hours = self
            .of(person)
            .map(|(place, work)| (work.hours(), variables[place]));
        hours.collect()
    }
}

/// The daily skills of some days on which anybody is needed.
pub(super) fn daily_of<'a>(
    frame: &'a Frame<'a>,
    days: std::ops::Range<i32>,
) -> impl Iterator<Item = (i32, &'a Daily)> {
    days.filter(|day| frame.is_needed(frame.date(*day)))
        .flat_map(move |day| {
            let date = frame.date(day);
            let all = frame.head.daily.iter();
            all.filter(move |daily| daily.days.include(date))
                .map(move |daily| (day, daily))
        })
}

/// Whether somebody at work has a daily skill.
pub(super) fn has(frame: &Frame<'_>, work: &Work, daily: &Daily) -> bool {
    frame.people[work.person].skills.contains(&daily.skill)
}

fn rest_minutes(frame: &Frame<'_>) -> i32 {
    (frame.head.rest_hours * 60.0).round() as i32
}

/// Everybody in every shift that they could have on a day.
fn possible(frame: &Frame<'_>, day: i32) -> Vec<Work> {
    let date = frame.date(day);
    let mut all = Vec::new();
    // Hours that somebody must have are no reason to come when nobody is needed.
    if !frame.is_needed(date) {
        return all;
    }
    for (person, who) in frame.people.iter().enumerate() {
        if who.off.iter().any(|days| days.include(date)) {
            continue;
        }
        for (shift, what) in frame.shifts.iter().enumerate() {
            let exists = what.days.as_ref().is_none_or(|days| days.include(date));
            let has = who
                .shifts
                .as_ref()
                .is_none_or(|names| names.contains(&what.name));
            if !exists || !has {
                continue;
            }
            let midnight = day * 1440;
            let breaks = what
                .breaks
                .iter()
                .map(|pause| Some(within(what.hours, *pause)));
            let breaks: Vec<_> = if what.breaks.is_empty() {
                vec![None]
            } else {
                breaks.collect()
            };
            all.extend(breaks.into_iter().map(|away| Work {
                person,
                day,
                shift,
                start: midnight + i32::from(what.hours.start_minute()),
                end: midnight + i32::from(what.hours.end_minute()),
                away: away.map(|(from, to)| (midnight + from, midnight + to)),
            }));
        }
    }
    all
}

/// The needs of a day, cut where anybody comes or goes.
fn rows(frame: &Frame<'_>, day: i32, possible: &[Work], past: &Past) -> Vec<Row> {
    let date = frame.date(day);
    let mut rows: Vec<Row> = Vec::new();
    if frame.is_closed(date) {
        return rows;
    }
    for (place, need) in frame.needs.iter().enumerate() {
        if need.people == 0 || !need.days.include(date) {
            continue;
        }
        let (begin, end) = (
            i32::from(need.hours.start_minute()),
            i32::from(need.hours.end_minute()),
        );
        let (begin, end) = (day * 1440 + begin, day * 1440 + end);
        let able = |work: &Work| {
            let skill = need.skill.as_ref();
            skill.is_none_or(|skill| frame.people[work.person].skills.contains(skill))
        };
        let mut cuts: Vec<i32> = vec![begin, end];
        for work in possible.iter().chain(&past.work) {
            let (leave, back) = work.away.unwrap_or((work.start, work.end));
            cuts.extend([work.start, work.end, leave, back]);
        }
        cuts.retain(|cut| (begin..=end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let first = rows.len();
        for cut in cuts.windows(2) {
            let (from, to) = (cut[0], cut[1]);
            let covers = |work: &&Work| able(work) && work.covers(from, to);
            let by = possible.iter().enumerate().filter(|(_, work)| covers(work));
            let by: Vec<usize> = by.map(|(place, _)| place).collect();
            let already = past.work.iter().filter(covers).count() as u32;
            match rows[first..].last_mut() {
                Some(row) if row.by == by && row.already == already => row.to = to,
                _ => rows.push(Row {
                    need: place,
                    day,
                    from,
                    to,
                    by,
                    already,
                }),
            }
        }
    }
    rows
}
