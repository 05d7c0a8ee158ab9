//! Remarks made of opinion words in the frames of reviews.
//!
//! Owns: which frames say yes to a word and which turn it round. Must not know: features, weights.

use candor_tone::features::opinion_phrases;
use candor_tone::vader;

use super::compose::Sections;
use super::corpus::Item;
use super::random::Random;

const REMARKS: usize = 9_000;
/// Share of remarks, in percent, whose frame turns the opinion round.
const TURNED: usize = 18;
const WEIGHT: f32 = 0.6;

/// Fills `{word}` and `{more}` of the frames with words of one side.
pub(super) fn remarks(sections: &Sections, random: &mut Random) -> Vec<Item> {
    let (Some(frames), Some(turning)) = (
        sections.get("frames that agree"),
        sections.get("frames that turn"),
    ) else {
        return Vec::new();
    };
    let own = opinion_phrases();
    let own = own
        .into_iter()
        .map(|(phrase, strength)| (phrase, f64::from(strength)));
    let listed = vader::entries().filter(|(word, _)| word.chars().all(char::is_alphabetic));
    let (good, bad): (Vec<_>, Vec<_>) = own
        .chain(listed)
        .filter(|(_, strength)| strength.abs() >= 1.0)
        .partition(|(_, strength)| *strength > 0.0);
    (0..REMARKS)
        .map(|_| {
            let positive = random.below(2) == 0;
            let side = if positive { &good } else { &bad };
            let (word, strength) = side[random.below(side.len())];
            let (more, _) = side[random.below(side.len())];
            let turned = random.below(100) < TURNED;
            let frames = if turned { turning } else { frames };
            let frame = &frames[random.below(frames.len())];
            let text = frame.replace("{word}", word).replace("{more}", more);
            let sure = 0.6 + 0.1 * strength.abs().min(3.0) as f32;
            let mut item = Item::new(&text).sentiment(shares(positive != turned, sure));
            item.weight = WEIGHT;
            item
        })
        .collect()
}

fn shares(positive: bool, sure: f32) -> [f32; 3] {
    if positive {
        [0.0, 1.0 - sure, sure]
    } else {
        [sure, 1.0 - sure, 0.0]
    }
}
