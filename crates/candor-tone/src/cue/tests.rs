use super::*;

fn kinds(text: &str) -> Vec<CueKind> {
    let mut kinds: Vec<CueKind> = read(text).cues.iter().map(|cue| cue.kind).collect();
    kinds.sort();
    kinds
}

#[test]
fn a_message_gives_its_cues_with_the_words_that_say_them() {
    let text = "This is the third time I write. If it is not fixed by tomorrow I will cancel my subscription.";
    let reading = read(text);
    assert!(reading.has(CueKind::Frustration) && reading.has(CueKind::ChurnThreat));
    let churn = reading
        .cues
        .iter()
        .find(|cue| cue.kind == CueKind::ChurnThreat);
    let spans: Vec<&str> = churn
        .unwrap()
        .evidence
        .iter()
        .map(|evidence| &text[evidence.span.clone()])
        .collect();
    assert!(spans.contains(&"will cancel"), "{spans:?}");
}

#[test]
fn what_is_denied_is_no_cue() {
    for text in [
        "It is not urgent, whenever you have time.",
        "I'm not angry, just curious how the filter works.",
        "I don't want to cancel my subscription, only to change the grind.",
        "We have no complaints at all.",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn somebody_elses_words_are_no_cue() {
    let text = "Thanks for the quick help with the grinder.\n\nOn Tue, Ben wrote:\n> I am furious, this is urgent\n";
    assert_eq!(kinds(text), [CueKind::Gratitude]);
}

#[test]
fn a_closing_thanks_is_no_gratitude() {
    assert_eq!(
        kinds("How long do the beans keep once opened? Thanks, Tom"),
        []
    );
}

#[test]
fn german_is_read_with_german_rules() {
    let reading = read("Ich warte seit drei Wochen auf mein Paket, das ist eine Frechheit!");
    assert_eq!(reading.language, Language::German);
    assert!(reading.has(CueKind::Anger) && reading.has(CueKind::Frustration));
}

#[test]
fn another_language_is_not_read() {
    let reading = read("Je suis furieux, je n'ai pas reçu ma commande et c'est urgent");
    assert_eq!((reading.language, reading.cues.len()), (Language::Other, 0));
}

#[test]
fn a_rule_of_ones_own_replaces_ours_and_a_wrong_one_is_named() {
    let file = |phrase: &str, kind: &str| {
        format!(
            "[[rule]]\nid = \"own\"\nkind = \"{kind}\"\nconfidence = 0.9\nwhy = \"Ours.\"\nphrases = [\"{phrase}\"]"
        )
    };
    let rules = CueRules::parse(&file("purple alert", "urgency"), GERMAN).unwrap();
    assert!(
        rules
            .read("This is a purple alert for you")
            .has(CueKind::Urgency)
    );
    let wrong = CueRules::parse(&file("my @nothing", "urgency"), GERMAN).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "rule \"own\", phrase \"my @nothing\": there is no list \"nothing\""
    );
    let unknown = CueRules::parse(&file("purple", "envy"), GERMAN).unwrap_err();
    assert!(
        unknown
            .to_string()
            .contains("there is no kind \"envy\"; the kinds are anger")
    );
}

#[test]
fn hostile_text_is_read() {
    for text in [
        "!".repeat(10_000),
        "a".repeat(1 << 20),
        "cancel my ".repeat(100_000),
        "not ".repeat(200_000),
        "e\u{301}\u{302}\u{303}".repeat(100_000),
        "\"".repeat(100_000),
        ">".repeat(100_000),
        "\u{202e}مرحبا hello привет ".repeat(20_000),
        String::new(),
        "\0".repeat(1000),
    ] {
        let reading = read(&text);
        assert!(reading.cues.iter().all(|cue| cue.confidence <= 1.0));
        assert!(
            reading
                .cues
                .iter()
                .all(|cue| cue.evidence.len() <= MOST_EVIDENCE)
        );
    }
}

#[test]
fn the_rules_that_are_built_in_are_read() {
    let (english, german) = CueRules::files();
    CueRules::parse(english, german).unwrap();
}
