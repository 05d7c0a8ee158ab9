//! Training of the tone model: `cargo xtask tone train`.
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

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use candor_tone::model::encode;

use crate::workspace;

const USAGE: &str = "usage: cargo xtask tone train DATA [--own DIR] [--seed N] [--out FILE]\n\
    DATA holds goemotions.jsonl, politeness_wiki.jsonl, politeness_se.jsonl, isarcasm.jsonl and \
    formality.jsonl; --own is a folder of the project's own texts (default data/tone)";

/// Where the shipped model lies, from the root of the workspace.
const MODEL: &str = "crates/candor-tone/model/tone.bin";
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
    if action != "train" {
        bail!("there is no `tone {action}`\n{USAGE}");
    }
    train(&parse(rest)?)?;
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
