//! Thresholds: a head says yes from one half upwards.
//!
//! Owns: moving each bias so that one half is where the head is most useful, on texts kept back.
//! Must not know: training.

use anyhow::Result;
use candor_tone::features::extract;
use candor_tone::model::{EMOTIONS, HEADS, Head, Logits, Model, encode};

use super::corpus::Item;
use super::quantise::Quantised;

/// What a head reached on the texts kept back.
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) texts: usize,
    pub(super) yes: usize,
    pub(super) f1: f32,
}

/// Moves the biases and returns the figures by head.
pub(super) fn calibrate(quantised: &mut Quantised, kept_back: &[Item]) -> Result<Vec<Figure>> {
    let bytes = encode(&quantised.wide, &quantised.words, &quantised.small);
    let model = Model::parse(&bytes)?;
    let logits: Vec<Logits> = kept_back
        .iter()
        .map(|item| model.logits(&extract(&item.text)))
        .collect();
    let mut figures = Vec::new();
    for (head, name) in names() {
        let mut judged: Vec<(f32, bool)> = kept_back
            .iter()
            .zip(&logits)
            .filter_map(|(item, logits)| Some((logits[head], verdict(item, head)?)))
            .collect();
        let yes = judged.iter().filter(|(_, yes)| *yes).count();
        if yes < 5 {
            continue;
        }
        judged.sort_by(|left, right| right.0.total_cmp(&left.0));
        let (threshold, f1) = if is_polite(head) {
            even_threshold(&judged, yes)
        } else {
            best_threshold(&judged, yes)
        };
        quantised.small.bias[head] -= threshold;
        figures.push(Figure {
            name,
            texts: judged.len(),
            yes,
            f1,
        });
    }
    Ok(figures)
}

fn names() -> impl Iterator<Item = (usize, &'static str)> {
    let single = Head::ALL
        .into_iter()
        .map(|(head, name)| (head.index(), name));
    EMOTIONS
        .into_iter()
        .enumerate()
        .chain(single)
        .filter(|(head, _)| *head < HEADS)
}

/// What a text says of a head; between polite and impolite only the clear cases count.
fn verdict(item: &Item, head: usize) -> Option<bool> {
    let target = item.targets[head]?;
    if is_polite(head) {
        item.verdict
    } else {
        Some(target > 0.5)
    }
}

fn is_polite(head: usize) -> bool {
    [Head::PoliteEditor, Head::PoliteForum]
        .map(Head::index)
        .contains(&head)
}

/// The logit from which saying yes gives the best F1; the candidates are in falling order.
fn best_threshold(judged: &[(f32, bool)], yes: usize) -> (f32, f32) {
    let (mut best, mut threshold, mut hits) = (0.0_f32, 0.0_f32, 0_usize);
    for (at, (logit, is_yes)) in judged.iter().enumerate() {
        hits += usize::from(*is_yes);
        let f1 = 2.0 * hits as f32 / (at + 1 + yes) as f32;
        if f1 > best {
            let next = judged.get(at + 1).map_or(*logit, |next| next.0);
            (best, threshold) = (f1, f32::midpoint(*logit, next));
        }
    }
    (threshold, best)
}

/// The logit above which as many texts lie as are truly polite: steadier than the best of few.
fn even_threshold(judged: &[(f32, bool)], yes: usize) -> (f32, f32) {
    let threshold = f32::midpoint(judged[yes - 1].0, judged[yes.min(judged.len() - 1)].0);
    let hits = judged[..yes].iter().filter(|(_, is_yes)| *is_yes).count();
    (threshold, hits as f32 / yes as f32)
}
