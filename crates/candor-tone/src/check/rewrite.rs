//! A better wording that one click can put in place of the words that were found.
//!
//! Owns: which words go and which come, where that can be said honestly: a joke goes, a clause of
//! blame goes, a phrase of the house is exchanged. Must not know: whether the writer wants it. Where
//! only the writer can know the better sentence, there is none.

use super::{CheckKind, Finding};
use crate::cue::Language;
use std::ops::Range;

/// Words to put in place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The bytes of the draft that go.
    pub span: Range<usize>,
    /// What comes instead; empty leaves them out.
    pub with: String,
}

impl Rewrite {
    /// The draft as it reads then.
    pub fn applied(&self, text: &str) -> String {
        format!(
            "{}{}{}",
            &text[..self.span.start],
            self.with,
            &text[self.span.end..]
        )
    }
}

/// Fewest words that make a sentence of what is left of one.
const FEWEST_WORDS: usize = 3;

/// The better wording for a finding in a draft, where there is one to put in place.
pub fn rewrite(text: &str, finding: &Finding, language: Language) -> Option<Rewrite> {
    match finding.check {
        CheckKind::Joke | CheckKind::Sarcasm => Some(plainly(text, &finding.span, language)),
        CheckKind::Blame | CheckKind::Defensive => without_clause(text, &finding.span),
        CheckKind::OffMood if finding.rule == "exclamation-for-the-upset" => {
            calmly(text, finding.span.start)
        }
        CheckKind::OffMood | CheckKind::OffVoice if is_picture(&finding.rule) => Some(Rewrite {
            span: with_space_before(text, finding.span.clone()),
            with: String::new(),
        }),
        CheckKind::OffVoice if finding.rule == "house-phrase" => Some(Rewrite {
            span: finding.span.clone(),
            with: finding.better.clone()?,
        }),
        _ => None,
    }
}

fn is_picture(rule: &str) -> bool {
    matches!(rule, "picture-for-the-upset" | "pictures")
}

/// A plain word of regret instead of the joke; nothing where the draft is sorry already.
fn plainly(text: &str, span: &Range<usize>, language: Language) -> Rewrite {
    let folded = text.to_lowercase();
    let (sorry, marks): (&str, &[&str]) = if language == Language::German {
        (
            "Es tut mir leid, dass das passiert ist.",
            &["tut mir leid", "tut uns leid", "entschuldig"],
        )
    } else {
        (
            "I am sorry that this happened.",
            &["sorry", "apolog", "my mistake"],
        )
    };
    let span = sentence(text, span);
    if !marks.iter().any(|mark| folded.contains(mark)) {
        return Rewrite {
            span,
            with: sorry.to_owned(),
        };
    }
    let rest = &text[span.end..];
    let gap = rest.len() - rest.trim_start_matches(' ').len();
    Rewrite {
        span: span.start..span.end + gap,
        with: String::new(),
    }
}

/// The rest of the sentence, where the blame stands in a clause of its own before it.
fn without_clause(text: &str, span: &Range<usize>) -> Option<Rewrite> {
    let sentence = sentence(text, span);
    let comma = text[span.end..sentence.end].find(',')? + span.end;
    let before = &text[sentence.start..span.start];
    let rest = text[comma + 1..sentence.end].trim_start();
    if before.contains(',') || rest.split_whitespace().count() < FEWEST_WORDS {
        return None;
    }
    let first = rest.chars().next()?;
    Some(Rewrite {
        with: first.to_uppercase().chain(rest.chars().skip(1)).collect(),
        span: sentence,
    })
}

/// The first row of exclamation marks from there on, as a full stop.
fn calmly(text: &str, from: usize) -> Option<Rewrite> {
    let start = text[from..].find('!')? + from;
    let rest = &text[start..];
    let end = start + (rest.len() - rest.trim_start_matches(['!', '?']).len());
    Some(Rewrite {
        span: start..end,
        with: if text[start..end].contains('?') {
            "?"
        } else {
            "."
        }
        .to_owned(),
    })
}

fn with_space_before(text: &str, span: Range<usize>) -> Range<usize> {
    let before = &text[..span.start];
    before.trim_end_matches(' ').len()..span.end
}

/// The sentence around some words, its mark included and the white space around it not.
fn sentence(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start]
        .char_indices()
        .rev()
        .find(|(at, letter)| ends(text, *at, *letter))
        .map_or(0, |(at, letter)| at + letter.len_utf8());
    let end = text[span.end..]
        .char_indices()
        .map(|(at, letter)| (at + span.end, letter))
        .find(|(at, letter)| ends(text, *at, *letter))
        .map_or(text.len(), |(at, letter)| {
            if letter == '\n' {
                at
            } else {
                at + letter.len_utf8()
            }
        });
    let inside = &text[start..end];
    let lead = inside.len() - inside.trim_start().len();
    start + lead..start + inside.trim_end().len().max(lead)
}

/// Whether a sentence ends with this letter: a line break, or a mark with white space behind it.
fn ends(text: &str, at: usize, letter: char) -> bool {
    let next = text[at + letter.len_utf8()..].chars().next();
    letter == '\n' || (matches!(letter, '.' | '!' | '?') && next.is_none_or(char::is_whitespace))
}

#[cfg(test)]
mod tests {
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
        rewrite(text, finding, checked.language).map(|rewrite| rewrite.applied(text))
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
}
