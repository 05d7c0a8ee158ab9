//! The card beside the model: what it was made of and what it reached.
//!
//! Owns: its words. Must not know: training.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use candor_tone::model::Model;

use super::calibrate::Figure;

pub(super) fn write(
    model: &Path,
    seed: u64,
    sources: &[String],
    figures: &[Figure],
    bytes: &[u8],
) -> Result<()> {
    let version = Model::parse(bytes)?.version().to_owned();
    let mut card = format!(
        "# The tone model\n\nMade by `cargo xtask tone train` with seed {seed}. Version {version}, {} bytes.\n\n\
         ## Learned from\n\n",
        bytes.len()
    );
    for source in sources {
        writeln!(card, "- {source}")?;
    }
    card.push_str("\n## F1 by head on texts kept back from training\n\nThe same texts set the thresholds, so new texts score somewhat lower.\n\n| head | texts | yes | F1 |\n|---|---|---|---|\n");
    for figure in figures {
        let Figure {
            name,
            texts,
            yes,
            f1,
        } = figure;
        writeln!(card, "| {name} | {texts} | {yes} | {f1:.2} |")?;
    }
    let path = model.with_extension("md");
    fs::write(&path, card).with_context(|| format!("cannot write {}", path.display()))
}
