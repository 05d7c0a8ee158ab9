//! Exponentials that give the same bits on every machine.
//!
//! Owns: exp, sigmoid, softmax from additions, multiplications and divisions only, which IEEE 754
//! fixes; a platform's own `exp` is not fixed. Must not know: the model.

/// e to the power of x, within two units in the last place for -80..80; clamped outside.
pub fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-80.0, 80.0));
    // e^x = 2^k * e^r with |r| <= ln(2) / 2, and a Taylor series for e^r.
    let k = (x * std::f64::consts::LOG2_E).round();
    let r = x - k * std::f64::consts::LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..=9 {
        term *= r / f64::from(n);
        sum += term;
    }
    let power = f64::from_bits(((1023 + k as i64) as u64) << 52);
    (sum * power) as f32
}

/// 1 / (1 + e^-x).
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Shares of three that sum to one.
pub fn softmax3(logits: [f32; 3]) -> [f32; 3] {
    let highest = logits.into_iter().fold(f32::MIN, f32::max);
    let powers = logits.map(|logit| exp(logit - highest));
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_exponential_agrees_with_the_platform() {
        for step in -800_i16..=800 {
            let x = f32::from(step) / 10.0;
            let (ours, theirs) = (exp(x), x.exp());
            assert!(
                (ours / theirs - 1.0).abs() < 4.0 * f32::EPSILON,
                "{x}: {ours} {theirs}"
            );
        }
    }

    #[test]
    fn shares_sum_to_one_however_far_apart() {
        let shares = softmax3([200.0, -200.0, 199.0]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(shares[0] > 0.7 && shares[1] < 1e-6);
    }
}
