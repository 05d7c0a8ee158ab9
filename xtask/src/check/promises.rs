//! Each promise of SECURITY.md names a test, and that test exists.
//!
//! Owns: reading the table of promises. Must not know: what a test does.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Result;

use crate::check::Problems;
use crate::workspace;

const PAGE: &str = "SECURITY.md";

/// Compares the page with the functions of the workspace.
pub(crate) fn check() -> Result<Problems> {
    let mut functions = BTreeSet::new();
    for path in workspace::files_below(&workspace::root().join("crates"), &["rs"])? {
        functions.extend(function_names(&fs::read_to_string(path)?));
    }
    let page = fs::read_to_string(workspace::root().join(PAGE))?;
    Ok(unkept(&page, &functions))
}

/// The names after `fn`.
fn function_names(source: &str) -> Vec<String> {
    source
        .split("fn ")
        .skip(1)
        .filter_map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
        })
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn unkept(page: &str, functions: &BTreeSet<String>) -> Problems {
    let mut problems = Problems::new();
    for row in rows(page) {
        let tests: Vec<&str> = row
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| is_test(name))
            .collect();
        if tests.is_empty() {
            problems.push(format!("{PAGE}: no test stands behind: {row}"));
        }
        for test in tests {
            if !functions.contains(test) {
                problems.push(format!("{PAGE}: the test {test} does not exist"));
            }
        }
    }
    problems
}

/// The rows of the tables, without their heads.
fn rows(page: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = page.lines().collect();
    let is_rule = |line: &&str| line.starts_with("|---");
    let heads: BTreeSet<usize> = (0..lines.len())
        .filter(|at| lines.get(at + 1).is_some_and(is_rule))
        .collect();
    lines
        .into_iter()
        .enumerate()
        .filter(move |(at, line)| line.starts_with("| ") && !heads.contains(at))
        .map(|(_, line)| line)
}

/// Tests are sentences: several words, joined.
fn is_test(name: &str) -> bool {
    name.matches('_').count() >= 2
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "| promise | test |\n|---|---|\n";

    fn said(row: &str) -> Problems {
        let functions = function_names("#[test]\nfn nothing_is_lost() {}\nasync fn other<T>() {}");
        unkept(&format!("{HEAD}{row}"), &functions.into_iter().collect())
    }

    #[test]
    fn a_promise_with_its_test_passes() {
        assert_eq!(
            said("| no mail is lost | `nothing_is_lost` |"),
            Problems::new()
        );
    }

    #[test]
    fn an_empty_promise_is_named() {
        assert!(said("| all is well | trust us |")[0].contains("no test stands behind"));
    }

    #[test]
    fn a_promise_whose_test_is_gone_is_named() {
        assert_eq!(
            said("| no mail is lost | `nothing_was_lost` |"),
            ["SECURITY.md: the test nothing_was_lost does not exist"]
        );
    }
}
