//! How large a file, a function, a template may be.
//!
//! Owns: the limits, the table, the excuses in `xtask/limits.toml`.
//! Must not know: how Rust is parsed (`measure`).
//!
//! Above the aim is worth a look; above the limit needs an excuse with a reason and a ceiling.

mod excuse;
mod measure;
mod table;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::check::{Problems, shown};
use crate::workspace;
use excuse::Excuse;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Function,
    Arguments,
    Template,
    Css,
    JavaScript,
}

/// Every kind with its name, the size we aim for and the size that needs an excuse.
pub(crate) const LIMITS: [(Kind, &str, usize, usize); 6] = [
    (Kind::File, "Rust file", 250, 500),
    (Kind::Function, "function", 40, 70),
    (Kind::Arguments, "arguments", 5, 7),
    (Kind::Template, "template", 120, 120),
    (Kind::Css, "CSS file", 300, 300),
    (Kind::JavaScript, "JS file", 120, 120),
];

/// One thing that has a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measurement {
    pub(crate) kind: Kind,
    pub(crate) path: String,
    /// The function; empty for a file.
    pub(crate) name: String,
    pub(crate) size: usize,
}

/// Measures everything, prints the table, names what is too large.
pub(crate) fn check() -> Result<Problems> {
    let (mut sizes, tests) = rust_sizes()?;
    sizes.extend(page_sizes()?);
    table::print(&sizes, tests);
    let path = workspace::root().join("xtask/limits.toml");
    let excuses = excuse::read(&fs::read_to_string(path).context("reading xtask/limits.toml")?)?;
    Ok(judge(&sizes, &excuses))
}

/// The sizes of all our Rust code, and how many lines of tests stand beside it.
fn rust_sizes() -> Result<(Vec<Measurement>, usize)> {
    let mut sizes = Vec::new();
    let mut test_lines = 0;
    for folder in ["crates", "xtask"] {
        for path in workspace::files_below(&workspace::root().join(folder), &["rs"])? {
            let source = fs::read_to_string(&path)?;
            let name = shown(&path);
            if is_test_code(&name) {
                test_lines += source.lines().count();
                continue;
            }
            let measured = measure::rust(&name, &source)
                .with_context(|| format!("{name} is not understood"))?;
            test_lines += measured.test_lines;
            sizes.extend(measured.sizes);
        }
    }
    Ok((sizes, test_lines))
}

/// Files that hold tests alone: they may be as long as their stories.
fn is_test_code(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.contains("/candor-testkit/")
}

fn page_sizes() -> Result<Vec<Measurement>> {
    let mut sizes = Vec::new();
    for (kind, extension) in [
        (Kind::Template, "html"),
        (Kind::Css, "css"),
        (Kind::JavaScript, "js"),
    ] {
        let crates = workspace::root().join("crates");
        for path in workspace::files_below(&crates, &[extension])? {
            if !is_foreign(&path) {
                sizes.push(Measurement {
                    kind,
                    path: shown(&path),
                    name: String::new(),
                    size: fs::read_to_string(&path)?.lines().count(),
                });
            }
        }
    }
    Ok(sizes)
}

/// Vendored files keep the size their authors gave them; samples in tests are data.
fn is_foreign(path: &Path) -> bool {
    path.components()
        .any(|part| part.as_os_str() == "vendor" || part.as_os_str() == "tests")
}

fn judge(sizes: &[Measurement], excuses: &[Excuse]) -> Problems {
    let mut problems = Problems::new();
    for size in sizes {
        let (_, what, _, limit) = limit_of(size.kind);
        let ceiling = excuses
            .iter()
            .find(|excuse| excuse.covers(size))
            .map_or(limit, |excuse| excuse.ceiling);
        if size.size > ceiling {
            problems.push(format!(
                "{} {}: {what} has {}, the limit is {ceiling}",
                size.path, size.name, size.size
            ));
        }
    }
    for excuse in excuses {
        let needed = sizes
            .iter()
            .any(|size| excuse.covers(size) && size.size > limit_of(size.kind).3);
        if !needed {
            problems.push(format!(
                "xtask/limits.toml: {} {} needs no excuse any more",
                excuse.path, excuse.name
            ));
        }
    }
    problems
}

fn limit_of(kind: Kind) -> (Kind, &'static str, usize, usize) {
    *LIMITS
        .iter()
        .find(|(other, ..)| *other == kind)
        .expect("every kind has its line")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(size: usize) -> Measurement {
        Measurement {
            kind: Kind::Function,
            path: "crates/a/src/lib.rs".to_owned(),
            name: "long".to_owned(),
            size,
        }
    }

    fn excuses(ceiling: usize) -> Vec<Excuse> {
        excuse::read(&format!(
            "[[excess]]\npath = 'crates/a/src/lib.rs'\nwhat = 'function'\nname = 'long'\n\
             ceiling = {ceiling}\nreason = 'one table that reads from top to bottom'"
        ))
        .unwrap()
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        assert_eq!(judge(&[function(70)], &[]), Problems::new());
    }

    #[test]
    fn one_line_more_is_named() {
        assert_eq!(
            judge(&[function(71)], &[]),
            ["crates/a/src/lib.rs long: function has 71, the limit is 70"]
        );
    }

    #[test]
    fn an_excuse_covers_up_to_its_ceiling() {
        assert_eq!(judge(&[function(90)], &excuses(90)), Problems::new());
        assert_eq!(judge(&[function(91)], &excuses(90)).len(), 1);
    }

    #[test]
    fn an_excuse_nobody_needs_is_named() {
        let problems = judge(&[function(12)], &excuses(90));
        assert!(
            problems[0].contains("needs no excuse any more"),
            "{problems:?}"
        );
    }
}
