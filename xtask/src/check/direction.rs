//! Which crate may use which.
//!
//! Owns: the picture of ARCHITECTURE.md as a table. Must not know: what the crates contain.

use anyhow::Result;
use cargo_metadata::DependencyKind;

use crate::check::Problems;
use crate::workspace;

/// Each crate of ours and the crates of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("candor-domain", &[]),
    ("candor-ledger", &[]),
    ("candor-mail", &["candor-domain"]),
    ("candor-tone", &[]),
    ("candor-post", &["candor-domain"]),
    ("candor-staffing", &["candor-domain"]),
    ("candor-store", &["candor-domain", "candor-ledger"]),
    (
        "candor-desk",
        &[
            "candor-domain",
            "candor-ledger",
            "candor-mail",
            "candor-staffing",
            "candor-store",
            "candor-tone",
        ],
    ),
    ("candor-web", &["candor-domain", "candor-desk"]),
    (
        "candor",
        &[
            "candor-domain",
            "candor-ledger",
            "candor-mail",
            "candor-staffing",
            "candor-store",
            "candor-desk",
            "candor-post",
            "candor-tone",
            "candor-web",
        ],
    ),
    (
        "candor-testkit",
        &[
            "candor-domain",
            "candor-mail",
            "candor-store",
            "candor-desk",
            "candor-web",
        ],
    ),
    ("xtask", &["candor-tone"]),
];

/// Foreign crates that only some of ours may use, and why.
const KEPT_APART: &[(&[&str], &[&str], &str)] = &[
    (
        &["anyhow"],
        &["candor", "xtask"],
        "libraries have typed errors",
    ),
    (
        &[
            "rusqlite",
            "tokio-postgres",
            "deadpool",
            "deadpool-postgres",
        ],
        &["candor-store"],
        "SQL lives in candor-store only",
    ),
    (
        &["axum", "askama"],
        &["candor-web", "candor-testkit", "candor"],
        "HTTP and pages live in candor-web",
    ),
    (
        &["tokio", "getrandom"],
        &[
            "candor-store",
            "candor-desk",
            "candor-post",
            "candor-web",
            "candor-testkit",
            "candor",
        ],
        "the pure crates do no input or output and draw no randomness",
    ),
];

/// Only tests may use this crate.
const FOR_TESTS_ONLY: &str = "candor-testkit";

/// A crate of ours with what it depends on.
struct House {
    name: String,
    /// What the built crate uses, and what only its tests use.
    uses: Vec<(String, DependencyKind)>,
}

/// Compares the manifests with the picture.
pub(crate) fn check() -> Result<Problems> {
    let houses: Vec<House> = workspace::members()?
        .into_iter()
        .map(|package| House {
            name: package.name.to_string(),
            uses: package
                .dependencies
                .into_iter()
                .map(|dependency| (dependency.name, dependency.kind))
                .collect(),
        })
        .collect();
    Ok(houses.iter().flat_map(wrong_arrows).collect())
}

fn wrong_arrows(house: &House) -> Problems {
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == house.name) else {
        return vec![format!(
            "{} has no line in xtask/src/check/direction.rs",
            house.name
        )];
    };
    let mut problems = Problems::new();
    for (used, kind) in &house.uses {
        if *kind == DependencyKind::Development {
            continue;
        }
        if used == FOR_TESTS_ONLY {
            problems.push(format!("{} may use {used} in tests only", house.name));
        } else if ARROWS.iter().any(|(name, _)| name == used) && !allowed.contains(&used.as_str()) {
            problems.push(format!("{} may not use {used}", house.name));
        }
        for (kept, users, why) in KEPT_APART {
            if kept.contains(&used.as_str()) && !users.contains(&house.name.as_str()) {
                problems.push(format!("{} may not use {used}: {why}", house.name));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(name: &str, uses: &[(&str, DependencyKind)]) -> House {
        House {
            name: name.to_owned(),
            uses: uses
                .iter()
                .map(|(used, kind)| ((*used).to_owned(), *kind))
                .collect(),
        }
    }

    #[test]
    fn an_arrow_of_the_picture_passes() {
        let desk = house("candor-desk", &[("candor-store", DependencyKind::Normal)]);
        assert_eq!(wrong_arrows(&desk), Problems::new());
    }

    #[test]
    fn an_arrow_upwards_is_named() {
        let store = house("candor-store", &[("candor-desk", DependencyKind::Normal)]);
        assert_eq!(
            wrong_arrows(&store),
            ["candor-store may not use candor-desk"]
        );
    }

    #[test]
    fn the_testkit_is_for_tests() {
        let built = house("candor-web", &[("candor-testkit", DependencyKind::Normal)]);
        let tested = house(
            "candor-web",
            &[("candor-testkit", DependencyKind::Development)],
        );
        assert_eq!(wrong_arrows(&built).len(), 1);
        assert_eq!(wrong_arrows(&tested), Problems::new());
    }

    #[test]
    fn sql_in_the_web_crate_is_named_with_its_reason() {
        let web = house("candor-web", &[("rusqlite", DependencyKind::Normal)]);
        assert_eq!(
            wrong_arrows(&web),
            ["candor-web may not use rusqlite: SQL lives in candor-store only"]
        );
    }

    #[test]
    fn a_crate_nobody_drew_is_named() {
        let problems = wrong_arrows(&house("candor-surprise", &[]));
        assert!(problems[0].contains("candor-surprise has no line"));
    }
}
