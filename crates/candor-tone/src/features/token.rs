//! Words, marks and emoji of a text.
//!
//! Owns: where a token begins and ends, and how spelling is evened out. Must not know: n-grams.

use std::iter::Peekable;
use std::str::Chars;

/// A longer run of letters is no word; only its start counts.
const LONGEST_WORD: usize = 32;

/// One token in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word without apostrophes, a mark such as `!`, or a name in brackets such as `<url>`.
    pub text: String,
    /// What kind of token it is.
    pub kind: Kind,
    /// Two letters or more, all capitals.
    pub shouted: bool,
    /// A letter stood three times or more and was cut to two: "sooo".
    pub stretched: bool,
}

/// Kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word of letters and digits.
    Word,
    /// Punctuation inside a sentence, an emoji, a name in brackets.
    Mark,
    /// The beginning of a sentence.
    Start,
}

impl Token {
    fn mark(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            kind: Kind::Mark,
            shouted: false,
            stretched: false,
        }
    }

    fn start() -> Self {
        Self {
            kind: Kind::Start,
            ..Self::mark("<s>")
        }
    }
}

/// The tokens of a text, with a start mark before each sentence.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = vec![Token::start()];
    for chunk in text.split_whitespace() {
        if chunk.starts_with("http://")
            || chunk.starts_with("https://")
            || chunk.starts_with("www.")
        {
            tokens.push(Token::mark("<url>"));
        } else if chunk.starts_with('@') && chunk.len() > 1 {
            tokens.push(Token::mark("<user>"));
        } else {
            split(chunk, &mut tokens);
        }
    }
    if tokens.last().is_some_and(|last| last.kind == Kind::Start) && tokens.len() > 1 {
        tokens.pop();
    }
    tokens
}

fn split(chunk: &str, tokens: &mut Vec<Token>) {
    let mut rest = chunk.chars().peekable();
    while let Some(&next) = rest.peek() {
        if next.is_alphanumeric() {
            let word = word(&mut rest);
            push_word(word, tokens);
        } else {
            rest.next();
            push_mark(next, tokens);
        }
    }
}

/// Reads letters, digits and the apostrophes between them.
fn word(rest: &mut Peekable<Chars<'_>>) -> Token {
    let mut text = String::new();
    let (mut letters, mut capitals, mut digits) = (0_usize, 0_usize, 0_usize);
    let mut stretched = false;
    let mut run = (' ', 0_usize);
    while let Some(&next) = rest.peek() {
        if !(next.is_alphanumeric() || is_apostrophe(next) || is_combining(next)) {
            break;
        }
        rest.next();
        if is_apostrophe(next) || is_combining(next) {
            continue;
        }
        letters += usize::from(next.is_alphabetic());
        capitals += usize::from(next.is_uppercase());
        digits += usize::from(next.is_numeric());
        let lower = next.to_lowercase().next().unwrap_or(next);
        run = if lower == run.0 {
            (lower, run.1 + 1)
        } else {
            (lower, 1)
        };
        if run.1 > 2 && lower.is_alphabetic() {
            stretched = true;
        } else if letters + digits <= LONGEST_WORD {
            text.push(lower);
        }
    }
    if letters == 0 && digits > 0 {
        return Token::mark("<number>");
    }
    Token {
        text,
        kind: Kind::Word,
        shouted: letters >= 2 && capitals == letters,
        stretched,
    }
}

fn push_word(word: Token, tokens: &mut Vec<Token>) {
    // Some texts come cut apart: "does n't".
    if word.text == "nt"
        && let Some(last) = tokens.last_mut().filter(|last| last.kind == Kind::Word)
    {
        last.text.push_str("nt");
        return;
    }
    tokens.push(word);
}

fn push_mark(mark: char, tokens: &mut Vec<Token>) {
    if is_apostrophe(mark) || is_combining(mark) || mark.is_control() {
        return;
    }
    let text = mark.to_string();
    let again = tokens.last().is_some_and(|last| last.text == text);
    let ends_sentence = matches!(mark, '.' | '!' | '?');
    let start = tokens.last().is_some_and(|last| last.kind == Kind::Start) && tokens.len() > 1;
    if start && ends_sentence {
        // "!!" or "?!": the sentence ended already; the repetition is what counts.
        tokens.pop();
        let doubled = tokens
            .last()
            .is_some_and(|last| last.text.starts_with(&text));
        if doubled {
            if let Some(last) = tokens.last_mut() {
                last.text = text.repeat(2);
            }
        } else {
            tokens.push(Token::mark(text));
        }
        tokens.push(Token::start());
    } else if !again {
        tokens.push(Token::mark(text));
        if ends_sentence {
            tokens.push(Token::start());
        }
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}')
}

/// Marks stacked on a letter; text made unreadable with them ("zalgo") is read without.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
        words.join(" ")
    }

    #[test]
    fn a_message_becomes_words_marks_and_sentences() {
        assert_eq!(
            read("@shop Don\u{2019}t you see?!! Order 4711 is sooooo LATE... https://x.y"),
            "<s> <user> dont you see ? !! <s> order <number> is soo late .. <s> <url>"
        );
    }

    #[test]
    fn words_that_came_cut_apart_are_joined() {
        assert_eq!(
            read("it does n't work , it 's bad"),
            "<s> it doesnt work , it s bad"
        );
    }

    #[test]
    fn stacked_marks_do_not_hide_a_word() {
        assert_eq!(read("b\u{301}\u{302}\u{303}ad"), "<s> bad");
    }

    #[test]
    fn a_text_without_words_has_only_its_start() {
        assert_eq!(read(" \n\t "), "<s>");
    }

    #[test]
    fn capitals_and_stretching_are_noted() {
        let tokens = tokens("WHY is it sooo late");
        assert!(tokens[1].shouted);
        assert!(tokens[4].stretched);
    }
}
