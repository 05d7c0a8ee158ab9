//! The weights while they are learned.
//!
//! Owns: the forward and the backward pass and the step of each weight (`AdaGrad`, Duchi, Hazan and
//! Singer 2011). Must not know: where examples come from, the file format.

use candor_tone::features::DENSE;
use candor_tone::model::{HEADS, HIDDEN, HIDDEN_INPUTS, Head, SENTIMENT, WIDTH, sigmoid, softmax3};

use super::example::Example;
use super::random::Random;

/// A row of weights with the sums of their squared gradients.
#[derive(Clone)]
pub(super) struct Row<const N: usize> {
    pub(super) weights: [f32; N],
    squares: [f32; N],
}

impl<const N: usize> Row<N> {
    fn new(start: impl FnMut(usize) -> f32) -> Self {
        Self {
            weights: std::array::from_fn(start),
            squares: [1e-6; N],
        }
    }

    /// A row of zeros that moves little until it has been seen often.
    fn cautious(square: f32) -> Self {
        Self {
            weights: [0.0; N],
            squares: [square; N],
        }
    }

    fn add_to(&self, sums: &mut [f32; N], value: f32) {
        for (sum, weight) in sums.iter_mut().zip(&self.weights) {
            *sum += weight * value;
        }
    }

    fn dot(&self, other: &[f32; N]) -> f32 {
        self.weights
            .iter()
            .zip(other)
            .map(|(weight, value)| weight * value)
            .sum()
    }

    fn step(&mut self, gradient: &[f32; N], value: f32, rate: f32) {
        for ((weight, square), gradient) in
            self.weights.iter_mut().zip(&mut self.squares).zip(gradient)
        {
            let slope = gradient * value;
            *square += slope * slope;
            *weight -= rate * slope / square.sqrt();
        }
    }
}

/// Squared gradients that a wide row starts with: about what a feature gathers in thirty texts, so
/// that rare features stay small.
const CAUTION: f32 = 0.1;

/// How fast weights move.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    pub(super) wide: f32,
    pub(super) deep: f32,
    /// Share of features left out at each step, so that no single one is relied upon.
    pub(super) dropped: f32,
}

pub(super) struct Network {
    pub(super) wide: Vec<Row<HEADS>>,
    pub(super) words: Vec<Row<WIDTH>>,
    pub(super) dense: Vec<Row<HEADS>>,
    pub(super) hidden: Vec<Row<HIDDEN>>,
    pub(super) hidden_bias: Row<HIDDEN>,
    pub(super) output: Vec<Row<HEADS>>,
    pub(super) bias: Row<HEADS>,
}

/// What the forward pass leaves for the backward pass.
struct Pass {
    vector: [f32; WIDTH],
    hidden: [f32; HIDDEN],
    gradient: [f32; HEADS],
}

impl Network {
    pub(super) fn new(wide: usize, words: usize, random: &mut Random) -> Self {
        let small = |size: f32| move |random: &mut Random| random.around_zero() * size;
        let (input, output) = (small(0.12), small(0.1));
        Self {
            wide: vec![Row::cautious(CAUTION); wide],
            words: (0..words)
                .map(|_| Row::new(|_| random.around_zero() * 0.1))
                .collect(),
            dense: vec![Row::new(|_| 0.0); DENSE],
            hidden: (0..HIDDEN_INPUTS)
                .map(|_| Row::new(|_| input(random)))
                .collect(),
            hidden_bias: Row::new(|_| 0.0),
            output: (0..HIDDEN).map(|_| Row::new(|_| output(random))).collect(),
            bias: Row::new(|_| 0.0),
        }
    }

    /// Learns from one example, of which some features are left out at random.
    pub(super) fn learn(&mut self, example: &Example, pace: Pace, random: &mut Random) {
        let example = example.thinned(pace.dropped, random);
        let pass = self.forward(&example);
        self.backward(&example, &pass, pace);
    }

    fn forward(&self, example: &Example) -> Pass {
        let mut logits = self.bias.weights;
        for bag in [&example.grams, &example.chars] {
            for bucket in &bag.buckets {
                self.wide[*bucket as usize].add_to(&mut logits, bag.value);
            }
        }
        let mut vector = [0.0; WIDTH];
        for bucket in &example.words.buckets {
            self.words[*bucket as usize].add_to(&mut vector, example.words.value);
        }
        let mut hidden = self.hidden_bias.weights;
        for (row, value) in self.hidden.iter().zip(vector.iter().chain(&example.dense)) {
            row.add_to(&mut hidden, *value);
        }
        let hidden = hidden.map(|value| value.max(0.0));
        for (row, value) in self.dense.iter().zip(example.dense) {
            row.add_to(&mut logits, value);
        }
        for (row, value) in self.output.iter().zip(hidden) {
            row.add_to(&mut logits, value);
        }
        Pass {
            vector,
            hidden,
            gradient: gradient(&logits, example),
        }
    }

    fn backward(&mut self, example: &Example, pass: &Pass, pace: Pace) {
        let gradient = &pass.gradient;
        for (bag, gradient) in [
            (&example.grams, gradient),
            (&example.chars, &without_spelling(gradient)),
        ] {
            for bucket in &bag.buckets {
                self.wide[*bucket as usize].step(gradient, bag.value, pace.wide);
            }
        }
        let mut back = [0.0; HIDDEN];
        for (at, row) in self.output.iter_mut().enumerate() {
            if pass.hidden[at] > 0.0 {
                back[at] = row.dot(gradient);
                row.step(gradient, pass.hidden[at], pace.deep);
            }
        }
        for (row, value) in self.dense.iter_mut().zip(example.dense) {
            row.step(gradient, value, pace.deep);
        }
        let mut below = [0.0; WIDTH];
        for (at, row) in self.hidden.iter_mut().enumerate() {
            if at < WIDTH {
                below[at] = row.dot(&back);
                row.step(&back, pass.vector[at], pace.deep);
            } else {
                row.step(&back, example.dense[at - WIDTH], pace.deep);
            }
        }
        for bucket in &example.words.buckets {
            self.words[*bucket as usize].step(&below, example.words.value, pace.deep);
        }
        self.hidden_bias.step(&back, 1.0, pace.deep);
        self.bias.step(gradient, 1.0, pace.deep);
    }
}

/// Spelling says nothing of politeness; learned from it, names of libraries become rude.
fn without_spelling(gradient: &[f32; HEADS]) -> [f32; HEADS] {
    let mut gradient = *gradient;
    for head in [Head::PoliteEditor, Head::PoliteForum] {
        gradient[head.index()] = 0.0;
    }
    gradient
}

/// Of cross entropy: the prediction minus the target, zero where nothing is taught.
fn gradient(logits: &[f32; HEADS], example: &Example) -> [f32; HEADS] {
    let mut gradient = [0.0; HEADS];
    for head in 0..HEADS {
        if let Some(target) = example.targets[head] {
            gradient[head] = (sigmoid(logits[head]) - target) * example.weight;
        }
    }
    let three = SENTIMENT..SENTIMENT + 3;
    if example.targets[SENTIMENT].is_some() {
        let shares = softmax3([
            logits[SENTIMENT],
            logits[SENTIMENT + 1],
            logits[SENTIMENT + 2],
        ]);
        for (head, share) in three.zip(shares) {
            gradient[head] = (share - example.targets[head].unwrap_or(0.0)) * example.weight;
        }
    }
    gradient
}
