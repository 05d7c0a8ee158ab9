use super::rewrite;
use crate::check::{CheckKind, Context, MessageKind, check};
use crate::mood::MoodLevel;
use crate::voice::{HousePhrase, VoiceProfile};

fn better(text: &str, kind: CheckKind) -> Option<String> {
    let context = Context {
        mood: MoodLevel::Irate,
        kind: MessageKind::Complaint,
        customer: vec!["Where are my two bags? I am furious.".to_owned()],
        ..Context::default()
    };
    let voice = VoiceProfile {
        phrases: vec![HousePhrase {
            avoid: "parcel unit".to_owned(),
            prefer: "box".to_owned(),
        }],
        ..VoiceProfile::smart_casual()
    };
    let checked = check(text, &context, &voice);
    let finding = checked.findings.iter().find(|found| found.check == kind);
    let finding = finding.unwrap_or_else(|| panic!("{kind:?} is not found in {text}"));
    rewrite(text, finding, &checked, &context, &voice).map(|rewrite| rewrite.applied(text))
}

#[test]
fn a_joke_gives_way_to_a_plain_word_of_regret() {
    assert_eq!(
        better(
            "Hello Amira,\n\nyour bags took a holiday without you, haha! A new box leaves today.\n\nBest, Ben",
            CheckKind::Joke
        )
        .unwrap(),
        "Hello Amira,\n\nI am sorry that this happened. A new box leaves today.\n\nBest, Ben"
    );
}

#[test]
fn a_joke_beside_an_apology_just_goes() {
    assert_eq!(
        better(
            "Hello Amira,\n\nI am sorry for the missing bags. They took a holiday without you, haha! A new box leaves today.",
            CheckKind::Joke
        )
        .unwrap(),
        "Hello Amira,\n\nI am sorry for the missing bags. A new box leaves today."
    );
}

#[test]
fn a_clause_of_blame_goes_and_the_matter_stays() {
    assert_eq!(
        better(
            "Hello Amira,\n\nas you should have read in our terms, both ways are free for you.",
            CheckKind::Blame
        )
        .unwrap(),
        "Hello Amira,\n\nBoth ways are free for you."
    );
}

#[test]
fn blame_that_is_the_whole_sentence_is_left_to_its_writer() {
    assert_eq!(
        better(
            "Hello Amira, you gave us the wrong address.",
            CheckKind::Blame
        ),
        None
    );
}

#[test]
fn a_phrase_of_the_house_is_exchanged_and_shouting_calmed() {
    assert_eq!(
        better(
            "Hello Amira, the parcel unit leaves today.",
            CheckKind::OffVoice
        )
        .unwrap(),
        "Hello Amira, the box leaves today."
    );
    assert_eq!(
        better(
            "Hello Amira. The box leaves today!! Best, Ben",
            CheckKind::OffMood
        )
        .unwrap(),
        "Hello Amira. The box leaves today. Best, Ben"
    );
}

#[test]
fn a_ready_made_apology_goes_where_another_names_the_matter() {
    assert_eq!(
        better(
            "Hello Amira,\n\nI am sorry that two bags were missing. We apologise for any inconvenience. Both bags leave today.\n\nBest, Ben",
            CheckKind::EmptyApology
        )
        .unwrap(),
        "Hello Amira,\n\nI am sorry that two bags were missing. Both bags leave today.\n\nBest, Ben"
    );
    assert_eq!(
        better(
            "Hello Amira,\n\nWe apologise for any inconvenience. Both bags leave today.\n\nBest, Ben",
            CheckKind::EmptyApology
        ),
        None,
        "only its writer can say what it is for"
    );
}

#[test]
fn an_apology_moves_before_the_explanation() {
    assert_eq!(
        better(
            "Hello Amira,\n\nThe courier lost the bags because of the storm. I am sorry for the missing bags. Two new ones leave today.\n\nBest, Ben",
            CheckKind::LateApology
        )
        .unwrap(),
        "Hello Amira,\n\nI am sorry for the missing bags. The courier lost the bags because of the storm. Two new ones leave today.\n\nBest, Ben"
    );
}

#[test]
fn a_word_of_the_house_gives_way_to_an_everyday_one() {
    assert_eq!(
        better(
            "Hello Amira, I am sorry about the bags. The root cause is known and a new box leaves today. Best, Ben",
            CheckKind::Jargon
        )
        .unwrap(),
        "Hello Amira, I am sorry about the bags. The cause is known and a new box leaves today. Best, Ben"
    );
}

#[test]
fn flattery_that_says_nothing_else_goes() {
    assert_eq!(
        better(
            "Hello Amira,\n\nI am sorry for the missing bags. You are the most wonderful customer and we adore you. They leave today.\n\nBest, Ben",
            CheckKind::Pandering
        )
        .unwrap(),
        "Hello Amira,\n\nI am sorry for the missing bags. They leave today.\n\nBest, Ben"
    );
}

/// Greeting and closing of a draft in a voice, as one click makes them.
fn framed(text: &str, kind: CheckKind, voice: VoiceProfile) -> Option<String> {
    let voice = VoiceProfile {
        greets: true,
        closes: true,
        ..voice
    };
    let context = Context {
        first_name: Some("Amira".to_owned()),
        last_name: Some("Haddad".to_owned()),
        ..Context::default()
    };
    let checked = check(text, &context, &voice);
    let finding = checked.findings.iter().find(|found| found.check == kind)?;
    rewrite(text, finding, &checked, &context, &voice).map(|rewrite| rewrite.applied(text))
}

#[test]
fn greeting_and_closing_come_in_the_voice_of_the_house_and_guess_nobody() {
    let office = VoiceProfile::office_professional;
    let casual = VoiceProfile::fun;
    for (text, kind, voice, wanted) in [
        (
            "Your box leaves today.\n\nKind regards\nBen",
            CheckKind::Greeting,
            office(),
            "Dear Amira Haddad,\n\nYour box leaves today.\n\nKind regards\nBen",
        ),
        (
            "Die Kiste geht heute auf die Reise.\n\nMit freundlichen Grüßen\nBen",
            CheckKind::Greeting,
            office(),
            "Guten Tag Amira Haddad,\n\nDie Kiste geht heute auf die Reise.\n\nMit freundlichen Grüßen\nBen",
        ),
        (
            "Hey Amira,\n\nyour box leaves today.\n\nKind regards\nBen",
            CheckKind::Greeting,
            office(),
            "Dear Amira,\n\nyour box leaves today.\n\nKind regards\nBen",
        ),
        (
            "Hello Amira,\n\nyour box leaves today.",
            CheckKind::Closing,
            VoiceProfile::smart_casual(),
            "Hello Amira,\n\nyour box leaves today.\n\nBest regards",
        ),
        (
            "Hallo Amira,\n\ndie Kiste ist heute unterwegs.\n\nMit freundlichen Grüßen\nBen",
            CheckKind::Closing,
            casual(),
            "Hallo Amira,\n\ndie Kiste ist heute unterwegs.\n\nLiebe Grüße\nBen",
        ),
        (
            "Dear Amira,\n\nyour box leaves today.\n\nCheers, Ben",
            CheckKind::Closing,
            office(),
            "Dear Amira,\n\nyour box leaves today.\n\nKind regards, Ben",
        ),
    ] {
        assert_eq!(framed(text, kind, voice).as_deref(), Some(wanted));
    }
}

#[test]
fn what_would_make_it_worse_is_not_offered() {
    // Without the flattery nothing would say what happens next.
    assert_eq!(
        better(
            "Hello Amira, I am sorry for the missing bags from your order. You are our most wonderful customer and I send you the bags. Best, Ben",
            CheckKind::Pandering
        ),
        None
    );
}
