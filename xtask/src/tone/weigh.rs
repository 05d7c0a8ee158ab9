//! Weighing what the trained reader hears, to tell complaints: `cargo xtask tone weigh`.
//!
//! Owns: logistic regression over a handful of measures. Must not know: features, the model's
//! weights. There is no chance in it: the same texts and model give the same file.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use candor_tone::cue::{MEASURES, measure_names, measures};
use candor_tone::model::sigmoid;
use candor_tone::read::read;

use super::corpus;

/// Strength of the pull to zero; chosen by eightfold cross-validation on the same texts.
const INVERSE_PULL: f32 = 0.3;
const STEPS: usize = 4_000;
/// Below one over a quarter of a row's squared length, or the descent would leap across the valley.
const STEP: f32 = 0.06;

/// A text's measures with a one for the bias, and whether it complains.
type Row = ([f32; MEASURES + 1], f32);

/// Learns from `own`/cue/en.train.jsonl and writes `out`.
pub(super) fn run(own: &Path, out: &Path) -> Result<()> {
    let rows = rows(&own.join("cue/en.train.jsonl"))?;
    ensure!(!rows.is_empty(), "no text to learn from");
    let weights = fit(&rows);
    let mut file = String::from(
        "# Weights of what the reader hears, for complaints. Made by `cargo xtask tone weigh`.\n",
    );
    for (name, weight) in measure_names().chain(["bias"]).zip(weights) {
        writeln!(file, "{name} {weight:.4}").context("a string takes what is written")?;
    }
    std::fs::write(out, file).with_context(|| format!("cannot write {}", out.display()))
}

/// Texts whose label two readers could see differently teach nothing.
fn rows(path: &Path) -> Result<Vec<Row>> {
    let records = corpus::records(path)?;
    let holds = |record: &serde_json::Value, key: &str| {
        let list = record[key].as_array().into_iter().flatten();
        list.into_iter().any(|name| name == "complaint")
    };
    let rows = records.iter().filter_map(|record| {
        let is_complaint = holds(record, "labels");
        let text = record["text"].as_str()?;
        (is_complaint || !holds(record, "open")).then(|| {
            let mut row = [1.0; MEASURES + 1];
            row[..MEASURES].copy_from_slice(&measures(&read(text)));
            (row, f32::from(u8::from(is_complaint)))
        })
    });
    Ok(rows.collect())
}

/// Descent on the mean loss with Nesterov's momentum; the bias is not pulled.
fn fit(rows: &[Row]) -> [f32; MEASURES + 1] {
    let pull = 1.0 / (INVERSE_PULL * rows.len() as f32);
    let mut weights = [0.0_f32; MEASURES + 1];
    let mut before = weights;
    for step in 0..STEPS {
        let momentum = step as f32 / (step as f32 + 3.0);
        let ahead: [f32; MEASURES + 1] =
            std::array::from_fn(|at| weights[at] + momentum * (weights[at] - before[at]));
        let slope = slope(rows, &ahead);
        before = weights;
        for (at, weight) in weights.iter_mut().enumerate() {
            let pulled = if at < MEASURES { pull * ahead[at] } else { 0.0 };
            *weight = ahead[at] - STEP * (slope[at] + pulled);
        }
    }
    weights
}

fn slope(rows: &[Row], weights: &[f32; MEASURES + 1]) -> [f32; MEASURES + 1] {
    let mut slope = [0.0_f32; MEASURES + 1];
    for (row, target) in rows {
        let sum: f32 = row.iter().zip(weights).map(|(a, b)| a * b).sum();
        let error = sigmoid(sum) - target;
        for (slope, value) in slope.iter_mut().zip(row) {
            *slope += error * value / rows.len() as f32;
        }
    }
    slope
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_two_apart_gets_the_weight() {
        let row = |value: f32, target: f32| {
            let mut row = [0.0; MEASURES + 1];
            row[3] = value;
            row[MEASURES] = 1.0;
            (row, target)
        };
        let rows: Vec<Row> = (0..50)
            .flat_map(|_| [row(1.0, 1.0), row(-1.0, 0.0)])
            .collect();
        let weights = fit(&rows);
        assert!(weights[3] > 1.0, "{}", weights[3]);
        assert!(weights[2].abs() < 0.01 && weights[MEASURES].abs() < 0.01);
        assert_eq!(weights.map(f32::to_bits), fit(&rows).map(f32::to_bits));
    }
}
