//! Counting what the test runners report.
//!
//! Owns: reading summary lines. Must not know: who printed them or why.

use std::fmt;

/// How many tests passed and failed, over all runs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// Sums the summary lines of nextest and of cargo's own runner; `None` when there is none.
    pub(crate) fn of_lines<'a>(lines: impl IntoIterator<Item = &'a String>) -> Option<Self> {
        let mut sum = None;
        for line in lines {
            if let Some(tally) = of_nextest(line).or_else(|| of_cargo_test(line)) {
                *sum.get_or_insert_default() += tally;
            }
        }
        sum
    }
}

/// `Summary [ 0.2s] 7 tests run: 5 passed (1 slow, 1 leaky), 1 failed, 1 timed out, 2 skipped`
fn of_nextest(line: &str) -> Option<Tally> {
    let (head, counts) = line.trim().strip_prefix("Summary [")?.split_once(':')?;
    if !head.contains("run") {
        return None;
    }
    Some(of_counts(&without_brackets(counts), ','))
}

/// `test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s`
///
/// Only at the beginning of a line: nextest repeats the same words, indented, as the output of a
/// test that failed, and counts that test itself.
fn of_cargo_test(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(of_counts(counts, ';'))
}

fn of_counts(counts: &str, separator: char) -> Tally {
    let mut tally = Tally::default();
    for part in counts.split(separator) {
        let Some((number, what)) = part.trim().split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse::<u64>() else {
            continue;
        };
        match what.trim() {
            "passed" => tally.passed += number,
            "failed" | "timed out" | "exec failed" => tally.failed += number,
            _ => {}
        }
    }
    tally
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|character| match character {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> Option<Tally> {
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        Tally::of_lines(&lines)
    }

    #[test]
    fn nextest_is_understood() {
        let line = "     Summary [   9.204s] 9 tests run: 6 passed (1 slow, 2 leaky), \
                    1 failed, 1 timed out, 1 exec failed, 4 skipped";
        assert_eq!(
            tally(&["    Finished", line]),
            Some(Tally {
                passed: 6,
                failed: 3
            })
        );
    }

    #[test]
    fn cargo_test_is_summed_over_its_binaries() {
        let lines = [
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
            "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out",
        ];
        assert_eq!(
            tally(&lines),
            Some(Tally {
                passed: 7,
                failed: 3
            })
        );
    }

    #[test]
    fn the_output_of_a_failed_test_is_not_counted_beside_it() {
        let lines = [
            "        FAIL [  13.095s] (10/650) candor::binary kill",
            "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 8 filtered out",
            "     Summary [ 114.534s] 650 tests run: 649 passed, 1 failed, 0 skipped",
        ];
        assert_eq!(
            tally(&lines),
            Some(Tally {
                passed: 649,
                failed: 1
            })
        );
    }

    #[test]
    fn silence_is_not_success() {
        assert_eq!(tally(&["error: could not compile"]), None);
    }
}
