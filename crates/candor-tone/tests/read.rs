//! What the embedded model says of messages that a shop sees every day.

use candor_tone::lines::Reader;
use candor_tone::model::{FormatError, Model, embedded};
use candor_tone::read::{Label, explain, read};

#[test]
fn an_unhappy_customer_is_heard_and_a_happy_one_too() {
    for (text, label) in [
        (
            "My grinder arrived broken and nobody answers my mails.",
            Label::Negative,
        ),
        (
            "This is the third time the parcel did not come. Unacceptable!",
            Label::Negative,
        ),
        (
            "You charged me twice and the refund never came.",
            Label::Negative,
        ),
        (
            "Thank you so much, the new beans are wonderful!",
            Label::Positive,
        ),
        (
            "Great service as always, thanks to the whole team.",
            Label::Positive,
        ),
        ("Do you ship to Norway?", Label::Neutral),
        ("My order number is 48213.", Label::Neutral),
    ] {
        assert_eq!(read(text).label, label, "{text}");
    }
}

#[test]
fn complaint_urgency_and_anger_are_told_apart() {
    let question = read("Hi, which filter fits the small machine?");
    let complaint = read("The machine you sent leaks and I have been on hold for an hour.");
    let urgent = read("Please hurry, we open in two hours and cannot take payments.");
    assert!(complaint.complaint >= 0.5 && question.complaint < 0.5);
    assert!(urgent.urgent >= 0.5 && question.urgent < 0.5);
    let furious = read("What a joke. I have had enough, you people are a nightmare!");
    assert!(furious.angry > question.angry);
    assert!(furious.sentiment < question.sentiment - 0.3);
}

#[test]
fn an_explanation_names_the_word_that_hurts() {
    let explanation = explain(embedded(), "The staff was rude to my mother");
    assert_eq!(explanation.moved_by[0].word, "rude");
    assert!(explanation.moved_by[0].by < 0.0);
}

#[test]
fn answers_stay_in_step_with_requests_even_broken_ones() {
    let mut reader = Reader::default();
    assert!(
        reader
            .read("{\"text\": \"Thanks!\"}")
            .contains("\"label\":\"positive\"")
    );
    assert!(reader.read("not json").contains("expected {\\\"text\\\""));
    let turn = "{\"text\": \"Thanks!\", \"role\": \"user\", \"conversation\": \"a\"}";
    assert!(reader.read(turn).contains("satisfaction"));
}

#[test]
fn a_damaged_model_is_refused_by_name() {
    assert_eq!(Model::parse(b"").unwrap_err(), FormatError::NotAModel);
    let mut bytes = b"cndrtone".to_vec();
    bytes.resize(20, 0);
    bytes[8] = 99;
    assert_eq!(
        Model::parse(&bytes).unwrap_err(),
        FormatError::OtherVersion(99)
    );
    bytes[8] = 1;
    assert!(matches!(
        Model::parse(&bytes).unwrap_err(),
        FormatError::Length { found: 20, .. }
    ));
}

#[test]
fn the_model_fits_into_five_megabytes() {
    let bytes = include_bytes!("../model/tone.bin");
    assert!(bytes.len() <= 5_000_000, "{}", bytes.len());
}
