//! Where people are missing and where there are more than needed.
//!
//! Owns: stretches of both, and which of them to exchange. Must not know: names.

use super::forecast::SLOTS_A_DAY;

/// A stretch of one day in which one person is missing, or more than needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// The day, 0 for the first.
    pub day: usize,
    /// The first half hour of the day.
    pub from: usize,
    /// The half hour after the last.
    pub to: usize,
}

impl Block {
    fn length(self) -> usize {
        self.to - self.from
    }
}

/// What to change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    /// From a stretch where there is somebody more than needed to one where somebody is missing.
    pub moves: Vec<(Block, Block)>,
    /// Stretches that remain without somebody, the longest first.
    pub missing: Vec<Block>,
    /// Stretches that remain with somebody more, the longest first.
    pub spare: Vec<Block>,
}

/// Shorter stretches are not worth a way to work: two half hours.
const LEAST: usize = 2;

/// Compares who is needed with who is there, by half hours of any number of days.
pub fn moves(need: &[u32], there: &[u32]) -> Moves {
    let mut missing = blocks(need, there);
    let mut spare = blocks(there, need);
    let by_length = |block: &Block| (std::cmp::Reverse(block.length()), block.day, block.from);
    missing.sort_by_key(by_length);
    spare.sort_by_key(by_length);
    let mut found = Moves::default();
    for gap in missing {
        // Nearest in length; the same day where two are alike: less to arrange.
        let fits = |(_, block): &(usize, &Block)| {
            let apart = block.length().abs_diff(gap.length());
            (apart, block.day != gap.day, block.day.abs_diff(gap.day))
        };
        match spare.iter().enumerate().min_by_key(fits) {
            Some((place, _)) => found.moves.push((spare.remove(place), gap)),
            None => found.missing.push(gap),
        }
    }
    found.spare = spare;
    found
}

/// Stretches in which `more` is above `less`, one for each person, none across midnight.
fn blocks(more: &[u32], less: &[u32]) -> Vec<Block> {
    let gap = |slot: usize| more[slot].saturating_sub(less.get(slot).copied().unwrap_or(0));
    let most = (0..more.len()).map(gap).max().unwrap_or(0);
    let mut found = Vec::new();
    for level in 1..=most {
        let mut from = None;
        for slot in 0..=more.len() {
            let inside = slot < more.len() && gap(slot) >= level;
            let ends = !inside || slot % SLOTS_A_DAY == 0;
            if let Some(start) = from.filter(|_| ends) {
                push(&mut found, start, slot);
                from = None;
            }
            if inside && from.is_none() {
                from = Some(slot);
            }
        }
    }
    found
}

fn push(found: &mut Vec<Block>, start: usize, end: usize) {
    if end - start >= LEAST {
        let day = start / SLOTS_A_DAY;
        found.push(Block {
            day,
            from: start - day * SLOTS_A_DAY,
            to: end - day * SLOTS_A_DAY,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_days(spans: &[(usize, usize, u32)]) -> Vec<u32> {
        let mut slots = vec![0; 2 * SLOTS_A_DAY];
        for &(from, to, people) in spans {
            slots[from..to].fill(people);
        }
        slots
    }

    #[test]
    fn somebody_too_many_goes_where_somebody_is_missing() {
        // Needed: three on the first morning, one on the second. There: two on both.
        let need = two_days(&[(18, 24, 3), (66, 72, 1)]);
        let there = two_days(&[(18, 24, 2), (66, 72, 2)]);
        let found = moves(&need, &there);
        let (first, second) = (
            Block {
                day: 0,
                from: 18,
                to: 24,
            },
            Block {
                day: 1,
                from: 18,
                to: 24,
            },
        );
        assert_eq!(found.moves, [(second, first)]);
        assert!(found.missing.is_empty() && found.spare.is_empty());
    }

    #[test]
    fn what_nobody_can_fill_is_named_and_half_hours_are_not() {
        let need = two_days(&[(18, 24, 2), (30, 31, 1)]);
        let found = moves(&need, &two_days(&[]));
        assert_eq!(
            found.missing.len(),
            2,
            "two people for three hours: {found:?}"
        );
        assert!(found.moves.is_empty());
    }

    #[test]
    fn a_stretch_ends_at_midnight() {
        let found = moves(&two_days(&[(44, 52, 1)]), &two_days(&[]));
        assert_eq!(found.missing.len(), 2);
        assert_eq!((found.missing[0].day, found.missing[1].day), (0, 1));
    }
}
