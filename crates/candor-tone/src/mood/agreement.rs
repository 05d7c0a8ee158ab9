//! How far to trust a judgement: agreement of two judges, and the interval of a rate.
//!
//! Owns: two formulas. Must not know: what was judged.

/// Cohen's kappa of two judges over yes and no: (po - pe) / (1 - pe).
///
/// `counts` are: both yes, only the first, only the second, both no. Nothing when there is nothing
/// to compare, or when both always say the same, which leaves no room for agreement beyond chance.
/// Source: Cohen 1960, Educational and Psychological Measurement 20(1).
pub fn cohens_kappa(counts: [u64; 4]) -> Option<f64> {
    let [both, first, second, neither] = counts.map(|count| count as f64);
    let all = both + first + second + neither;
    if all == 0.0 {
        return None;
    }
    let observed = (both + neither) / all;
    let yes = (both + first) / all * ((both + second) / all);
    let no = (second + neither) / all * ((first + neither) / all);
    let expected = yes + no;
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Where a rate lies with 95 % confidence, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The Wilson score interval of `hits` in `all`, z = 1.96. The whole range when nothing was counted.
///
/// Source: Wilson 1927, Journal of the American Statistical Association 22(158).
pub fn wilson_interval(hits: u64, all: u64) -> Interval {
    if all == 0 {
        return Interval {
            low: 0.0,
            high: 1.0,
        };
    }
    let (n, z) = (all as f64, 1.96_f64);
    let rate = hits.min(all) as f64 / n;
    let scale = 1.0 + z * z / n;
    let centre = (rate + z * z / (2.0 * n)) / scale;
    let half = z / scale * (rate * (1.0 - rate) / n + z * z / (4.0 * n * n)).sqrt();
    Interval {
        low: (centre - half).max(0.0),
        high: (centre + half).min(1.0),
    }
}
