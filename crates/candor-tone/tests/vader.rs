//! VADER's published scores, and what its original says of sentences full of its quirks.

use candor_tone::vader;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vector {
    text: String,
    negative: f64,
    neutral: f64,
    positive: f64,
    compound: f64,
}

#[test]
fn the_published_sentences_have_their_published_scores() {
    for (text, compound) in [
        ("VADER is smart, handsome, and funny.", 0.8316),
        ("VADER is smart, handsome, and funny!", 0.8439),
        ("VADER is very smart, handsome, and funny.", 0.8545),
        ("VADER is VERY SMART, handsome, and FUNNY.", 0.9227),
        ("VADER is not smart, handsome, nor funny.", -0.7424),
        ("The book was good.", 0.4404),
        ("At least it isn't a horrible book.", 0.431),
    ] {
        let score = vader::score(text).compound;
        assert!((score - compound).abs() < 1e-9, "{text}: {score}");
    }
}

#[test]
fn every_sentence_scores_as_the_original_scores_it() {
    let vectors: Vec<Vector> = include_str!("vader-vectors.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(vectors.len() > 150);
    for vector in vectors {
        let ours = vader::score(&vector.text);
        let pairs = [
            (ours.negative, vector.negative),
            (ours.neutral, vector.neutral),
            (ours.positive, vector.positive),
            (ours.compound, vector.compound),
        ];
        for (ours, theirs) in pairs {
            assert!((ours - theirs).abs() < 1e-9, "{}: {pairs:?}", vector.text);
        }
    }
}

#[test]
fn an_explanation_names_the_words_that_counted() {
    let words: Vec<String> = vader::explain("The beans were great but the grinder is awful")
        .into_iter()
        .map(|weighed| weighed.word)
        .collect();
    assert_eq!(words, ["great", "awful"]);
}
