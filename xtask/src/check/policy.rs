//! Licences, bans and sources of everything that is built.
//!
//! Owns: judging the dependency tree by `deny.toml`. Must not know: what a dependency is for.
//!
//! `deny.toml` is in cargo-deny's format, so that `cargo deny check` reads the same rules. This
//! reader needs no further tool and no network; it knows `[licenses]`, `[bans] deny` and
//! `[sources]`, and leaves advisories to cargo-deny.

mod rules;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, Package};
use spdx::{Expression, LicenseReq, ParseMode};

use crate::check::Problems;
use crate::workspace;
use rules::Rules;

/// A foreign crate as the rules see it.
#[derive(Debug)]
struct Foreign {
    name: String,
    version: String,
    /// The SPDX expression of its manifest.
    licence: Option<String>,
    source: Source,
    /// The crates that depend on it.
    users: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
enum Source {
    /// The public registry of Rust's community.
    Registry,
    /// A folder of this workspace.
    Workspace,
    Elsewhere(String),
}

/// Judges every crate that is built for any platform.
pub(crate) fn check() -> Result<Problems> {
    let text = fs::read_to_string(workspace::root().join("deny.toml"))?;
    let rules: Rules = toml::from_str(&text).context("deny.toml is not understood")?;
    let crates = crates_built(&workspace::everything()?)?;
    println!("  {} crates are built", crates.len());
    Ok(judge(&crates, &rules))
}

fn crates_built(metadata: &Metadata) -> Result<Vec<Foreign>> {
    let resolve = metadata.resolve.as_ref().context("nothing was resolved")?;
    Ok(resolve
        .nodes
        .iter()
        .map(|node| {
            let users = resolve
                .nodes
                .iter()
                .filter(|user| user.dependencies.contains(&node.id))
                .map(|user| metadata[&user.id].name.to_string());
            foreign(&metadata[&node.id], users.collect())
        })
        .collect())
}

fn foreign(package: &Package, users: Vec<String>) -> Foreign {
    Foreign {
        users,
        name: package.name.to_string(),
        version: package.version.to_string(),
        licence: package.license.clone(),
        source: match &package.source {
            Some(source) if source.is_crates_io() => Source::Registry,
            Some(source) => Source::Elsewhere(source.repr.clone()),
            None => folder_of(Path::new(package.manifest_path.as_str())),
        },
    }
}

fn folder_of(manifest: &Path) -> Source {
    if manifest.starts_with(workspace::root()) {
        Source::Workspace
    } else {
        Source::Elsewhere(manifest.display().to_string())
    }
}

fn judge(crates: &[Foreign], rules: &Rules) -> Problems {
    let mut problems = Problems::new();
    for found in crates {
        let name = format!("{} {}", found.name, found.version);
        if let Source::Elsewhere(place) = &found.source {
            problems.push(format!("{name} comes from {place}"));
        }
        if let Some(reason) = rules.ban(&found.name, &found.users) {
            problems.push(format!("{name} is banned: {reason}"));
        }
        if let Some(trouble) = licence_trouble(found, rules) {
            problems.push(format!("{name}: {trouble}"));
        }
    }
    for name in rules.exceptions() {
        if !crates.iter().any(|found| found.name == name) {
            problems.push(format!("deny.toml: nothing needs the exception for {name}"));
        }
    }
    problems
}

fn licence_trouble(found: &Foreign, rules: &Rules) -> Option<String> {
    let Some(licence) = rules.clarified(&found.name).or(found.licence.as_deref()) else {
        return Some("its manifest names no licence".to_owned());
    };
    // Lax: old manifests write `MIT/Apache-2.0`.
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(expression) if expression.evaluate(|one| allowed(one, &found.name, rules)) => None,
        Ok(_) => Some(format!("{licence} is not allowed")),
        Err(error) => Some(format!(
            "the licence {licence} is not understood: {}",
            error.reason
        )),
    }
}

fn allowed(licence: &LicenseReq, name: &str, rules: &Rules) -> bool {
    rules.allows(name, &licence.to_string())
}

#[cfg(test)]
mod tests;
