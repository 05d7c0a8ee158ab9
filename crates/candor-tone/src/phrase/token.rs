//! Words and sentences of a text, each with its place in bytes.
//!
//! Owns: where a word begins and a sentence ends, what is shouted, what stands in quotation marks.
//! Must not know: rules, languages.

use super::fold::fold;
use std::ops::Range;

/// How many bytes of a text are read; what comes after is a log file or an attack.
pub(crate) const READ_BYTES: usize = 48 * 1024;

/// One word, number, emoji or smiley.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Folded: lower case, straight apostrophes, umlauts spelled out, shorthand written out.
    pub word: String,
    /// Index of its sentence.
    pub sentence: usize,
    /// Written in capitals throughout, three letters or more.
    pub shouted: bool,
    /// Inside a quotation of three words or more: somebody else's words.
    pub quoted: bool,
    /// A comma, colon or dash follows.
    pub pause_after: bool,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// It ends with a question mark.
    pub question: bool,
    /// How many exclamation marks end it.
    pub bangs: usize,
}

/// A text cut into words and sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The words in order.
    pub tokens: Vec<Token>,
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
    /// The text was longer than is read.
    pub truncated: bool,
}

impl Words {
    /// Cuts the parts of `text` that `ranges` name; places are those of `text`.
    pub fn of_ranges(text: &str, ranges: &[Range<usize>]) -> Self {
        let mut cutter = Cutter::new(text);
        let mut left = READ_BYTES;
        for range in ranges {
            let end = floor_boundary(text, range.end.min(range.start + left));
            cutter.cut(range.start..end);
            left -= end - range.start;
            if end < range.end {
                cutter.words.truncated = true;
                break;
            }
        }
        cutter.finish()
    }

    /// Cuts the whole text.
    pub fn of(text: &str) -> Self {
        Self::of_ranges(text, std::slice::from_ref(&(0..text.len())))
    }

    /// The sentence of a token.
    pub fn sentence_of(&self, token: usize) -> &Sentence {
        &self.sentences[self.tokens[token].sentence]
    }

    /// The bytes from the first to the last of these tokens.
    pub fn span(&self, tokens: &Range<usize>) -> Range<usize> {
        match self.tokens.get(tokens.clone()) {
            Some([first, .., last]) => first.span.start..last.span.end,
            Some([only]) => only.span.clone(),
            _ => 0..0,
        }
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

const SMILEYS: [&str; 12] = [
    ":-)", ":)", ";-)", ";)", ":-D", ":D", ":-(", ":(", ":'(", ":-/", ":P", "<3",
];

struct Cutter<'t> {
    text: &'t str,
    words: Words,
    sentence_from: usize,
    quote_from: Option<usize>,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            words: Words::default(),
            sentence_from: 0,
            quote_from: None,
        }
    }

    fn cut(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(next) = self.text[at..range.end].chars().next() {
            at = if next.is_alphanumeric() {
                self.word(at, range.end)
            } else {
                self.sign(next, at, range.end)
            };
        }
        self.end_sentence(false, 0);
        self.quote_from = None;
    }

    /// A word from `at`; apostrophes inside words and points inside numbers belong to it.
    fn word(&mut self, at: usize, limit: usize) -> usize {
        let mut end = at;
        let mut before = ' ';
        let mut rest = self.text[at..limit].chars().peekable();
        while let Some(letter) = rest.next() {
            let joins = match letter {
                '\'' | '\u{2019}' | '`' => rest.peek().is_some_and(|next| next.is_alphabetic()),
                '.' | ',' => {
                    before.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit)
                }
                other => other.is_alphanumeric() || is_mark(other),
            };
            if !joins {
                break;
            }
            before = letter;
            end += letter.len_utf8();
        }
        self.push(at..end);
        end
    }

    /// Anything that is not a letter or digit.
    fn sign(&mut self, sign: char, at: usize, limit: usize) -> usize {
        let rest = &self.text[at..limit];
        if let Some(smiley) = SMILEYS.iter().find(|smiley| rest.starts_with(**smiley)) {
            self.push(at..at + smiley.len());
            return at + smiley.len();
        }
        match sign {
            '!' | '?' | '.' | '\u{2026}' => return self.stop(at, limit),
            '\n' => self.line_break(&rest[1..]),
            ',' | ';' | ':' | '\u{2013}' | '\u{2014}' | '(' | ')' => self.pause(),
            '-' if rest.starts_with("- ") => self.pause(),
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => self.quote(),
            '\u{20ac}' | '$' | '\u{a3}' | '%' | '&' => self.push(at..at + sign.len_utf8()),
            emoji if is_emoji(emoji) => self.push(at..at + sign.len_utf8()),
            _ => {}
        }
        at + sign.len_utf8()
    }

    /// A run of closing signs; a point inside `example.com` closes nothing.
    fn stop(&mut self, at: usize, limit: usize) -> usize {
        let run = self.text[at..limit]
            .chars()
            .take_while(|sign| matches!(sign, '!' | '?' | '.' | '\u{2026}'));
        let (mut end, mut question, mut bangs) = (at, false, 0);
        for sign in run {
            end += sign.len_utf8();
            question |= sign == '?';
            bangs += usize::from(sign == '!');
        }
        let inside_word = end == at + 1
            && self.text[at..].starts_with('.')
            && self.text[end..limit]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric);
        if !inside_word {
            self.end_sentence(question, bangs);
        }
        end
    }

    /// A blank line, a list item or a short line (a greeting) ends the sentence.
    fn line_break(&mut self, rest: &str) {
        let next = rest.trim_start_matches([' ', '\t', '\r']);
        let short = self.words.tokens.len() - self.sentence_from <= 4;
        let ends = next.starts_with(['\n', '-', '*', '\u{2022}']) || next.is_empty();
        if ends || short {
            self.end_sentence(false, 0);
        } else {
            self.pause();
        }
    }

    fn pause(&mut self) {
        let open = self.words.tokens.len() > self.sentence_from;
        if let Some(last) = self.words.tokens.last_mut().filter(|_| open) {
            last.pause_after = true;
        }
    }

    fn quote(&mut self) {
        match self.quote_from.take() {
            None => self.quote_from = Some(self.words.tokens.len()),
            Some(from) if self.words.tokens.len() - from >= 3 => {
                for token in &mut self.words.tokens[from..] {
                    token.quoted = true;
                }
            }
            Some(_) => {}
        }
    }

    fn push(&mut self, span: Range<usize>) {
        let raw = &self.text[span.clone()];
        self.words.tokens.push(Token {
            word: fold(raw),
            sentence: self.words.sentences.len(),
            shouted: is_shouted(raw),
            quoted: false,
            pause_after: false,
            span,
        });
    }

    fn end_sentence(&mut self, question: bool, bangs: usize) {
        let tokens = self.sentence_from..self.words.tokens.len();
        if tokens.is_empty() {
            // "Why? !!" belongs to the sentence before.
            if let Some(last) = self.words.sentences.last_mut() {
                last.bangs += bangs;
                last.question |= question;
            }
            return;
        }
        self.sentence_from = tokens.end;
        self.words.sentences.push(Sentence {
            tokens,
            question,
            bangs,
        });
    }

    fn finish(mut self) -> Words {
        self.end_sentence(false, 0);
        self.words
    }
}

/// Combining marks, which letters carry in any number.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}')
}

/// Pictures that people put into messages.
fn is_emoji(sign: char) -> bool {
    matches!(sign, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}')
}

fn is_shouted(raw: &str) -> bool {
    raw.len() >= 3
        && raw.len() <= 40
        && raw.chars().all(|letter| !letter.is_lowercase())
        && raw.chars().filter(|letter| letter.is_uppercase()).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::of(text)
            .tokens
            .into_iter()
            .map(|token| token.word)
            .collect()
    }

    #[test]
    fn words_keep_their_places() {
        let text = "It\u{2019}s \u{20ac}12.50, RIGHT?";
        let cut = Words::of(text);
        let seen: Vec<(&str, &str)> = cut
            .tokens
            .iter()
            .map(|token| (&text[token.span.clone()], token.word.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                ("It\u{2019}s", "it's"),
                ("\u{20ac}", "\u{20ac}"),
                ("12.50", "12.50"),
                ("RIGHT", "right")
            ]
        );
        assert!(cut.tokens[3].shouted && cut.tokens[2].pause_after);
        assert!(cut.sentences[0].question);
    }

    #[test]
    fn a_greeting_line_is_a_sentence_of_its_own() {
        let cut = Words::of("Hi Mara,\nmy grinder from shop.example broke\nyesterday. Help!!");
        assert_eq!(cut.sentences.len(), 3);
        assert_eq!(cut.sentences[2].bangs, 2);
    }

    #[test]
    fn a_quotation_is_somebody_elses_words() {
        let cut = Words::of("You wrote \"this is your fault\" to me");
        let quoted: Vec<bool> = cut.tokens.iter().map(|token| token.quoted).collect();
        assert_eq!(quoted, [false, false, true, true, true, true, false, false]);
    }

    #[test]
    fn smileys_are_words() {
        assert_eq!(
            words("great :) thx \u{1f621}"),
            ["great", ":)", "thanks", "\u{1f621}"]
        );
    }

    #[test]
    fn a_megabyte_without_spaces_is_cut_short() {
        let cut = Words::of(&"a".repeat(1 << 20));
        assert!(cut.truncated);
        assert_eq!(cut.tokens.len(), 1);
        assert!(cut.tokens[0].word.len() < 64);
    }
}
