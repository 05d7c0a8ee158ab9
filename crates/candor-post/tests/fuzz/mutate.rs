//! Input bent by chance, the same each time.
//!
//! Owns: the chance, what it does to a sample, how long a run is, keeping what broke a reader. Must
//! not know: who reads the input. The compiler of this project builds no coverage-guided fuzzer, so
//! chance leads, with the words and the nesting of each language at hand.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// No sample larger than this is bent: large ones only make it slow.
const LARGEST: usize = 30_000;
/// What is shown to a reader is cut here.
const LONGEST: usize = 60_000;
/// Processor time that a reader may take for one input. Tests are built without optimisation, which
/// costs a factor of ten; the goal for the release is one second.
const PATIENCE: Duration = Duration::from_secs(5);
/// Runs for so many seconds instead of the fixed number of cases.
const SECONDS: &str = "CANDOR_TEST_FUZZ_SECONDS";
/// Draws other cases.
const SEED: &str = "CANDOR_TEST_FUZZ_SEED";

/// What is shown to a reader.
pub(crate) struct Target {
    /// How a find is named.
    pub(crate) name: &'static str,
    /// Where chance begins; no two targets share one.
    pub(crate) seed: u64,
    /// Cases in the gate.
    pub(crate) cases: u64,
    /// Shown as they are, then bent.
    pub(crate) corpus: Vec<Vec<u8>>,
    /// Words at which the reader turns one way or another.
    pub(crate) words: &'static [&'static [u8]],
    /// What opens and what closes.
    pub(crate) nests: &'static [(&'static [u8], &'static [u8])],
}

/// A repeatable chance (Marsaglia's xorshift).
pub(crate) struct Chance(u64);

impl Chance {
    /// A number from 0, below `most`.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }

    /// One of them.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// All files of a folder, in an order that does not change.
pub(crate) fn samples(folder: &Path) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .filter(|bytes| bytes.len() <= LARGEST)
        .collect();
    found.sort();
    found
}

impl Target {
    /// Shows the corpus to a reader, then what chance makes of it. The reader panics when a law
    /// does not hold.
    #[allow(clippy::print_stdout, reason = "told where somebody asks for it")]
    pub(crate) fn show(&self, mut reader: impl FnMut(&[u8])) {
        for sample in &self.corpus {
            self.show_one(sample, &mut reader);
        }
        let number = |name| std::env::var(name).ok()?.parse::<u64>().ok();
        let until = number(SECONDS).map(|seconds| Instant::now() + Duration::from_secs(seconds));
        let mut chance = Chance(self.seed ^ number(SEED).unwrap_or_default());
        let mut shown = 0;
        while until.map_or(shown < self.cases, |until| Instant::now() < until) {
            let bent = self.bent(&mut chance);
            self.show_one(&bent, &mut reader);
            shown += 1;
        }
        println!(
            "{}: {shown} cases and {} samples",
            self.name,
            self.corpus.len()
        );
    }

    fn show_one(&self, input: &[u8], reader: &mut impl FnMut(&[u8])) {
        let before = processor_time();
        let outcome = catch_unwind(AssertUnwindSafe(|| reader(input)));
        let taken = processor_time()
            .zip(before)
            .map(|(after, before)| after.saturating_sub(before));
        let slow = taken.is_some_and(|taken| taken > PATIENCE);
        if outcome.is_err() || slow {
            let place = std::env::temp_dir().join(format!("candor-fuzz-{}", self.name));
            std::fs::write(&place, input).unwrap();
            panic!(
                "{} breaks on {} bytes, kept as {} (processor time {taken:?})",
                self.name,
                input.len(),
                place.display()
            );
        }
    }

    /// A sample with a few things done to it.
    fn bent(&self, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = chance.of(&self.corpus).clone();
        for _ in 0..=chance.below(6) {
            let at = chance.below(bytes.len() + 1);
            let end = at + chance.below((bytes.len() - at).min(200) + 1);
            self.bend(&mut bytes, at, end, chance);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn bend(&self, bytes: &mut Vec<u8>, at: usize, end: usize, chance: &mut Chance) {
        match chance.below(9) {
            0 => drop(bytes.drain(at..end)),
            1 | 2 => {
                let word = *chance.of(self.words);
                let often = if chance.below(3) > 0 {
                    1
                } else {
                    1 << chance.below(9)
                };
                bytes.splice(at..at, word.repeat(often));
            }
            3 => {
                let other = chance.of(&self.corpus);
                let from = chance.below(other.len() + 1);
                let to = from + chance.below((other.len() - from).min(2_000) + 1);
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            4 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again.repeat(1 + chance.below(20)));
            }
            5 => bytes.truncate(at),
            6 => bytes[at..end].iter_mut().for_each(|byte| *byte ^= 0x80),
            7 => {
                let (open, close) = *chance.of(self.nests);
                let often = 1 << chance.below(9);
                let inner = bytes[at..end].to_vec();
                let nested = [
                    open.repeat(often),
                    inner,
                    close.repeat(chance.below(often + 1)),
                ];
                bytes.splice(at..end, nested.concat());
            }
            _ => {
                let length = u32::try_from(bytes.len()).unwrap();
                let number = *chance.of(&[0, 1, 0x7f, 0xff, length, 0x7fff_ffff, u32::MAX]);
                let there = bytes.len().min(at + 4);
                bytes.splice(at..there, number.to_le_bytes());
            }
        }
    }
}

/// What this thread has had of the processor, where the system tells: a machine that is busy with
/// other things makes no reader slow.
fn processor_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
