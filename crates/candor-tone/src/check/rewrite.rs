//! A better wording that one click can put in place of the words that were found.
//!
//! Owns: which words go and which come, where that can be said honestly: a joke goes, a clause of
//! blame goes, a phrase of the house is exchanged, an apology moves before the explanation. Must not
//! know: whether the writer wants it. Where only the writer can know the better sentence (what
//! happened, who does it, by when) there is none.

mod frame;
mod sentence;

use super::{CheckKind, CheckRules, Checked, Context, Finding, check, phrases};
use crate::cue::Language;
use crate::phrase::{Words, own_words};
use crate::voice::VoiceProfile;
use sentence::{sentence_at, sentences_of, without_sentence};
use serde::Serialize;
use std::ops::Range;

/// Words to put in place of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

    fn nothing(span: Range<usize>) -> Self {
        Self {
            span,
            with: String::new(),
        }
    }
}

/// What a finding was made of.
#[derive(Clone, Copy)]
struct Case<'c> {
    text: &'c str,
    finding: &'c Finding,
    language: Language,
    context: &'c Context,
    voice: &'c VoiceProfile,
}

/// The better wording for a finding in a draft, where there is one to put in place and the draft is
/// better for it: what was found is gone then, and nothing else is found that was not before (a line that hurts goes
/// in any case).
pub fn rewrite(
    text: &str,
    finding: &Finding,
    checked: &Checked,
    context: &Context,
    voice: &VoiceProfile,
) -> Option<Rewrite> {
    let case = Case {
        text,
        finding,
        language: checked.language,
        context,
        voice,
    };
    let rewrite = proposed(case)?;
    let after = check(&rewrite.applied(text), context, voice);
    // Whatever stays to be said, a line that hurts is better gone.
    let hurts = finding.check <= CheckKind::Defensive;
    let nothing_new = after
        .findings
        .iter()
        .all(|found| hurts || checked.has(found.check));
    (!after.has(finding.check) && nothing_new).then_some(rewrite)
}

fn proposed(case: Case<'_>) -> Option<Rewrite> {
    let Case { text, finding, .. } = case;
    match finding.check {
        CheckKind::Joke | CheckKind::Sarcasm => Some(plainly(case)),
        CheckKind::Blame | CheckKind::Defensive => without_clause(text, &finding.span),
        CheckKind::EmptyApology => without_the_empty(case),
        CheckKind::LateApology => apology_first(case),
        CheckKind::Jargon => in_everyday_words(case),
        CheckKind::Greeting => frame::greeted(case),
        CheckKind::Closing => frame::closed(case),
        CheckKind::OffMood if finding.rule == "exclamation-for-the-upset" => {
            calmly(text, finding.span.start)
        }
        CheckKind::OffMood | CheckKind::OffVoice if is_picture(&finding.rule) => Some(
            Rewrite::nothing(with_space_before(text, finding.span.clone())),
        ),
        CheckKind::OffVoice if finding.rule == "house-phrase" => Some(Rewrite {
            span: finding.span.clone(),
            with: finding.better.clone()?,
        }),
        CheckKind::OffVoice | CheckKind::RepeatedApology | CheckKind::Pandering => {
            without_the_bare(text, finding)
        }
        _ => None,
    }
}

fn is_picture(rule: &str) -> bool {
    matches!(rule, "picture-for-the-upset" | "pictures")
}

/// A plain word of regret instead of the joke; nothing where the draft is sorry already.
fn plainly(case: Case<'_>) -> Rewrite {
    let folded = case.text.to_lowercase();
    let (sorry, marks): (&str, &[&str]) = if case.language == Language::German {
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
    if marks.iter().any(|mark| folded.contains(mark)) {
        return without_sentence(case.text, &case.finding.span);
    }
    Rewrite {
        span: sentence_at(case.text, &case.finding.span),
        with: sorry.to_owned(),
    }
}

/// Without the ready-made apology, where another sentence says what it is for.
fn without_the_empty(case: Case<'_>) -> Option<Rewrite> {
    let own = sentence_at(case.text, &case.finding.span);
    let words = Words::of_ranges(case.text, &own_words(case.text));
    let (marks, said) = phrases::read(CheckRules::built_in().book(case.language), &words);
    let empty = |token: usize| {
        let sentence = words.tokens[token].sentence;
        said.iter().any(|(check, hit)| {
            *check == CheckKind::EmptyApology && words.tokens[hit.tokens.start].sentence == sentence
        })
    };
    let another = marks
        .of("apology")
        .iter()
        .any(|token| !own.contains(&words.tokens[*token].span.start) && !empty(*token));
    (another && !has_matter(&case.text[own]))
        .then(|| without_sentence(case.text, &case.finding.span))
}

/// Most words of a sentence that can go as a whole without anybody missing something.
const MOST_WORDS: usize = 16;

/// Whether a sentence says something that a reader needs: a figure, a turn, a long thought.
fn has_matter(sentence: &str) -> bool {
    let turns = |word: &str| {
        matches!(
            word.trim_matches(','),
            "but" | "however" | "aber" | "jedoch"
        )
    };
    sentence.contains(|letter: char| letter.is_ascii_digit())
        || sentence
            .split_whitespace()
            .any(|word| turns(&word.to_lowercase()))
        || sentence.split_whitespace().count() > MOST_WORDS
}

/// Without a sentence that says nothing else.
fn without_the_bare(text: &str, finding: &Finding) -> Option<Rewrite> {
    let own = sentence_at(text, &finding.span);
    let bare = !has_matter(&text[own]) && sentences_of(text) >= FEWEST_SENTENCES;
    bare.then(|| without_sentence(text, &finding.span))
}

/// Sentences that a draft keeps at least, greeting and closing among them.
const FEWEST_SENTENCES: usize = 3;

/// The apology before the explanation, where both stand in one paragraph.
fn apology_first(case: Case<'_>) -> Option<Rewrite> {
    let words = Words::of_ranges(case.text, &own_words(case.text));
    let (marks, _) = phrases::read(CheckRules::built_in().book(case.language), &words);
    let sorry = *marks.of("apology").first()?;
    let explained = sentence_at(case.text, &case.finding.span);
    let apology = sentence_at(case.text, &words.tokens[sorry].span);
    if apology.start <= explained.start {
        return None;
    }
    let between = case.text[explained.start..apology.start].trim_end();
    if between.contains('\n') {
        return None;
    }
    Some(Rewrite {
        with: format!("{} {between}", &case.text[apology.clone()]),
        span: explained.start..apology.end,
    })
}

/// The everyday words for a word of the house, in the same case.
fn in_everyday_words(case: Case<'_>) -> Option<Rewrite> {
    let found = &case.text[case.finding.span.clone()];
    let book = CheckRules::built_in().book(case.language);
    let plain = book.plainly(&found.to_lowercase())?;
    let before = case.text[..case.finding.span.start]
        .split_whitespace()
        .next_back();
    let vowel = |word: &str| word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let article = before.is_some_and(|word| matches!(word, "a" | "A" | "an" | "An"));
    if article && before.is_some_and(|word| word.len() == 2) != vowel(plain) {
        return None;
    }
    let mut letters = plain.chars();
    let own_first = sentence_at(case.text, &case.finding.span).start == case.finding.span.start;
    let with = match letters.next() {
        Some(first) if own_first => first.to_uppercase().chain(letters).collect(),
        _ => plain.to_owned(),
    };
    Some(Rewrite {
        span: case.finding.span.clone(),
        with,
    })
}

/// Fewest words that make a sentence of what is left of one.
const FEWEST_WORDS: usize = 3;

/// The rest of the sentence, where the blame stands in a clause of its own before it.
fn without_clause(text: &str, span: &Range<usize>) -> Option<Rewrite> {
    let sentence = sentence_at(text, span);
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

/// Every row of exclamation marks from there on as a full stop, quotations aside.
fn calmly(text: &str, from: usize) -> Option<Rewrite> {
    let start = text[from..].find('!')? + from;
    let end = text[start..]
        .find("\n>")
        .map_or(text.len(), |quoted| start + quoted);
    let end = text[..end].rfind('!')? + 1;
    let mut calm = String::with_capacity(end - start);
    let mut rest = &text[start..end];
    while let Some(at) = rest.find('!') {
        let row = &rest[at..];
        let after = row.trim_start_matches(['!', '?']);
        let asks = row[..row.len() - after.len()].contains('?');
        calm.push_str(&rest[..at]);
        calm.push(if asks { '?' } else { '.' });
        rest = after;
    }
    Some(Rewrite {
        span: start..end,
        with: calm,
    })
}

fn with_space_before(text: &str, span: Range<usize>) -> Range<usize> {
    let before = &text[..span.start];
    before.trim_end_matches(' ').len()..span.end
}

#[cfg(test)]
mod tests;
