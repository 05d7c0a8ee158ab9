use super::*;
use crate::mood::MoodLevel;
use crate::voice::HousePhrase;

fn upset(customer: &str) -> Context {
    Context {
        mood: MoodLevel::Irate,
        kind: MessageKind::Complaint,
        customer: vec![customer.to_owned()],
        ..Context::default()
    }
}

fn calm(customer: &str) -> Context {
    Context {
        customer: vec![customer.to_owned()],
        ..Context::default()
    }
}

fn found(draft: &str, context: &Context) -> Vec<CheckKind> {
    check(draft, context, &VoiceProfile::smart_casual())
        .findings
        .iter()
        .map(|finding| finding.check)
        .collect()
}

const GRINDER: &str = "The grinder arrived with a cracked hopper and nobody answers. I am furious.";

#[test]
fn a_good_reply_is_left_alone() {
    let draft = "Hello Amira,\n\nI am sorry that the grinder reached you with a cracked hopper and that my colleagues left you waiting. \
        A new hopper leaves our warehouse today and will be with you on Thursday. If it is not there by then, call me and I send a whole grinder.\n\nKind regards\nBen";
    let checked = check(draft, &upset(GRINDER), &VoiceProfile::smart_casual());
    assert_eq!(checked.findings, []);
}

#[test]
fn a_joke_is_for_those_who_are_happy() {
    let draft = "Hello Amira,\n\nyour grinder took the scenic route and is now on its world tour! It will be with you on Thursday.\n\nBest, Ben";
    assert!(found(draft, &upset(GRINDER)).contains(&CheckKind::Joke));
    let delighted = Context {
        mood: MoodLevel::Positive,
        ..calm("I love my grinder! Where is the second grinder that I ordered?")
    };
    assert_eq!(found(draft, &delighted), []);
    let serious = check(draft, &delighted, &VoiceProfile::office_professional());
    assert!(serious.has(CheckKind::OffVoice) && !serious.has(CheckKind::Joke));
}

#[test]
fn a_finding_points_at_the_words_and_offers_better_ones() {
    let draft = "Hello Amira,\n\nyou should have checked the grinder at the door. I will send a new hopper on Monday.\n\nBest, Ben";
    let checked = check(draft, &upset(GRINDER), &VoiceProfile::smart_casual());
    let blame = &checked.findings[0];
    assert_eq!(blame.check, CheckKind::Blame);
    assert_eq!(&draft[blame.span.clone()], "you should have checked");
    assert!(blame.better.is_some());
}

#[test]
fn three_findings_are_shown_and_the_worst_comes_first() {
    let draft = "We apologise for any inconvenience. Unfortunately, per our policy this is not possible! You failed to read the terms. \
        Your ticket was escalated to tier 2 and we will get back to you soon.";
    let checked = check(draft, &upset(GRINDER), &VoiceProfile::smart_casual());
    let shown: Vec<CheckKind> = checked
        .shown()
        .iter()
        .map(|finding| finding.check)
        .collect();
    assert_eq!(
        shown,
        [
            CheckKind::Blame,
            CheckKind::Defensive,
            CheckKind::NoWayForward
        ]
    );
    assert!(checked.findings.len() > SHOWN);
}

#[test]
fn the_same_canned_apology_twice_in_a_thread_is_a_script() {
    let draft = "Hello Amira,\n\nwe are sorry for any inconvenience with the grinder. I will send the hopper today.\n\nBest, Ben";
    let mut context = upset(GRINDER);
    assert!(!found(draft, &context).contains(&CheckKind::Pandering));
    context.earlier =
        vec!["We are sorry for any inconvenience. Your grinder is on its way.".to_owned()];
    assert!(found(draft, &context).contains(&CheckKind::Pandering));
}

#[test]
fn a_question_is_left_open_or_answered() {
    let asked =
        calm("Thank you! Can I use the grinder for Turkish coffee? And how long is the warranty?");
    let open = "Hello Amira,\n\nthe grinder can do Turkish coffee on setting two.\n\nBest, Ben";
    let checked = check(open, &asked, &VoiceProfile::smart_casual());
    let finding = checked
        .findings
        .iter()
        .find(|finding| finding.check == CheckKind::UnansweredQuestion);
    assert!(finding.unwrap().why.contains("how long is the warranty"));
    let answered = "Hello Amira,\n\nthe grinder can do Turkish coffee on setting two, and you have two years.\n\nBest, Ben";
    assert_eq!(found(answered, &asked), []);
}

#[test]
fn a_promise_needs_a_date() {
    let vague =
        "Hello Amira,\n\nI am sorry about the hopper. We will get back to you soon.\n\nBest, Ben";
    let dated = "Hello Amira,\n\nI am sorry about the hopper. We will get back to you by Thursday noon.\n\nBest, Ben";
    assert!(found(vague, &upset(GRINDER)).contains(&CheckKind::VaguePromise));
    assert!(!found(dated, &upset(GRINDER)).contains(&CheckKind::VaguePromise));
}

#[test]
fn du_and_sie_are_not_mixed() {
    let context = calm("Hallo, können Sie mir die Rechnung für die Mühle schicken?");
    let mixed = "Hallo Amira,\n\ndie Rechnung für die Mühle hängt an, damit du sie hast. Melden Sie sich gern, wenn Ihnen etwas fehlt.\n\nViele Grüße\nBen";
    assert!(found(mixed, &context).contains(&CheckKind::MixedAddress));
    let changed = "Hallo Amira,\n\ndie Rechnung für die Mühle habe ich dir heute geschickt.\n\nViele Grüße\nBen";
    assert!(found(changed, &context).contains(&CheckKind::MixedAddress));
    let kept = "Hallo Frau Berger,\n\ndie Rechnung für die Mühle habe ich Ihnen heute geschickt.\n\nViele Grüße\nBen";
    assert_eq!(found(kept, &context), []);
}

#[test]
fn german_drafts_are_read_with_german_rules() {
    let context = upset("Die Mühle ist kaputt und niemand antwortet. Ich bin stinksauer.");
    let draft = "Hallo,\n\nda hätten Sie die Anleitung lesen müssen. Wir bitten um Verständnis und melden uns in Kürze.\n\nViele Grüße\nBen";
    let checks = found(draft, &context);
    for check in [
        CheckKind::Blame,
        CheckKind::Defensive,
        CheckKind::VaguePromise,
    ] {
        assert!(checks.contains(&check), "{check:?} in {checks:?}");
    }
}

#[test]
fn a_first_name_after_a_last_name_is_pointed_out() {
    let mut context = calm("Where is the invoice for the grinder?");
    context.first_name = Some("Amira".to_owned());
    context.earlier = vec!["Dear Ms Berger,\nwe received your grinder.".to_owned()];
    let draft = "Hello Amira,\n\nthe invoice for the grinder is attached.\n\nBest, Ben";
    assert!(found(draft, &context).contains(&CheckKind::MixedAddress));
}

#[test]
fn the_house_has_words_of_its_own() {
    let mut voice = VoiceProfile::fun();
    voice.phrases = vec![HousePhrase {
        avoid: "parcel".to_owned(),
        prefer: "box".to_owned(),
    }];
    let draft =
        "Dear Sir or Madam,\n\nyour parcel of beans arrives on Monday.\n\nYours sincerely\nBen";
    let checked = check(draft, &calm("When do my beans arrive?"), &voice);
    let kinds: Vec<CheckKind> = checked
        .findings
        .iter()
        .map(|finding| finding.check)
        .collect();
    assert_eq!(
        kinds,
        [CheckKind::OffVoice, CheckKind::Greeting, CheckKind::Closing]
    );
    assert_eq!(checked.findings[0].better.as_deref(), Some("box"));
}

#[test]
fn reading_ease_follows_its_formula() {
    // 26 words of one syllable in two sentences: 206.835 - 1.015 * 13 - 84.6.
    let text = "The cat sat on the mat and the dog ran to the tree. The sun was hot and the sky was blue so we all went out.";
    let words = Words::of(text);
    assert_eq!(words.tokens.len(), 27);
    let ease = reading_ease(&words, Language::English).unwrap();
    assert!(
        (ease - (206.835 - 1.015 * 13.5 - 84.6)).abs() < 0.01,
        "{ease}"
    );
    assert_eq!(
        reading_ease(&Words::of("too short"), Language::English),
        None
    );
}

#[test]
fn hostile_drafts_are_checked() {
    let voice = VoiceProfile::smart_casual();
    for draft in [
        String::new(),
        "!".repeat(10_000),
        "you should have ".repeat(60_000),
        "a".repeat(1 << 20),
        "soon ".repeat(100_000),
        "İ".repeat(5_000),
        "Je ne sais pas pour la commande et vous".to_owned(),
    ] {
        let context = upset(&"when? ".repeat(50_000));
        let checked = check(&draft, &context, &voice);
        assert!(checked.findings.len() <= CheckKind::ALL.len());
        for finding in &checked.findings {
            assert!(draft.get(finding.span.clone()).is_some(), "{finding:?}");
        }
    }
}

#[test]
fn the_rules_that_are_built_in_are_read() {
    let (english, german) = CheckRules::files();
    CheckRules::parse(english, german).unwrap();
}

#[test]
fn everything_that_is_counted_has_its_words_in_both_languages() {
    let rules = CheckRules::built_in();
    let ids = [
        "no-greeting",
        "greeting-off-voice",
        "no-closing",
        "closing-off-voice",
        "pictures",
        "house-phrase",
        "picture-for-the-upset",
        "exclamation-for-the-upset",
        "unanswered-question",
        "need-not-restated",
        "repeated-apology",
        "canned-again",
        "late-apology",
        "no-next-step",
        "no-way-forward",
        "du-and-sie",
        "du-after-sie",
        "sie-after-du",
        "name-changed",
        "too-long",
        "too-hard",
        "abbreviation",
    ];
    for language in [Language::English, Language::German] {
        for id in ids {
            let said = rules.book(language).said(id);
            let said = said.unwrap_or_else(|| panic!("{language:?} says nothing of {id}"));
            assert!(!said.why.is_empty(), "{id}");
            assert!(!said.better.is_empty() || id == "house-phrase", "{id}");
        }
    }
}

#[test]
fn a_german_draft_is_told_in_german() {
    let context = upset("Wo ist meine Bestellung? Ich bin stinksauer.");
    let draft = "Die Kaffeemühle ist ein sehr schönes Gerät und wir haben sie gern im Programm!";
    let checked = check(draft, &context, &VoiceProfile::smart_casual());
    assert!(checked.findings.len() >= 4, "{checked:?}");
    for finding in &checked.findings {
        let words = format!(
            "{} {}",
            finding.why,
            finding.better.as_deref().unwrap_or("")
        );
        let german = language_of(&Words::of(&words));
        assert_eq!(german, Language::German, "{}: {words}", finding.rule);
    }
    let asked = checked
        .findings
        .iter()
        .find(|found| found.rule == "unanswered-question");
    assert!(
        asked.unwrap().why.contains("Wo ist meine Bestellung"),
        "{asked:?}"
    );
}
