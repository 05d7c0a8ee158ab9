//! How far to trust a judgement: agreement of two judges.
//!
//! Owns: one formula. Must not know: what was judged.

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
