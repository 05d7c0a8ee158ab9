//! Training of the tone model: `cargo xtask tone train` and `cargo xtask tone weigh`.
//!
//! Owns: the arguments and the order of the steps. Must not know: how a message is read.

mod calibrate;
mod card;
mod compose;
mod corpus;
mod example;
mod fit;
mod manner;
mod network;
mod quantise;
mod random;
mod review;
mod vocabulary;
mod weigh;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use candor_tone::model::encode;

use crate::workspace;

const USAGE: &str = "usage: cargo xtask tone train DATA [--own DIR] [--seed N] [--out FILE]\n\
    DATA holds goemotions.jsonl, politeness_wiki.jsonl, politeness_se.jsonl, isarcasm.jsonl and \
    formality.jsonl; --own is a folder of the project's own texts (default data/tone)\n\
    or: cargo xtask tone weigh (weights for complaints, from data/tone/cue; after each training)";

/// Where the shipped model lies, from the root of the workspace.
const MODEL: &str = "crates/candor-tone/model/tone.bin";
const WEIGHTS: &str = "crates/candor-tone/model/complaint.txt";
const OWN: &str = "data/tone";

struct Arguments {
    data: PathBuf,
    own: PathBuf,
    seed: u64,
    out: PathBuf,
}

/// Runs `cargo xtask tone ...`.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let (action, rest) = arguments.split_first().context(USAGE)?;
    match action.as_str() {
        "train" => train(&parse(rest)?)?,
        "weigh" => weigh::run(
            &workspace::root().join(OWN),
            &workspace::root().join(WEIGHTS),
        )?,
        _ => bail!("there is no `tone {action}`\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(rest: &[String]) -> Result<Arguments> {
    let root = workspace::root();
    let mut arguments = Arguments {
        data: PathBuf::new(),
        own: root.join(OWN),
        seed: 1,
        out: root.join(MODEL),
    };
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .with_context(|| format!("{word} needs a value"))
        };
        match word.as_str() {
            "--own" => arguments.own = value()?.into(),
            "--seed" => arguments.seed = value()?.parse().context("--seed takes a number")?,
            "--out" => arguments.out = value()?.into(),
            flag if flag.starts_with('-') => bail!("there is no {flag}\n{USAGE}"),
            data => arguments.data = data.into(),
        }
    }
    if arguments.data.as_os_str().is_empty() {
        bail!(USAGE);
    }
    Ok(arguments)
}

/// Reads the texts, fits, makes bytes of the weights, sets the thresholds on texts kept back.
fn train(arguments: &Arguments) -> Result<()> {
    let texts = corpus::load(&arguments.data, &arguments.own)?;
    let (training, kept_back) = corpus::split(texts.items);
    let vocabulary = vocabulary::choose(&training);
    let examples = example::encode(&training, &vocabulary);
    let network = fit::fit(&examples, &vocabulary, arguments.seed);
    let mut quantised = quantise::quantise(&network, &vocabulary);
    let figures = calibrate::calibrate(&mut quantised, &kept_back)?;
    let bytes = encode(&quantised.wide, &quantised.words, &quantised.small);
    std::fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    card::write(
        &arguments.out,
        arguments.seed,
        &texts.sources,
        &figures,
        &bytes,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_tone::model::{Head, Model};
    use candor_tone::read::{Label, read_with};

    /// Forty remarks of two kinds, so that every word stands in more than one.
    fn remarks() -> Vec<corpus::Item> {
        let things = ["grinder", "kettle", "parcel", "invoice", "refund"];
        let mut items = Vec::new();
        for (first, second) in things.iter().zip(things.iter().rev()) {
            for (opinion, shares, complaint) in [
                ("zorbly", [0.0, 0.0, 1.0], 0.0),
                ("quankish", [1.0, 0.0, 0.0], 1.0),
            ] {
                for frame in [
                    "the {1} is {0}",
                    "{0} {1} and {2}",
                    "my {2} was {0}",
                    "so {0}",
                ] {
                    let text = frame.replace("{0}", opinion);
                    let text = text.replace("{1}", first).replace("{2}", second);
                    let item = corpus::Item::new(&text).sentiment(shares);
                    items.push(item.teach(Head::Complaint, complaint));
                }
            }
        }
        items
    }

    fn trained(seed: u64) -> Vec<u8> {
        let items = remarks();
        let vocabulary = vocabulary::choose(&items);
        let examples = example::encode(&items, &vocabulary);
        let network = fit::fit(&examples, &vocabulary, seed);
        let mut quantised = quantise::quantise(&network, &vocabulary);
        calibrate::calibrate(&mut quantised, &items).unwrap();
        encode(&quantised.wide, &quantised.words, &quantised.small)
    }

    #[test]
    fn the_same_texts_and_seed_give_the_same_bytes() {
        let first = trained(1);
        assert_eq!(first, trained(1));
        assert_ne!(first, trained(2));
    }

    #[test]
    fn words_that_no_list_knows_are_learned() {
        let bytes = trained(3);
        let model = Model::parse(&bytes).unwrap();
        let good = read_with(&model, "the teapot is zorbly");
        let bad = read_with(&model, "the teapot is quankish");
        assert_eq!((good.label, bad.label), (Label::Positive, Label::Negative));
        assert!(bad.complaint > good.complaint);
    }
}
