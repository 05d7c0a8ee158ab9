//! ARCHITECTURE.md speaks of files and crates that exist, and of every crate.
//!
//! Owns: finding names in the text. Must not know: whether what is said of them is true.

use std::fs;

use anyhow::Result;

use crate::check::Problems;
use crate::workspace;

const PAGE: &str = "ARCHITECTURE.md";
const MOST_LINES: usize = 200;

/// What exists, as the page may name it.
struct House<'a> {
    crates: Vec<String>,
    exists: &'a dyn Fn(&str) -> bool,
}

/// Reads the page and looks at the workspace.
pub(crate) fn check() -> Result<Problems> {
    let members = workspace::members()?;
    let house = House {
        crates: members
            .into_iter()
            .map(|member| member.name.to_string())
            .collect(),
        exists: &|path| workspace::root().join(path).exists(),
    };
    Ok(untrue(
        &fs::read_to_string(workspace::root().join(PAGE))?,
        &house,
    ))
}

fn untrue(page: &str, house: &House<'_>) -> Problems {
    let mut problems = Problems::new();
    let lines = page.lines().count();
    if lines > MOST_LINES {
        problems.push(format!(
            "{PAGE} has {lines} lines, the limit is {MOST_LINES}"
        ));
    }
    let named = code_spans(page);
    for name in &named {
        if is_path(name) && !(house.exists)(name) {
            problems.push(format!("{PAGE} names {name}, which does not exist"));
        }
        if name.starts_with("candor-") && !is_path(name) && !house.crates.contains(name) {
            problems.push(format!(
                "{PAGE} names the crate {name}, which does not exist"
            ));
        }
    }
    for name in &house.crates {
        if !named.contains(name) {
            problems.push(format!("{PAGE} says nothing of the crate {name}"));
        }
    }
    problems
}

/// What stands between backticks, outside of code blocks.
fn code_spans(page: &str) -> Vec<String> {
    let mut spans = Vec::new();
    let mut in_block = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            spans.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    spans
}

/// A path from the root of the workspace: it has a folder or a known ending, and no blanks.
/// `/api/v1` is an address, `cargo xtask` a command.
fn is_path(name: &str) -> bool {
    let endings = [".md", ".toml", ".rs", ".html", ".sql", ".ftl"];
    let has_ending = endings.iter().any(|ending| name.ends_with(ending));
    let plain = name
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || "/._-".contains(character));
    plain && !name.starts_with('/') && (name.contains('/') || has_ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(page: &str) -> Problems {
        let house = House {
            crates: vec!["candor-desk".to_owned()],
            exists: &|path| path == "crates/candor-desk/src/reply.rs",
        };
        untrue(page, &house)
    }

    #[test]
    fn a_true_page_passes() {
        let page = "`candor-desk` sends in `crates/candor-desk/src/reply.rs` at `/api/v1`.\n\
                    ```\n`nothing/of/this.rs` counts\n```\n`cargo xtask`, `a/b c`";
        assert_eq!(said(page), Problems::new());
    }

    #[test]
    fn a_path_that_is_gone_is_named() {
        let problems = said("`candor-desk` and `crates/candor-desk/src/send.rs`");
        assert_eq!(
            problems,
            ["ARCHITECTURE.md names crates/candor-desk/src/send.rs, which does not exist"]
        );
    }

    #[test]
    fn crates_are_complete_and_real() {
        assert_eq!(
            said("`candor-tone`"),
            [
                "ARCHITECTURE.md names the crate candor-tone, which does not exist",
                "ARCHITECTURE.md says nothing of the crate candor-desk",
            ]
        );
    }

    #[test]
    fn a_page_that_grows_too_long_is_named() {
        let page = format!("`candor-desk`{}", "\n".repeat(201));
        assert!(said(&page)[0].contains("the limit is 200"));
    }
}
