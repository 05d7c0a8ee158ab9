//! Texts that nobody writes in good faith are read like any other: something sensible, soon.
//!
//! No clock is asked. What bounds the time is that only the start and the end of a text are read,
//! and that no feature set grows beyond what that much text can give.

use candor_tone::features::{excerpt, extract};
use candor_tone::read::{Label, read};
use proptest::prelude::*;

fn is_sound(text: &str) {
    let reading = read(text);
    assert!((-1.0..=1.0).contains(&reading.sentiment), "{reading:?}");
    let strengths = [
        reading.polite,
        reading.sarcastic,
        reading.urgent,
        reading.complaint,
        reading.offensive,
        reading.formal,
        reading.angry,
    ];
    for strength in reading.emotions.0.into_iter().chain(strengths) {
        assert!((0.0..=1.0).contains(&strength), "{reading:?}");
    }
}

#[test]
fn a_megabyte_is_read_by_its_start_and_its_end() {
    let filler = "lorem ipsum ".repeat(90_000);
    let text = format!("Thank you so much, it works now! {filler}");
    assert!(excerpt(&text).len() < 7_000);
    assert_eq!(extract(&text), extract(&excerpt(&text)));
    is_sound(&text);
}

#[test]
fn a_megabyte_without_a_space_is_one_short_word() {
    let features = extract(&"ab".repeat(500_000));
    assert!(features.grams.len() < 10, "{}", features.grams.len());
    assert!(features.chars.len() < 200, "{}", features.chars.len());
}

#[test]
fn ten_thousand_exclamation_marks_shout_no_louder_than_a_few() {
    let many = extract(&format!("Where is it{}", "!".repeat(10_000)));
    let few = extract("Where is it!!!!!!");
    assert_eq!(many.grams, few.grams);
    is_sound(&"!".repeat(10_000));
    is_sound(&"?!".repeat(500_000));
}

#[test]
fn letters_stacked_with_marks_read_as_the_letters() {
    let zalgo: String = "thank you so much, great service"
        .chars()
        .flat_map(|letter| std::iter::once(letter).chain(['\u{301}', '\u{336}', '\u{35b}']))
        .collect();
    assert_eq!(read(&zalgo).label, Label::Positive);
}

#[test]
fn other_scripts_controls_and_nothing_at_all_are_read() {
    for text in [
        "",
        " \n\t",
        "\0\0\0",
        "\u{202e}\u{202d}\u{2066}",
        "Спасибо 谢谢 شكرا धन्यवाद mixed with English",
        "\u{1f600}\u{200d}\u{1f525}\u{fe0f}",
        "'''''''''",
        "@ @ @ # # #",
    ] {
        is_sound(text);
    }
}

proptest! {
    #[test]
    fn any_text_at_all_is_read(text in "\\PC{0,300}") {
        is_sound(&text);
    }
}
