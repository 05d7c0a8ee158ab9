//! The text files: enough of them, complete, and nothing of their form left in what people read.

use super::{ENDS, THURSDAY, default_script, openings};
use crate::demo::script::cast::SENDERS;
use crate::demo::script::catalogue::Catalogue;
use crate::demo::script::library::{Audience, COMMON, Library, REASONS, Section, Thread};
use crate::demo::script::random::Random;
use crate::demo::script::{Deed, cast};
use std::collections::HashSet;

fn library() -> Library {
    Library::load(&mut Random::new(1))
}

fn count(section: Section) -> usize {
    let library = library();
    let piles = (0..library.situations.len()).flat_map(|situation| {
        [false, true].map(|german| library.pile(situation, section, german).entries.len())
    });
    piles.sum()
}

#[test]
fn there_are_enough_texts_for_a_shop_that_does_not_repeat_itself() {
    assert!(
        count(Section::Ask) >= 260,
        "{} openings",
        count(Section::Ask)
    );
    let paired = count(Section::Turn) + count(Section::Again) + count(Section::Macro);
    let replies = count(Section::Reply) + count(Section::Curt) + paired;
    assert!(replies >= 150, "{replies} replies");
    let follow_ups = paired + count(Section::Thanks) + count(Section::Chase);
    assert!(follow_ups >= 120, "{follow_ups} follow-ups");
    assert!(count(Section::Note) >= 60, "{} notes", count(Section::Note));
    assert_eq!(Catalogue::load().len(), 60);
    assert_eq!(cast::shop(10, &mut Random::new(1)).organizations.len(), 32);
}

#[test]
fn every_reason_has_a_situation_for_guests_and_for_cafes() {
    let library = library();
    for audience in [Audience::Retail, Audience::Wholesale] {
        for (reason, (name, _)) in REASONS.iter().enumerate() {
            let known = library
                .situations
                .iter()
                .any(|s| s.audience == audience && s.reasons.contains(&reason));
            assert!(known, "{name} for {audience:?}");
        }
    }
    for story in ["austria-strike", "pine10", "squeak"] {
        assert_ne!(library.find(story), COMMON);
    }
}

#[test]
fn every_question_has_an_answer_that_fits_it() {
    let mut library = library();
    for situation in 1..library.situations.len() {
        for german in [false, true] {
            let entries = &library.pile(situation, Section::Ask, german).entries;
            let asks: Vec<_> = entries.iter().map(|(_, entry)| *entry).collect();
            assert!(!asks.is_empty(), "{}", library.situations[situation].id);
            for ask in asks {
                let mut thread = Thread::about(&library.situations[situation].tags, "");
                thread.say(&ask, Section::Ask);
                let reply = library.deal(situation, (Section::Reply, german), &mut thread, true);
                assert!(reply.is_some(), "nothing answers {:?}", ask.subject);
            }
        }
    }
}

#[test]
fn nothing_of_the_form_is_left_in_what_people_read() {
    let script = default_script(THURSDAY);
    for step in &script.steps {
        let text = match &step.deed {
            Deed::CustomerMail(mail) => format!("{}\n{}", mail.subject, mail.body_text),
            Deed::Reply { markdown, .. } | Deed::Note { markdown, .. } => markdown.clone(),
            _ => continue,
        };
        let clean = !text.contains(['{', '}', '|', '[', ']', '<', '>'])
            && !text.contains(">>>")
            && !text
                .lines()
                .any(|line| line.starts_with(['#', '=', '~', '+']) || line == "---")
            && !text.trim().is_empty();
        assert!(clean, "ticket {}: {text}", step.ticket);
    }
}

#[test]
fn no_two_customers_open_with_the_same_words() {
    for end in ENDS {
        let script = default_script(end);
        let mut seen = HashSet::new();
        for mail in openings(&script) {
            let email = &script.shop.customers[mail.customer].email;
            let unwanted = SENDERS.iter().any(|sender| sender.1 == email);
            assert!(
                unwanted || seen.insert(&mail.body_text),
                "twice: {}",
                mail.body_text
            );
        }
    }
}

#[test]
fn one_customer_never_says_the_same_twice_in_a_ticket() {
    let mut seen = HashSet::new();
    for step in default_script(THURSDAY).steps {
        if let Deed::CustomerMail(mail) = step.deed {
            assert!(seen.insert((step.ticket, mail.body_text)));
        }
    }
}
