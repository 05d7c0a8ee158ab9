//! Small habits of the code that no other tool watches.
//!
//! Owns: a few patterns that do not belong here. Must not know: sizes, crates.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::check::{Problems, shown};
use crate::workspace;

/// Crates that are handed the time and never ask for it.
const WITHOUT_CLOCK: [&str; 3] = ["candor-domain", "candor-ledger", "candor-mail"];

/// How Rust asks for the time.
const CLOCKS: [&str; 4] = [
    "Timestamp::now(",
    "Zoned::now(",
    "SystemTime::now(",
    "Instant::now(",
];

/// Reads all our Rust files.
pub(crate) fn check() -> Result<Problems> {
    let mut problems = Problems::new();
    for folder in ["crates", "xtask"] {
        for path in workspace::files_below(&workspace::root().join(folder), &["rs"])? {
            problems.extend(bad_habits(
                Path::new(&shown(&path)),
                &fs::read_to_string(&path)?,
            ));
        }
    }
    Ok(problems)
}

fn bad_habits(path: &Path, source: &str) -> Problems {
    let name = path.display();
    let mut problems = Problems::new();
    if path.file_name().is_some_and(|file| file == "mod.rs") {
        problems.push(format!(
            "{name}: the file is named for its module, not mod.rs"
        ));
    }
    let holds_tests = path.ends_with("tests.rs") || name.to_string().contains("/tests/");
    if !holds_tests && !source.trim_start().starts_with("//!") {
        problems.push(format!("{name}: no header that says what the file owns"));
    }
    // An example that measures is a program of its own beside the crate.
    let is_pure = |pure: &&str| {
        let root = Path::new("crates").join(pure);
        path.starts_with(&root) && !path.starts_with(root.join("examples"))
    };
    if WITHOUT_CLOCK.iter().any(is_pure) {
        for clock in CLOCKS.iter().filter(|clock| source.contains(**clock)) {
            problems.push(format!(
                "{name}: {clock}) is called where the time is handed in"
            ));
        }
    }
    // Put together here, so that this file does not name itself.
    let ignored = concat!("#[", "ignore");
    let asleep = ["sleep", "("].concat();
    for (number, line) in source.lines().enumerate() {
        if line.trim_start().starts_with(ignored) {
            problems.push(format!(
                "{name}:{}: a test runs or does not exist",
                number + 1
            ));
        }
        if holds_tests && line.contains(&asleep) {
            problems.push(format!(
                "{name}:{}: a test waits for the thing itself, not for a time",
                number + 1
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tidy_file_passes() {
        let problems = bad_habits(Path::new("src/ticket.rs"), "//! Tickets.\n");
        assert_eq!(problems, Problems::new());
    }

    #[test]
    fn a_clock_is_named_in_a_pure_crate_only() {
        let source = "//! Time.\nlet now = Timestamp::now();";
        assert_eq!(
            bad_habits(Path::new("crates/candor-domain/src/late.rs"), source),
            [
                "crates/candor-domain/src/late.rs: Timestamp::now() is called where the time is handed in"
            ]
        );
        for fine in [
            "crates/candor/src/clock.rs",
            "crates/candor-mail/examples/measure.rs",
        ] {
            assert_eq!(bad_habits(Path::new(fine), source), Problems::new());
        }
    }

    #[test]
    fn a_sleeping_test_is_named_and_a_patient_worker_is_not() {
        let source = concat!("//! Waits.\nthread::", "sleep(pause);\n");
        assert_eq!(
            bad_habits(Path::new("crates/candor/tests/serve.rs"), source),
            ["crates/candor/tests/serve.rs:2: a test waits for the thing itself, not for a time"]
        );
        assert_eq!(
            bad_habits(Path::new("crates/candor/src/worker.rs"), source),
            Problems::new()
        );
    }

    #[test]
    fn each_bad_habit_is_named() {
        let source = concat!("#[test]\n    #[", "ignore = \"slow\"]\nfn slow() {}\n");
        let problems = bad_habits(Path::new("src/ticket/mod.rs"), source);
        assert_eq!(
            problems,
            [
                "src/ticket/mod.rs: the file is named for its module, not mod.rs",
                "src/ticket/mod.rs: no header that says what the file owns",
                "src/ticket/mod.rs:2: a test runs or does not exist",
            ]
        );
    }
}
