//! Content lines (RFC 5545, 3.1).
//!
//! Owns: folding, parameters and escapes. Must not know: what a line is about.

/// One content line.
pub(super) struct Line {
    /// In upper case.
    pub name: String,
    parameters: Vec<(String, String)>,
    pub value: String,
}

/// Joins the lines that were folded.
pub(super) fn unfold(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

impl Line {
    /// `NAME;PARAMETER="quoted: value":value`
    pub(super) fn read(line: &str) -> Option<Self> {
        let colon = unquoted(line, ':')?;
        let value = line[colon + 1..].to_owned();
        let mut head = pieces(&line[..colon]).into_iter();
        let name = head.next()?.trim().to_ascii_uppercase();
        let parameters = head
            .filter_map(|piece| {
                let (key, value) = piece.split_once('=')?;
                let value = value.trim_matches('"').to_owned();
                Some((key.trim().to_ascii_uppercase(), value))
            })
            .collect();
        Some(Self {
            name,
            parameters,
            value,
        })
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value with its escapes resolved, on one line.
    pub(super) fn text(&self, limit: usize) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut letters = self.value.chars();
        while let Some(letter) = letters.next() {
            match (letter, letter == '\\') {
                (_, true) => match letters.next() {
                    Some('n' | 'N') => out.push(' '),
                    Some(escaped) => out.push(escaped),
                    None => {}
                },
                (letter, false) => out.push(letter),
            }
        }
        candor_domain::text::one_line(&out, limit)
    }
}

/// Where a letter stands first outside quotes.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices()
        .find(|&(_, letter)| {
            quoted ^= letter == '"';
            letter == wanted && !quoted
        })
        .map(|(at, _)| at)
}

fn pieces(text: &str) -> Vec<&str> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some(at) = unquoted(rest, ';') {
        found.push(&rest[..at]);
        rest = &rest[at + 1..];
    }
    found.push(rest);
    found
}
