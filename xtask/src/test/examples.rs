//! Which crates have examples in their documentation.
//!
//! Owns: finding them. Must not know: how they are run.
//!
//! Cargo builds the dependencies anew for them, with other features than for the tests. That takes
//! minutes, so only crates that have some are named.

use anyhow::Result;

use crate::workspace::{files_below, members};

/// The names of our crates with an example that runs.
pub(crate) fn crates_with_examples() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for package in members()? {
        let folder = package.manifest_path.with_file_name("src");
        for file in files_below(folder.as_std_path(), &["rs"])? {
            if has_example(&std::fs::read_to_string(file)?) {
                names.push(package.name.to_string());
                break;
            }
        }
    }
    Ok(names)
}

/// Whether a fence in a documentation comment opens code that is built.
fn has_example(source: &str) -> bool {
    let mut open = false;
    for line in source.lines() {
        let line = line.trim_start();
        let comment = line.strip_prefix("///").or(line.strip_prefix("//!"));
        let Some(kind) = comment.and_then(|text| text.trim_start().strip_prefix("```")) else {
            continue;
        };
        open = !open;
        let words: Vec<&str> = kind.split([',', ' ']).filter(|w| !w.is_empty()).collect();
        let is_rust = words.is_empty() || words.iter().any(|word| RUST.contains(word));
        if open && is_rust && !words.contains(&"ignore") {
            return true;
        }
    }
    false
}

/// Words after a fence that go with code that is built.
const RUST: [&str; 5] = [
    "rust",
    "no_run",
    "should_panic",
    "compile_fail",
    "edition2024",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_that_is_built_counts() {
        assert!(has_example(
            "/// Adds.\n///\n/// ```\n/// assert_eq!(add(1, 1), 2);\n/// ```\n"
        ));
        assert!(has_example("//! ```no_run\n//! main();\n//! ```\n"));
        assert!(!has_example(
            "//!    ```ignore\n//!    routes(book);\n//!    ```\n"
        ));
        assert!(!has_example("//! ```text\n//! a -> b\n//! ```\n"));
        assert!(!has_example("let fence = \"```\";\n"));
    }
}
