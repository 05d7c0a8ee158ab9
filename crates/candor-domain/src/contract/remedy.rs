//! What is credited when too little was kept.
//!
//! Owns: the steps and the one that applies. Must not know: what a month costs.

use serde::{Deserialize, Serialize};

/// One step: below this share, that credit. Both in hundredths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// It applies when less than this was kept.
    pub below_bp: u32,
    /// Credited of what the month costs.
    pub credit_bp: u32,
}

/// Steps of credit, the mildest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Remedy(Vec<Step>);

/// Why steps are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemedyError {
    /// A line that is no step.
    #[error("\"{0}\" is no step; write the share and the credit, such as 95: 5")]
    Line(String),
    /// A share or a credit that cannot be.
    #[error("shares lie above 0 and up to 100, credits above 0 and up to 100")]
    Range,
    /// A step that is milder than one above it.
    #[error("each further step has a lower share and a larger credit")]
    Order,
}

impl Remedy {
    /// Most steps.
    pub const MOST: usize = 10;

    /// Reads one step a line: `95: 5` credits 5 per cent when less than 95 per cent was kept.
    ///
    /// # Errors
    /// Names the line, or what is wrong with the steps together.
    pub fn read(text: &str) -> Result<Self, RemedyError> {
        let mut steps: Vec<Step> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let refuse = || RemedyError::Line(line.chars().take(40).collect());
            let (share, credit) = line.split_once(':').ok_or_else(refuse)?;
            let step = Step {
                below_bp: hundredths(share).ok_or_else(refuse)?,
                credit_bp: hundredths(credit).ok_or_else(refuse)?,
            };
            if step.below_bp == 0 || step.credit_bp == 0 || steps.len() == Self::MOST {
                return Err(RemedyError::Range);
            }
            if steps.last().is_some_and(|last| {
                last.below_bp <= step.below_bp || last.credit_bp >= step.credit_bp
            }) {
                return Err(RemedyError::Order);
            }
            steps.push(step);
        }
        Ok(Self(steps))
    }

    /// The steps, the mildest first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// As it would be typed.
    pub fn written(&self) -> String {
        let line = |step: &Step| format!("{}: {}", number(step.below_bp), number(step.credit_bp));
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The credit for so many kept of so many, in hundredths of a per cent. Nothing was missed
    /// where nothing was due.
    pub fn credit_bp(&self, kept: u64, due: u64) -> u32 {
        let missed = |step: &&Step| kept * 10_000 < u64::from(step.below_bp) * due;
        self.0.iter().rfind(missed).map_or(0, |step| step.credit_bp)
    }
}

/// Per cent with up to two decimals, `,` or `.`, as hundredths; up to 100.
fn hundredths(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    if rest.len() > 2 || !rest.bytes().all(|b| b.is_ascii_digit()) || whole.len() > 3 {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let rest: u32 = format!("{rest:0<2}").parse().ok()?;
    Some(whole * 100 + rest).filter(|value| *value <= 10_000)
}

fn number(bp: u32) -> String {
    match (bp / 100, bp % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Remedy, RemedyError};

    #[test]
    fn the_hardest_step_that_was_missed_counts() {
        let remedy = Remedy::read("95: 5\n\n90 %: 10,5\n80:25").unwrap();
        assert_eq!(remedy.written(), "95: 5\n90: 10.5\n80: 25");
        for (kept, due, credit) in [
            (95, 100, 0),
            (949, 1000, 500),
            (90, 100, 500),
            (89, 100, 1050),
            (0, 3, 2500),
            (0, 0, 0),
        ] {
            assert_eq!(remedy.credit_bp(kept, due), credit, "{kept} of {due}");
        }
        assert_eq!(Remedy::default().credit_bp(0, 9), 0);
    }

    #[test]
    fn steps_that_cannot_be_are_named() {
        let error = |text| Remedy::read(text).unwrap_err();
        assert_eq!(error("95"), RemedyError::Line("95".to_owned()));
        assert_eq!(error("95: five"), RemedyError::Line("95: five".to_owned()));
        assert_eq!(error("101: 5"), RemedyError::Line("101: 5".to_owned()));
        assert_eq!(error("95: 0"), RemedyError::Range);
        assert_eq!(error("90: 5\n95: 10"), RemedyError::Order);
        assert_eq!(error("95: 5\n90: 5"), RemedyError::Order);
    }
}
