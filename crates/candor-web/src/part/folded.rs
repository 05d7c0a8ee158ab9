//! A text of which a part is folded away.
//!
//! Owns: the markup of the folds. Must not know: mail, why a part is folded.

use askama::Template;

/// A text in stretches.
#[derive(Debug, Clone, Template)]
#[template(path = "part/folded.html")]
pub struct Folded {
    pieces: Vec<Stretch>,
}

#[derive(Debug, Clone)]
struct Stretch {
    text: String,
    /// The words on the fold; `None` shows the text as it is.
    words: Option<String>,
    is_open: bool,
}

impl Folded {
    /// Stretches in their order: a text, and the words on the fold where it is folded. Where all of
    /// them are folded, the first stands open, so that nobody looks at an empty message.
    pub fn new(pieces: impl IntoIterator<Item = (String, Option<String>)>) -> Self {
        let stretch = |(text, words)| Stretch {
            text,
            words,
            is_open: false,
        };
        let mut pieces: Vec<Stretch> = pieces.into_iter().map(stretch).collect();
        let all_folded = pieces.iter().all(|piece| piece.words.is_some());
        if let Some(first) = pieces.first_mut().filter(|_| all_folded) {
            first.is_open = true;
        }
        Self { pieces }
    }

    /// A text behind one line.
    pub fn behind(words: String, text: String) -> Self {
        Self {
            pieces: vec![Stretch {
                text,
                words: Some(words),
                is_open: false,
            }],
        }
    }
}
