//! How many people each half hour of a week needs.
//!
//! Owns: the fewest people with whom every ticket is begun well before what was promised. Must not
//! know: who they are.
//!
//! Mail can wait, so that people are not needed when it comes but before it is due. At each open
//! half hour the team has to be large enough for whatever is due by any later moment: the largest
//! of (work due until then) / (open time until then), the "optimal available" speed of Yao, Demers
//! and Shenker (1995, "A scheduling model for reduced CPU energy"), rounded up to whole people who
//! then work off what is due first. What comes while the desk is closed is there when it opens.

use super::forecast::SLOTS;
use crate::StaffingError;
use crate::check;

/// Minutes of a half hour.
const MINUTES: f64 = 30.0;
/// The part of a promise within which work is planned; the rest is for bad luck.
const PLANNED_PART: f64 = 0.7;
/// A person more is needed from this part of one on; below it, somebody works a little faster.
const TOLERANCE: f64 = 0.05;

/// Tickets with one promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// The share of all tickets.
    pub share: f64,
    /// What they are promised, in open minutes.
    pub minutes: f64,
}

/// A week with its promises.
#[derive(Debug, Clone, Copy)]
pub struct Requirement<'a> {
    /// Tickets of each half hour of the week.
    pub arrivals: &'a [f64],
    /// Whether it is open in each half hour.
    pub open: &'a [bool],
    /// Minutes that one ticket takes.
    pub handle: f64,
    /// Share of a person's time that goes into tickets.
    pub efficiency: f64,
    /// The promises.
    pub classes: &'a [Class],
}

/// People needed in each half hour; none while closed, one at least while open.
///
/// # Errors
/// `Invalid` for weeks of another length and numbers that cannot be.
pub fn requirement(ask: &Requirement<'_>) -> Result<Vec<u32>, StaffingError> {
    for (name, length) in [("arrivals", ask.arrivals.len()), ("open", ask.open.len())] {
        if length != SLOTS {
            let need = "a week has 336 half hours";
            return Err(StaffingError::invalid(name, length, need));
        }
    }
    check::positive("handle", ask.handle)?;
    check::positive("efficiency", ask.efficiency)?;
    for class in ask.classes {
        check::positive("the minutes of a promise", class.minutes)?;
        check::share("the share of a promise", class.share)?;
    }
    let mut people = vec![0; SLOTS];
    // The first time through fills the desk; the second counts.
    let mut due = Due::default();
    let mut waiting = 0.0;
    let slots = (0..SLOTS).chain(0..SLOTS);
    for (step, slot) in slots.enumerate() {
        waiting += ask.arrivals[slot] * ask.handle / ask.efficiency;
        if !ask.open[slot] {
            continue;
        }
        for class in ask.classes {
            let ahead = (PLANNED_PART * class.minutes / MINUTES).floor().max(1.0) as usize;
            due.add(ahead, waiting * class.share);
        }
        waiting = 0.0;
        let needed = (due.speed() / MINUTES - TOLERANCE).ceil().max(1.0);
        due.work(needed * MINUTES);
        if step >= SLOTS {
            people[slot] = needed as u32;
        }
    }
    Ok(people)
}

/// Work by the open half hour until whose end it is to be begun; the first is the one that runs.
#[derive(Default)]
struct Due(std::collections::VecDeque<f64>);

impl Due {
    fn add(&mut self, ahead: usize, minutes: f64) {
        if self.0.len() < ahead {
            self.0.resize(ahead, 0.0);
        }
        self.0[ahead - 1] += minutes;
    }

    /// Minutes of work that have to be done in this half hour.
    fn speed(&self) -> f64 {
        let (mut sum, mut most) = (0.0_f64, 0.0_f64);
        for (later, minutes) in self.0.iter().enumerate() {
            sum += minutes;
            most = most.max(sum / (later + 1) as f64);
        }
        most
    }

    /// Works off what is due first; what was due and is left goes on.
    fn work(&mut self, mut minutes: f64) {
        for left in &mut self.0 {
            let done = left.min(minutes);
            *left -= done;
            minutes -= done;
        }
        let late = self.0.pop_front().unwrap_or_default();
        if late > 0.0 {
            self.add(1, late);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(from: usize, to: usize) -> Vec<bool> {
        (0..SLOTS)
            .map(|slot| (from..to).contains(&(slot % 48)))
            .collect()
    }

    fn asked(arrivals: &[f64], open: &[bool], minutes: f64) -> Vec<u32> {
        let classes = [Class {
            share: 1.0,
            minutes,
        }];
        requirement(&Requirement {
            arrivals,
            open,
            handle: 15.0,
            efficiency: 1.0,
            classes: &classes,
        })
        .unwrap()
    }

    #[test]
    fn an_even_stream_needs_its_load() {
        // Six tickets of 15 minutes in each half hour are three people, day and night.
        let people = asked(&[6.0; SLOTS], &[true; SLOTS], 120.0);
        assert!(people.iter().all(|count| *count == 3), "{people:?}");
    }

    #[test]
    fn what_came_at_night_is_spread_over_the_promise() {
        // 24 tickets each night are six hours of work.
        let mut arrivals = vec![0.0; SLOTS];
        for day in 0..7 {
            arrivals[day * 48] = 24.0;
        }
        let open = open(18, 36);
        let soon = asked(&arrivals, &open, 120.0);
        let later = asked(&arrivals, &open, 540.0);
        // 0.7 of two hours are two half hours; 0.7 of nine are twelve.
        assert_eq!(soon[18..22], [6, 6, 1, 1]);
        assert_eq!(later[18..30], [1; 12]);
        assert_eq!((later[17], later[36]), (0, 0), "nobody while it is closed");
    }

    #[test]
    fn nothing_that_is_due_is_left_over() {
        let arrivals = super::super::usual(450.0);
        let open = open(18, 36);
        let classes = [(0.1, 60.0), (0.3, 240.0), (0.6, 540.0)];
        let classes = classes.map(|(share, minutes)| Class { share, minutes });
        let ask = Requirement {
            arrivals: &arrivals,
            open: &open,
            handle: 12.0,
            efficiency: 0.85,
            classes: &classes,
        };
        let people = requirement(&ask).unwrap();
        let hours: f64 = people.iter().map(|count| f64::from(*count) / 2.0).sum();
        let work = 450.0 * 12.0 / 0.85 / 60.0;
        assert!((work..1.4 * work).contains(&hours), "{hours} hours");
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        let classes = [Class {
            share: 1.0,
            minutes: 60.0,
        }];
        let ask = Requirement {
            arrivals: &[1.0; SLOTS],
            open: &[true; SLOTS],
            handle: f64::NAN,
            efficiency: 1.0,
            classes: &classes,
        };
        assert!(requirement(&ask).is_err());
        let arrivals = [1.0; 7];
        let short = Requirement {
            arrivals: &arrivals,
            handle: 12.0,
            ..ask
        };
        assert!(requirement(&short).is_err());
    }
}
