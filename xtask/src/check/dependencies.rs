//! Each direct dependency is explained, used, and explained only while it is used.
//!
//! Owns: reading `docs/dependencies.md`, looking for use in the source.
//! Must not know: licences (`policy`).

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};
use cargo_metadata::Package;
use toml::Table;

use crate::check::Problems;
use crate::workspace;

const PAGE: &str = "docs/dependencies.md";

/// Dependencies that are switched on by being there, or named in a file that lies elsewhere: the
/// screenshots share the driver of the browser tests.
const SILENT: [&str; 2] = ["proc-macro2", "serde_json"];

/// Compares manifests, source and the page.
pub(crate) fn check() -> Result<Problems> {
    let members = workspace::members()?;
    let page = fs::read_to_string(workspace::root().join(PAGE)).context(PAGE)?;
    let manifest = fs::read_to_string(workspace::root().join("Cargo.toml"))?;
    let used: BTreeSet<String> = members.iter().flat_map(foreign_names).collect();
    let mut problems = unexplained(&used, &explained(&page));
    problems.extend(unused_entries(&used, &declared(&manifest)?));
    for member in &members {
        problems.extend(unused_by(member)?);
    }
    Ok(problems)
}

/// The dependencies of a crate that are not ours.
fn foreign_names(package: &Package) -> Vec<String> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.path.is_none())
        .map(|dependency| dependency.name.clone())
        .collect()
}

/// The crates whose table row on the page begins with their name in backticks.
fn explained(page: &str) -> BTreeSet<String> {
    page.lines()
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|row| row.split('|').next())
        .flat_map(|cell| {
            let names = cell.split('`').skip(1).step_by(2);
            names.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

fn unexplained(used: &BTreeSet<String>, explained: &BTreeSet<String>) -> Problems {
    let missing = used.difference(explained);
    let stale = explained.difference(used);
    missing
        .map(|name| format!("{PAGE} does not say why we use {name}"))
        .chain(stale.map(|name| format!("{PAGE} explains {name}, which nothing uses")))
        .collect()
}

/// The entries of `[workspace.dependencies]` that are not our own crates.
fn declared(manifest: &str) -> Result<BTreeSet<String>> {
    let manifest: Table = manifest.parse()?;
    let table = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(|dependencies| dependencies.as_table())
        .context("Cargo.toml has no [workspace.dependencies]")?;
    let foreign = table
        .iter()
        .filter(|(_, entry)| entry.get("path").is_none());
    Ok(foreign.map(|(name, _)| name.clone()).collect())
}

fn unused_entries(used: &BTreeSet<String>, declared: &BTreeSet<String>) -> Problems {
    let idle = declared.difference(used);
    idle.map(|name| format!("Cargo.toml declares {name}, which no crate uses"))
        .collect()
}

/// The dependencies of one crate that its source never names.
fn unused_by(package: &Package) -> Result<Problems> {
    let folder = package
        .manifest_path
        .parent()
        .context("a manifest lies in a folder")?;
    let mut source = String::new();
    for path in workspace::files_below(folder.as_std_path(), &["rs", "html"])? {
        source.push_str(&fs::read_to_string(path)?);
    }
    Ok(package
        .dependencies
        .iter()
        .map(|dependency| dependency.name.as_str())
        .filter(|name| !SILENT.contains(name) && !names(&source, name))
        .map(|name| format!("{} depends on {name} and never names it", package.name))
        .collect())
}

/// Whether `source` names the crate, whose hyphens are underscores there.
fn names(source: &str, crate_name: &str) -> bool {
    let word = crate_name.replace('-', "_");
    let part_of_word = |character: char| character.is_alphanumeric() || character == '_';
    source.match_indices(&word).any(|(at, _)| {
        let before = source[..at].chars().next_back();
        let after = source[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_row_may_explain_several_crates() {
        let page = "# Title `x`\n| crate | why |\n| `tower`, `tower-http` | layers, see `axum` |\n";
        assert_eq!(explained(page), set(&["tower", "tower-http"]));
    }

    #[test]
    fn what_is_not_explained_and_what_is_not_used_are_named() {
        assert_eq!(
            unexplained(&set(&["axum", "new"]), &set(&["axum", "old"])),
            [
                "docs/dependencies.md does not say why we use new",
                "docs/dependencies.md explains old, which nothing uses",
            ]
        );
    }

    #[test]
    fn an_entry_that_no_crate_uses_is_named() {
        let manifest = "[workspace.dependencies]\nours = { path = 'ours' }\nidle = '1'\nbusy = '1'";
        assert_eq!(
            unused_entries(&set(&["busy"]), &declared(manifest).unwrap()),
            ["Cargo.toml declares idle, which no crate uses"]
        );
    }

    #[test]
    fn a_crate_is_found_as_a_whole_word() {
        assert!(names("use tower_http::trace;", "tower-http"));
        assert!(!names("use tower_http::trace;", "tower"));
        assert!(!names("let mytower = 1;", "tower"));
    }
}
