//! The table of sizes that a check prints.
//!
//! Owns: its columns. Must not know: where sizes come from.

use super::{Kind, LIMITS, Measurement};

/// Prints a line per kind, and how much test code stands beside the code.
pub(crate) fn print(sizes: &[Measurement], test_lines: usize) {
    println!("  what        number  median  p90   max   aim  limit  above aim  above limit");
    for (kind, name, aim, limit) in LIMITS {
        let mut found: Vec<usize> = sizes
            .iter()
            .filter(|size| size.kind == kind)
            .map(|size| size.size)
            .collect();
        found.sort_unstable();
        println!(
            "  {name:<11} {:>6}  {:>6}  {:>3}  {:>4}  {aim:>4}  {limit:>5}  {:>9}  {:>11}",
            found.len(),
            quantile(&found, 50),
            quantile(&found, 90),
            quantile(&found, 100),
            found.iter().filter(|size| **size > aim).count(),
            found.iter().filter(|size| **size > limit).count(),
        );
    }
    let code: usize = sizes
        .iter()
        .filter(|size| size.kind == Kind::File)
        .map(|size| size.size)
        .sum();
    println!(
        "  {code} lines of Rust, {test_lines} lines of tests: {:.2} a line",
        test_lines as f64 / code.max(1) as f64
    );
}

/// The value below which `percent` of the sorted values lie; 0 without values.
fn quantile(sorted: &[usize], percent: usize) -> usize {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_of_a_few_numbers() {
        let sorted = [1, 2, 3, 4, 100];
        assert_eq!(quantile(&sorted, 50), 3);
        assert_eq!(quantile(&sorted, 100), 100);
        assert_eq!(quantile(&[], 90), 0);
    }
}
