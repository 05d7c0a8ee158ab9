//! What is still open, waiting or on hold at the end.
//!
//! Owns: how many and how old. Must not know: the sentences.

use super::{Case, Fate};
use crate::demo::script::hours::{DAY, Hours};
use crate::demo::script::random::Random;

/// Of a thousand tickets, how many are still ours, the customer's, a third party's.
const OPEN: usize = 58;
const WAITING: usize = 25;
const ON_HOLD: usize = 10;
/// Open minutes within which most tickets have their first answer.
const ANSWERED_WITHIN: i64 = 180;

/// Gives some of the ordinary tickets another end.
pub(super) fn decide(cases: &mut [Case], hours: &Hours, random: &mut Random) {
    let size = cases.len();
    let fresh = cases
        .iter()
        .filter(|case| hours.after(case.at, ANSWERED_WITHIN) > hours.end)
        .count();
    let open = size * OPEN / 1_000;
    // Those who wrote just now are open anyway; some older ones always are.
    let older = open.saturating_sub(fresh).max(open / 5);
    change(
        cases,
        (fresh, 12 * DAY),
        (older, Fate::Open),
        (hours.end, random),
    );
    let waiting = size * WAITING / 1_000;
    change(
        cases,
        (fresh, 8 * DAY),
        (waiting, Fate::Waiting),
        (hours.end, random),
    );
    let held = size * ON_HOLD / 1_000;
    change(
        cases,
        (fresh, 12 * DAY),
        (held, Fate::OnHold),
        (hours.end, random),
    );
}

/// Changes the fate of `count` tickets that are older than the `fresh` newest and younger than
/// `age`; the younger, the likelier.
fn change(
    cases: &mut [Case],
    (fresh, age): (usize, i64),
    (count, fate): (usize, Fate),
    (end, random): (i64, &mut Random),
) {
    let oldest = cases.partition_point(|case| case.at < end - age);
    let choice = cases.len().saturating_sub(fresh + oldest);
    let (mut left, mut tries) = (count, 40 * count);
    while left > 0 && tries > 0 && choice > 0 {
        tries -= 1;
        let back = random.below(choice) * random.below(choice) / choice;
        let case = &mut cases[oldest + choice - 1 - back];
        if case.fate == Fate::Natural {
            case.fate = fate;
            left -= 1;
        }
    }
}
