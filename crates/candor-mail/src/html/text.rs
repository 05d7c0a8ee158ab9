//! Readable text from HTML.
//!
//! Owns: what a block, a list, a quote, a link becomes in plain text. Must not know: mail.

mod layout;
mod marks;
mod reference;

use super::MAX_BYTES;
use super::mark::Mark;
use super::normalise::{MARK, normalise_marked};
use layout::Layout;
use marks::Marks;

/// Text made from HTML, and what the sender's program says about its lines.
#[derive(Debug, Default)]
pub(crate) struct MarkedText {
    /// The text.
    pub text: String,
    /// The mark of each line of the text.
    pub marks: Vec<Option<Mark>>,
}

pub(super) fn to_text(html: &str) -> String {
    to_marked_text(html).text
}

pub(super) fn to_marked_text(html: &str) -> MarkedText {
    if html.len() > MAX_BYTES {
        return MarkedText {
            text: without_tags(html),
            marks: Vec::new(),
        };
    }
    lay_out(&normalise_marked(html))
}

/// The characters outside tags, for HTML that is not worth a tree.
pub(super) fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    for piece in html.split('<') {
        let content = piece.split_once('>').map_or("", |(_, content)| content);
        text.push_str(&entities(content));
    }
    text.split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Walks serialised HTML, in which every `<` starts a tag and attribute values stand in double
/// quotes.
fn lay_out(html: &str) -> MarkedText {
    let mut layout = Layout::default();
    let mut marks = Marks::default();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest.split_once('<').unwrap_or((rest, ""));
        layout.text(&entities(text));
        let end = tag_end(tag);
        marks.pass(&mut layout, &tag[..end]);
        apply(&mut layout, &tag[..end]);
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    layout.finish()
}

fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

/// Elements that stand on lines of their own, beside those that are treated by name.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "li",
    "main",
    "nav",
    "section",
    "tr",
];

/// The address of a link that a person may follow; empty for all others.
fn link(address: &str) -> String {
    let address = address.trim();
    let scheme = address
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel") => address.to_owned(),
        _ => String::new(),
    }
}

fn apply(layout: &mut Layout, tag: &str) {
    let (closing, tag) = match tag.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, tag),
    };
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    match (name, closing) {
        ("br", false) => layout.line_break(),
        ("hr", false) => layout.rule(),
        ("img", false) => layout.picture(&attribute(attributes, "alt")),
        ("a", false) => layout.open_link(link(&attribute(attributes, "href"))),
        ("a", true) => layout.close_link(),
        ("pre", _) => layout.preformatted(!closing),
        ("blockquote", _) => layout.quote(!closing),
        ("ul" | "ol", _) => layout.list(name == "ol", !closing),
        ("li", false) => layout.item(),
        ("td" | "th", false) => layout.cell(name == "th"),
        ("table", _) => layout.table(!closing),
        ("p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => layout.paragraph(),
        _ if !BLOCKS.contains(&name) => {}
        _ => layout.block(),
    }
}

fn attribute(attributes: &str, name: &str) -> String {
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, next) = after.split_once('"').unwrap_or((after, ""));
        if key.trim() == name {
            return entities(value);
        }
        rest = next;
    }
    String::new()
}

/// Text without character references; a hard blank is a blank.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    reference::resolve(text, &mut out);
    if out.contains('\u{a0}') {
        out = out.replace('\u{a0}', " ");
    }
    out
}

#[cfg(test)]
mod tests;
