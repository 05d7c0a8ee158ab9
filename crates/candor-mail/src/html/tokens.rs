//! HTML as a flat run of tags and text.
//!
//! Owns: where a tag, an attribute, a comment begins and ends, as browsers read it. Must not know:
//! which tags nest.

/// One piece of a page. Text and attribute values keep their character references.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Open {
        name: String,
        attributes: Vec<(String, &'a str)>,
    },
    Close {
        name: String,
    },
    /// A style sheet for every screen.
    Style(&'a str),
}

/// Attributes of one tag that are read; no program writes more.
const MAX_ATTRIBUTES: usize = 32;

/// Elements whose content is no markup. All of it is left out.
const RAW: &[&str] = &[
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
];

/// Reads a page from front to back, each byte once.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { rest: html }
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }

    fn name(&mut self) -> String {
        let end = self
            .rest
            .find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        name.to_ascii_lowercase()
    }

    fn tag(&mut self) -> Token<'a> {
        let name = self.name();
        let attributes = self.attributes();
        if RAW.contains(&name.as_str()) {
            let content = self.skip_raw(&name);
            if name == "style" && is_for_every_screen(&attributes) {
                return Token::Style(content);
            }
        }
        Token::Open { name, attributes }
    }

    fn attributes(&mut self) -> Vec<(String, &'a str)> {
        let mut found = Vec::new();
        loop {
            let separator = |c: char| c.is_ascii_whitespace() || c == '/';
            self.rest = self.rest.trim_start_matches(separator);
            if self.rest.is_empty() {
                return found;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return found;
            }
            let attribute = self.attribute();
            if found.len() < MAX_ATTRIBUTES {
                found.push(attribute);
            }
        }
    }

    fn attribute(&mut self) -> (String, &'a str) {
        // A leading "=" belongs to the name.
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        let end = self.rest[first..]
            .find(ends)
            .map_or(self.rest.len(), |at| first + at);
        let (name, rest) = self.rest.split_at(end);
        let name = name.to_ascii_lowercase();
        let after = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = after.strip_prefix('=') else {
            self.rest = rest;
            return (name, "");
        };
        self.rest = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        (name, self.value())
    }

    fn value(&mut self) -> &'a str {
        for quote in ['"', '\''] {
            if let Some(rest) = self.rest.strip_prefix(quote) {
                let (value, rest) = rest.split_once(quote).unwrap_or((rest, ""));
                self.rest = rest;
                return value;
            }
        }
        let end = self
            .rest
            .find(|c: char| c.is_ascii_whitespace() || c == '>')
            .unwrap_or(self.rest.len());
        let (value, rest) = self.rest.split_at(end);
        self.rest = rest;
        value
    }

    /// Goes behind the closing tag; gives what stands before it.
    fn skip_raw(&mut self, name: &str) -> &'a str {
        let whole = self.rest;
        let mut rest = whole;
        while let Some((_, after)) = rest.split_once("</") {
            let ends = after
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name));
            let boundary = after
                .get(name.len()..)
                .and_then(|tail| tail.chars().next())
                .is_none_or(|c| c.is_ascii_whitespace() || c == '>' || c == '/');
            if ends && boundary {
                let (_, tail) = after.split_once('>').unwrap_or((after, ""));
                self.rest = tail;
                return &whole[..whole.len() - after.len() - "</".len()];
            }
            rest = after;
        }
        self.rest = "";
        whole
    }

    fn skip_comment(&mut self) {
        // "<!-->" and "<!--->" are whole comments.
        let inner = self.rest;
        for short in [">", "->"] {
            if let Some(rest) = inner.strip_prefix(short) {
                self.rest = rest;
                return;
            }
        }
        let end = inner.match_indices('>').find_map(|(at, _)| {
            let before = &inner[..at];
            let closes = before.ends_with("--") || before.ends_with("--!");
            closes.then_some(at + 1)
        });
        self.rest = end.map_or("", |at| &inner[at..]);
    }
}

fn is_for_every_screen(attributes: &[(String, &str)]) -> bool {
    let media = attributes.iter().find(|(name, _)| name == "media");
    media.is_none_or(|(_, value)| {
        let known = ["", "all", "screen"];
        known
            .iter()
            .any(|one| value.trim().eq_ignore_ascii_case(one))
    })
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let Some(markup) = self.rest.strip_prefix('<') else {
                if self.rest.is_empty() {
                    return None;
                }
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            };
            let sign = |at: usize| markup.as_bytes().get(at).copied().unwrap_or(b' ');
            if sign(0).is_ascii_alphabetic() {
                self.rest = markup;
                return Some(self.tag());
            }
            if sign(0) == b'/' && sign(1).is_ascii_alphabetic() {
                self.rest = &markup[1..];
                let name = self.name();
                self.attributes();
                return Some(Token::Close { name });
            }
            if let Some(comment) = markup.strip_prefix("!--") {
                self.rest = comment;
                self.skip_comment();
            } else if matches!(sign(0), b'!' | b'?') || sign(0) == b'/' && !markup[1..].is_empty() {
                self.rest = markup;
                self.skip_past(">");
            } else {
                self.rest = markup;
                return Some(Token::Text("<"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        Tokens::of(html)
            .map(|token| match token {
                Token::Text(text) => format!("[{text}]"),
                Token::Open { name, attributes } => format!("<{name} {attributes:?}>"),
                Token::Close { name } => format!("</{name}>"),
                Token::Style(sheet) => format!("{{{sheet}}}"),
            })
            .collect()
    }

    #[test]
    fn tags_are_read_as_browsers_do() {
        for (html, expected) in [
            ("a<B>c</b >", "[a]<b []>[c]</b>"),
            (
                "<a href='x>y' Title=z/>t",
                "<a [(\"href\", \"x>y\"), (\"title\", \"z/\")]>[t]",
            ),
            (
                "<img/src=x/onerror=y>",
                "<img [(\"src\", \"x/onerror=y\")]>",
            ),
            ("1 < 2 <3", "[1 ][<][ 2 ][<][3]"),
            ("<!--a><b>-->x<!-->y<!doctype html>z", "[x][y][z]"),
            ("<style>a<b></style>x<script>never", "{a<b>}[x]<script []>"),
            ("<title></titlex></title>x", "<title []>[x]"),
            (
                "<style media=print>a</style><style>b",
                "<style [(\"media\", \"print\")]>{b}",
            ),
            ("</>x</ y>z", "[x][z]"),
            ("<!--a--->b<!--c--!>d", "[b][d]"),
            ("<b", "<b []>"),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }
}
