//! The tree of parts.
//!
//! Owns: where each part begins and ends. Must not know: which part is shown.

use encoding_rs::Encoding;

use super::content_type::Parameterised;
use super::header::{self, Headers};
use super::{Notes, charset};
use crate::{Defect, Limits};

/// A message split into its parts.
pub(super) struct Tree<'a> {
    pub headers: Headers<'a>,
    /// The charset of the first text part that names one.
    pub charset: Option<&'static Encoding>,
    pub root: Node<'a>,
}

/// One part. A leaf has no children.
pub(super) struct Node<'a> {
    pub content_type: Parameterised,
    pub disposition: Parameterised,
    pub content_id: Option<String>,
    /// The transfer encoding in lower case.
    pub encoding: String,
    /// Still in its transfer encoding.
    pub body: &'a [u8],
    pub children: Vec<Node<'a>>,
}

/// How often the bytes of a message may be looked at in search of boundaries. Mails of real
/// programs nest four or five levels deep.
const PASSES: usize = 16;

struct Reader<'l, 'n> {
    limits: &'l Limits,
    notes: &'n mut Notes,
    parts: usize,
    /// Bytes that may still be searched.
    budget: usize,
}

pub(super) fn read<'a>(raw: &'a [u8], limits: &Limits, notes: &mut Notes) -> Tree<'a> {
    let raw = without_blank_lines(raw);
    let (headers, body) = header::split(raw, limits.header_bytes, notes);
    let mut reader = Reader {
        limits,
        notes,
        parts: 0,
        budget: raw.len().saturating_mul(PASSES),
    };
    let root = reader.node(&headers, &raw[body..], "text/plain", 0);
    Tree {
        charset: first_charset(&root),
        headers,
        root,
    }
}

/// The message without the empty lines that some programs put on top.
fn without_blank_lines(raw: &[u8]) -> &[u8] {
    let start = raw.iter().position(|byte| !byte.is_ascii_whitespace());
    let line = start.and_then(|at| raw[..at].iter().rposition(|&byte| byte == b'\n'));
    &raw[line.map_or(0, |newline| newline + 1)..]
}

fn first_charset(node: &Node<'_>) -> Option<&'static Encoding> {
    let own = node
        .content_type
        .parameter("charset")
        .and_then(charset::by_label);
    own.or_else(|| node.children.iter().find_map(first_charset))
}

impl Reader<'_, '_> {
    fn node<'a>(
        &mut self,
        headers: &Headers<'_>,
        body: &'a [u8],
        default_type: &str,
        depth: usize,
    ) -> Node<'a> {
        self.parts += 1;
        let mut text = |value: Option<&[u8]>| {
            value.map(|value| charset::header_text(value, None, self.notes).into_owned())
        };
        let content_type =
            text(content_type(headers, body)).unwrap_or_else(|| default_type.to_owned());
        let mut value = |name: &str| text(headers.first(name));
        let mut node = Node {
            content_type: Parameterised::read(&content_type),
            disposition: Parameterised::read(&value("content-disposition").unwrap_or_default()),
            content_id: value("content-id").and_then(|id| content_id(&id)),
            encoding: encoding(&value("content-transfer-encoding").unwrap_or_default()),
            body,
            children: Vec::new(),
        };
        if node.content_type.is_multipart() {
            node.children = self.children(&node, depth);
        }
        node
    }

    fn children<'a>(&mut self, node: &Node<'a>, depth: usize) -> Vec<Node<'a>> {
        if depth >= self.limits.depth || self.budget < node.body.len() {
            self.notes.add(Defect::NestedTooDeeply);
            return Vec::new();
        }
        self.budget -= node.body.len();
        let Some(boundary) = node.content_type.parameter("boundary") else {
            self.notes.add(Defect::NoBoundary);
            return Vec::new();
        };
        let pieces = split(node.body, boundary.trim_end(), self.notes);
        let default_type = if node.content_type.value == "multipart/digest" {
            "message/rfc822"
        } else {
            "text/plain"
        };
        let mut children = Vec::with_capacity(pieces.len().min(16));
        for piece in pieces {
            if self.parts >= self.limits.parts {
                self.notes.add(Defect::TooManyParts);
                break;
            }
            let (headers, body) = header::split(piece, self.limits.header_bytes, self.notes);
            children.push(self.node(&headers, &piece[body..], default_type, depth + 1));
        }
        children
    }
}

/// The pieces between the boundary lines. What stands before the first and behind the last is no
/// content.
fn split<'a>(body: &'a [u8], boundary: &str, notes: &mut Notes) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < body.len() {
        let end = header::line_end(body, at);
        if let Some(closing) = boundary_line(&body[at..end], boundary.as_bytes()) {
            if let Some(start) = open.take() {
                let piece = &body[start..at];
                pieces.push(header::without_line_end(piece));
            }
            if closing {
                return pieces;
            }
            open = Some(end);
        }
        at = end;
    }
    if let Some(start) = open {
        notes.add(Defect::Truncated);
        pieces.push(&body[start..]);
    } else if pieces.is_empty() {
        notes.add(Defect::NoBoundary);
    }
    pieces
}

/// Whether the line is this boundary, and whether it closes the part. What stands behind a blank
/// does not count (RFC 2046, 5.1.1).
fn boundary_line(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    let (closing, rest) = match rest.strip_prefix(b"--") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let ends = rest.first().is_none_or(u8::is_ascii_whitespace);
    ends.then_some(closing)
}

/// Gateways wrap a mail and leave its old type behind their own. Of several the first counts, but a
/// multipart type only when its boundary occurs.
fn content_type<'h>(headers: &Headers<'h>, body: &[u8]) -> Option<&'h [u8]> {
    let first = headers.first("content-type")?;
    if headers.all("content-type").nth(1).is_none() {
        return Some(first);
    }
    let fits = |value: &[u8]| {
        let kind = Parameterised::read(&String::from_utf8_lossy(value).replace(['\r', '\n'], ""));
        let boundary = kind.parameter("boundary").unwrap_or_default().trim_end();
        !kind.is_multipart() || has_boundary(body, boundary.as_bytes())
    };
    let mut candidates = headers.all("content-type").take(3);
    Some(candidates.find(|value| fits(value)).unwrap_or(first))
}

fn has_boundary(body: &[u8], boundary: &[u8]) -> bool {
    body.split_inclusive(|&byte| byte == b'\n')
        .any(|line| boundary_line(line, boundary).is_some())
}

fn content_id(text: &str) -> Option<String> {
    let id = text.trim().trim_matches(['<', '>']).trim();
    (!id.is_empty() && id.len() <= 500).then(|| id.to_owned())
}

fn encoding(text: &str) -> String {
    let word = text.split([';', '(']).next().unwrap_or_default();
    word.trim().trim_matches('"').to_ascii_lowercase()
}
