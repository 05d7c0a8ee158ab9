//! What delayed a promise beside the provider.
//!
//! Owns: stretches of time, joined and counted in a promise's own time. Must not know: where they
//! come from.

use candor_domain::level::{Counted, Target, Terms};
use jiff::Timestamp;

/// From one instant until before another.
pub(super) type Stretch = (Timestamp, Timestamp);

/// The parts of stretches that lie in one, in order and without overlap.
pub(super) fn within(all: impl IntoIterator<Item = Stretch>, (from, to): Stretch) -> Vec<Stretch> {
    let cut = |(begin, end): Stretch| (begin.max(from), end.min(to));
    let mut parts: Vec<Stretch> = all.into_iter().map(cut).collect();
    parts.retain(|(begin, end)| begin < end);
    parts.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::with_capacity(parts.len());
    for (begin, end) in parts {
        match joined.last_mut() {
            Some((_, last)) if begin <= *last => *last = end.max(*last),
            _ => joined.push((begin, end)),
        }
    }
    joined
}

/// The parts that lie in two lists of stretches; the second has no overlap.
pub(super) fn common(all: &[Stretch], other: &[Stretch]) -> Vec<Stretch> {
    let parts = other.iter().map(|one| within(all.iter().copied(), *one));
    parts.flatten().collect()
}

/// How long stretches are in the time that a target counts, in microseconds.
pub(super) fn counted_us(parts: &[Stretch], terms: Option<&Terms>, target: Option<Target>) -> i64 {
    let business = target.is_some_and(|target| target.counted() == Counted::Business);
    let length = |&(from, to): &Stretch| match terms.filter(|_| business) {
        Some(terms) => terms.calendar.between(from, to),
        None => to.duration_since(from),
    };
    let lengths = parts.iter().map(length);
    let micros = lengths.map(|length| i64::try_from(length.as_micros()).unwrap_or(i64::MAX));
    micros.fold(0, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::{common, within};
    use jiff::Timestamp;

    #[test]
    fn stretches_are_cut_and_joined() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let part = |from, to| (at(from), at(to));
        let all = [
            part(50, 60),
            part(0, 12),
            part(11, 20),
            part(20, 30),
            part(90, 95),
        ];
        let found = within(all, part(10, 55));
        assert_eq!(found, [part(10, 30), part(50, 55)]);
        assert_eq!(within(all, part(35, 40)), []);
    }

    #[test]
    fn only_what_lies_in_both_is_common() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let part = |from, to| (at(from), at(to));
        let ran = [part(0, 10), part(20, 30)];
        let works = [part(5, 8), part(7, 25), part(40, 50)];
        assert_eq!(common(&works, &ran), [part(5, 10), part(20, 25)]);
        assert_eq!(common(&works, &[]), []);
    }
}
