//! Chance that can be repeated.
//!
//! Owns: a generator and the draws that a simulation needs. Must not know: what is simulated.
//!
//! The generator is xoshiro256++ 1.0 (Blackman and Vigna 2019, public domain), its state filled by
//! `SplitMix64`. Functions come from `libm`, so that a seed gives the same bits on every machine.

use core::f64::consts::TAU;

/// A seeded stream of draws.
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
    spare_normal: Option<f64>,
}

impl Random {
    /// Stream number `stream` of a seed; the streams of one seed are independent, so that a change in
    /// handle times leaves the arrivals as they were.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut mixer = seed ^ stream.wrapping_mul(0xA076_1D64_78BD_642F);
        let state = core::array::from_fn(|_| split_mix(&mut mixer));
        Self {
            state,
            spare_normal: None,
        }
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// Uniform in (0, 1): neither end, so that its logarithm is finite.
    pub fn uniform(&mut self) -> f64 {
        ((self.next_u64() >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// Standard normal, by Box and Muller's pairs.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare_normal.take() {
            return spare;
        }
        let radius = libm::sqrt(2.0 * self.exponential());
        let (sine, cosine) = libm::sincos(TAU * self.uniform());
        self.spare_normal = Some(radius * sine);
        radius * cosine
    }

    /// Lognormal with this mean and coefficient of variation.
    pub fn lognormal(&mut self, mean: f64, variation: f64) -> f64 {
        let variance = libm::log1p(variation * variation);
        mean * libm::exp(libm::sqrt(variance) * self.normal() - variance / 2.0)
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        // state 1, 2, 3, 4; values of the reference implementation in C
        let mut random = Random {
            state: [1, 2, 3, 4],
            spare_normal: None,
        };
        let drawn: Vec<u64> = (0..4).map(|_| random.next_u64()).collect();
        assert_eq!(
            drawn,
            [
                41_943_041,
                58_720_359,
                3_588_806_011_781_223,
                3_591_011_842_654_386
            ]
        );
        // `SplitMix64` from 1234567
        assert_eq!(split_mix(&mut 1_234_567), 6_457_827_717_110_365_317);
    }

    #[test]
    fn draws_have_the_moments_they_promise() {
        let mut random = Random::new(7, 1);
        let n = 400_000;
        let moments = |draw: &mut dyn FnMut() -> f64| {
            let (mut sum, mut squares) = (0.0, 0.0);
            for _ in 0..n {
                let value = draw();
                sum += value;
                squares += value * value;
            }
            let mean = sum / f64::from(n);
            (mean, (squares / f64::from(n) - mean * mean).sqrt())
        };
        let (mean, deviation) = moments(&mut || random.exponential());
        assert!((mean - 1.0).abs() < 0.006 && (deviation - 1.0).abs() < 0.01);
        let (mean, deviation) = moments(&mut || random.normal());
        assert!(mean.abs() < 0.006 && (deviation - 1.0).abs() < 0.006);
        let (mean, deviation) = moments(&mut || random.lognormal(12.0, 0.9));
        assert!((mean - 12.0).abs() < 0.07 && (deviation / 12.0 - 0.9).abs() < 0.02);
    }

    #[test]
    fn streams_of_one_seed_differ() {
        assert_ne!(Random::new(7, 1).next_u64(), Random::new(7, 2).next_u64());
        assert_eq!(Random::new(7, 1).next_u64(), Random::new(7, 1).next_u64());
    }
}
