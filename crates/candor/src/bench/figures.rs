//! Figures of many measured times, and the table that tells them.
//!
//! Owns: medians and percentiles, Markdown. Must not know: what was measured.

use std::fmt;
use std::time::Duration;

/// p50, p95 and p99 of many times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    /// Half of them took at most so long.
    pub p50: Duration,
    /// 95 of 100 took at most so long.
    pub p95: Duration,
    /// 99 of 100 took at most so long.
    pub p99: Duration,
}

impl Spread {
    /// The spread of some times; zero of none.
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: f64| {
            let index = ((times.len() as f64) * share).ceil() as usize;
            times
                .get(index.saturating_sub(1))
                .copied()
                .unwrap_or_default()
        };
        Self {
            p50: at(0.50),
            p95: at(0.95),
            p99: at(0.99),
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// What was asked.
    pub name: &'static str,
    /// Over how many connections.
    pub connections: usize,
    /// How long the answers took.
    pub spread: Spread,
    /// Processor time of the measured process for one request.
    pub cpu: Duration,
    /// The same verb or query without HTTP.
    pub inside: Inside,
}

/// A verb or query in one process, and the engine's share of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inside {
    /// The verb or query with its statements and its commit.
    pub desk: Spread,
    /// Those statements and the commit alone, as the engine's driver took them.
    pub engine: Spread,
    /// How many statements there are on average, `begin` and `commit` among them.
    pub statements: f64,
}

/// Everything that was measured.
#[derive(Default)]
pub(crate) struct Table {
    lines: Vec<Line>,
    notes: Vec<String>,
}

impl Table {
    /// Empty.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a row.
    pub(crate) fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds a sentence below the table.
    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }
}

fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| request | connections | p50 ms | p95 ms | CPU ms a request \
             | desk alone p50 ms | engine alone p50 ms | statements |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|---|")?;
        for line in &self.lines {
            writeln!(
                f,
                "| {} | {} | {} | {} | {} | {} | {} | {:.1} |",
                line.name,
                line.connections,
                ms(line.spread.p50),
                ms(line.spread.p95),
                ms(line.cpu),
                ms(line.inside.desk.p50),
                ms(line.inside.engine.p50),
                line.inside.statements
            )?;
        }
        writeln!(f)?;
        for note in &self.notes {
            writeln!(f, "- {note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_names_the_middle_and_the_slow_end() {
        let spread = Spread::of((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!((spread.p50.as_millis(), spread.p95.as_millis()), (50, 95));
        assert_eq!(Spread::of(Vec::new()).p50, Duration::ZERO);
    }
}
