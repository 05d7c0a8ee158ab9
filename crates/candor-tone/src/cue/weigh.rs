//! How much of what the trained reader hears together makes a complaint.
//!
//! Owns: the measures of a reading and their weights, learned by `cargo xtask tone weigh`. Must not
//! know: rules, texts.
//!
//! The reader's own output for complaints is too sure of itself on plain sentences. What it hears
//! beside it (disappointment, curiosity, thanks, indifference) tells a report of a fault from a
//! question about one.

use crate::model::{EMOTIONS, sigmoid};
use crate::read::Reading;
use std::sync::LazyLock;

/// Measures of one reading.
pub const MEASURES: usize = 8 + EMOTIONS.len();

const FILE: &str = include_str!("../../model/complaint.txt");

/// Weights by measure, and the bias behind them.
static WEIGHTS: LazyLock<[f32; MEASURES + 1]> =
    LazyLock::new(|| parse(FILE).expect("a test reads the weights that are built in"));

/// The outputs as numbers of about -2 to 2: a quarter of the log odds, and the sentiment.
pub fn measures(reading: &Reading) -> [f32; MEASURES] {
    let outputs = [
        reading.complaint,
        reading.urgent,
        reading.angry,
        reading.sarcastic,
        reading.polite,
        reading.offensive,
        reading.formal,
    ];
    let mut measures = [0.0; MEASURES];
    let strengths = outputs.iter().chain(&reading.emotions.0);
    for (measure, strength) in measures.iter_mut().zip(strengths) {
        *measure = quarter_of_log_odds(*strength);
    }
    measures[MEASURES - 1] = reading.sentiment;
    measures
}

/// Names of the measures, in their order.
pub fn measure_names() -> impl Iterator<Item = &'static str> {
    let outputs = [
        "complaint",
        "urgent",
        "angry",
        "sarcastic",
        "polite",
        "offensive",
        "formal",
    ];
    outputs.into_iter().chain(EMOTIONS).chain(["sentiment"])
}

/// How sure it is that a text read so is a complaint, 0 to 1.
pub(super) fn complaint(reading: &Reading) -> f32 {
    let weights = &*WEIGHTS;
    let measured = measures(reading);
    let sum: f32 = measured.iter().zip(weights).map(|(a, b)| a * b).sum();
    sigmoid(sum + weights[MEASURES])
}

/// Beyond one in a thousand an output says nothing more.
fn quarter_of_log_odds(strength: f32) -> f32 {
    let strength = strength.clamp(0.001, 0.999);
    (strength / (1.0 - strength)).ln() / 4.0
}

/// Lines of `name weight`, the bias last; `None` when a name or a number is not the expected one.
fn parse(file: &str) -> Option<[f32; MEASURES + 1]> {
    let mut weights = [0.0; MEASURES + 1];
    let mut lines = file.lines().filter(|line| !line.starts_with('#'));
    for (weight, name) in weights.iter_mut().zip(measure_names().chain(["bias"])) {
        let (written, value) = lines.next()?.split_once(' ')?;
        *weight = (written == name).then(|| value.parse().ok())??;
    }
    lines.next().is_none().then_some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn the_built_in_weights_can_be_read() {
        assert!(parse(FILE).is_some());
        assert!(parse("complaint 1.0\n").is_none());
        assert!(parse(&format!("{FILE}more 1.0\n")).is_none());
    }

    #[test]
    fn a_report_of_a_fault_weighs_more_than_a_question() {
        let report = complaint(&read("The lid is cracked and two of the cups are chipped."));
        let question = complaint(&read("Do you have the cups in another size?"));
        assert!(report > 0.5 && question < 0.3, "{report} {question}");
    }
}
