//! "Left more upset" on thirty conversations that were judged by hand.
//!
//! Owns: recall and precision of that verdict. Must not know: how a turn is read.

use candor_tone::mood::{Turn, left_more_upset, mood};
use candor_tone::{cue, vader};
use serde_json::Value;

const DIALOGUES: &str = include_str!("../../../data/tone/dialogue/en.jsonl");

/// The verdict by VADER's sentiment and the cues, which need no trained model.
fn is_worse_off(dialogue: &Value) -> bool {
    let turns: Vec<Turn> = dialogue["turns"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|text| Turn::read(text, vader::score(text).compound, &cue::read(text)))
        .collect();
    left_more_upset(&mood(&turns), None)
}

#[test]
fn most_who_left_worse_off_are_found_and_few_others() {
    let (mut right, mut wrong, mut missed) = (0, 0, Vec::new());
    let mut count = 0;
    for line in DIALOGUES.lines() {
        let dialogue: Value = serde_json::from_str(line).unwrap();
        let judged = dialogue["worse_off"].as_bool().unwrap();
        count += 1;
        match (is_worse_off(&dialogue), judged) {
            (true, true) => right += 1,
            (true, false) => wrong += 1,
            (false, true) => missed.push(dialogue["turns"].to_string()),
            (false, false) => {}
        }
    }
    println!("right {right}, wrong {wrong}, missed {missed:?}");
    assert_eq!(count, 30);
    assert!(right * 5 >= (right + missed.len()) * 4, "missed {missed:?}");
    assert!(wrong * 4 <= right, "{wrong} were listed that should not be");
}
