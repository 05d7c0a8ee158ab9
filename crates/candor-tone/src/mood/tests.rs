use super::*;

fn turn(sentiment: f64, text: &str) -> Turn {
    Turn {
        sentiment,
        substantive: !is_courtesy(text),
    }
}

#[test]
fn a_closing_thanks_does_not_count() {
    let mood = mood(&[
        turn(-0.6, "It still leaks."),
        turn(0.1, "The new seal arrived."),
        turn(0.44, "thanks!"),
    ]);
    let outcome = mood.outcome.unwrap();
    assert!((outcome - 0.7).abs() < 1e-9, "{outcome}");
    assert!(!left_more_upset(&mood, None));
    assert_eq!(mood.trend, Trend::Rising);
}

#[test]
fn who_came_well_and_left_badly_is_listed() {
    let mood = mood(&[
        turn(0.2, "Where is my order?"),
        turn(-0.5, "That is no answer."),
    ]);
    assert!(left_more_upset(&mood, None));
    assert_eq!(
        (mood.level, mood.trend),
        (MoodLevel::Negative, Trend::Falling)
    );
}

#[test]
fn exactly_the_threshold_counts_and_a_bit_less_does_not() {
    let fell = |to: f64| left_more_upset(&mood(&[turn(0.1, "a b c"), turn(to, "d e f")]), None);
    assert!(fell(-0.1));
    assert!(!fell(-0.09));
}

#[test]
fn who_came_with_praise_and_ends_soberly_is_not_upset() {
    let fell = |to: f64| left_more_upset(&mood(&[turn(0.7, "a b c"), turn(to, "d e f")]), None);
    assert!(!fell(0.0) && !fell(0.2));
    assert!(fell(-0.05));
}

#[test]
fn a_bad_rating_needs_no_second_turn() {
    let once = mood(&[turn(0.3, "Where is my order?")]);
    assert_eq!(once.outcome, None);
    assert!(left_more_upset(&once, Some(2)));
    assert!(!left_more_upset(&once, Some(3)));
    assert!(!left_more_upset(&once, None));
}

#[test]
fn the_line_is_smoothed() {
    let mood = mood(&[
        turn(-0.8, "x y"),
        turn(0.0, "y z"),
        turn(0.4, "ok"),
        turn(0.8, "z a"),
    ]);
    assert_eq!(mood.line, [-0.8, -0.4, -0.4, 0.2]);
}

#[test]
fn no_turn_at_all_and_no_number_are_neutral() {
    assert_eq!(mood(&[]).level, MoodLevel::Neutral);
    assert_eq!(mood(&[turn(f64::NAN, "hm what")]).level, MoodLevel::Neutral);
}

#[test]
fn courtesies() {
    for text in [
        "thanks!",
        "Ok, thank you very much :)",
        "Vielen Dank!",
        "👍",
        "",
        "Alles klar, danke",
    ] {
        assert!(is_courtesy(text), "{text}");
    }
    for text in [
        "thanks, but it still leaks",
        "ok?",
        "no",
        "danke für nichts",
        "great, when?",
    ] {
        assert!(!is_courtesy(text), "{text}");
    }
}

#[test]
fn what_is_said_outright_corrects_a_word_list() {
    let read = |text: &str| with_cues(0.5, &crate::cue::read(text));
    assert!(read("Great, this is a disgrace and I am furious") < -0.2);
    assert!(read("Thank you so much for the quick help") > 0.5);
    assert!((read("The hopper holds 200 g") - 0.5).abs() < 1e-9);
}

#[test]
fn agreement_of_two_judges() {
    let kappa = cohens_kappa([20, 5, 10, 15]).unwrap();
    assert!((kappa - 0.40).abs() < 1e-9, "{kappa}");
    assert_eq!(cohens_kappa([0, 0, 0, 0]), None);
    assert_eq!(cohens_kappa([7, 0, 0, 0]), None);
}

#[test]
fn a_bad_mood_is_believed_as_far_as_words_support_it() {
    let of = |text: &str| supported(-0.5, &crate::cue::read(text));
    let question = of("Which filter papers fit this dripper?");
    let sober = of("One of the two cups is broken.");
    let angry = of("This is outrageous, I am furious.");
    assert!(question.abs() < 1e-9, "{question}");
    assert!((sober + 0.15).abs() < 1e-9, "{sober}");
    assert!((angry + 0.5).abs() < 1e-9, "{angry}");
    let praise = supported(0.5, &crate::cue::read("Lovely beans."));
    assert!((praise - 0.5).abs() < 1e-9, "{praise}");
}
