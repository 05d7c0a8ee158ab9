//! HTML that is built to occupy a parser.
//!
//! Owns: a linear look at the tags before the tree is built. Must not know: what is allowed.

/// HTML beyond this length is shown as text.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Elements open at once. A tree builder walks its stack for many tags, so the time grows with
/// depth times tags; mails from real programs stay below 200.
const MAX_DEPTH: usize = 512;

/// Formatting elements that carry attributes, open at once. The HTML standard re-opens each of
/// them in every following block, so 1,000 of them multiply the document by 1,000.
const MAX_FORMATTING: usize = 64;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that the next of their kind, or their parent's end, closes.
const SELF_CLOSING: &[&str] = &["p", "li", "td", "th", "tr", "dd", "dt", "option", "a"];

const FORMATTING: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// True when building a tree from it could take more than time in proportion to its length.
pub(super) fn is_hostile(html: &str) -> bool {
    if html.len() > MAX_BYTES {
        return true;
    }
    let (mut depth, mut formatting) = (0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        let (closing, tag) = match tag.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, tag),
        };
        let end = tag
            .find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
            .unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || VOID.contains(&name.as_str()) {
            continue;
        }
        let formats = FORMATTING.contains(&name.as_str());
        if closing {
            depth = depth.saturating_sub(1);
            formatting -= usize::from(formats && formatting > 0);
        } else if !SELF_CLOSING.contains(&name.as_str()) {
            depth += 1;
            formatting += usize::from(formats);
        }
        if depth > MAX_DEPTH || formatting > MAX_FORMATTING {
            return true;
        }
    }
    false
}
