//! Stretches of a body, and how they become one.
//!
//! Owns: what is joined, and in which form. Must not know: parts.

use crate::RawHtml;

/// One stretch of the body in the forms in which the sender gave it.
#[derive(Default)]
pub(super) struct Segment {
    pub plain: Option<String>,
    pub html: Option<String>,
}

pub(super) fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

pub(super) fn join_text(segments: &[Segment]) -> String {
    let texts: Vec<String> = segments
        .iter()
        .filter_map(|segment| match (&segment.plain, &segment.html) {
            (plain, Some(html)) if is_blank(plain.as_deref()) => {
                Some(RawHtml::new(html.as_str()).to_text())
            }
            (Some(plain), _) => Some(plain.clone()),
            (None, _) => None,
        })
        .collect();
    texts.join("\n")
}

/// The HTML of all segments; plain stretches between are kept as text.
pub(super) fn join_html(segments: &[Segment]) -> Option<String> {
    if segments.iter().all(|segment| segment.html.is_none()) {
        return None;
    }
    let mut html = String::new();
    for segment in segments {
        match (&segment.html, &segment.plain) {
            (Some(rich), _) => html.push_str(rich),
            (None, Some(plain)) if !plain.trim().is_empty() => {
                let escaped = plain
                    .replace('&', "&amp;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;");
                html.push_str("<div style=\"white-space: pre-wrap\">");
                html.push_str(&escaped);
                html.push_str("</div>");
            }
            _ => {}
        }
    }
    Some(html)
}

pub(super) fn refers_to(html: &str, content_id: &str) -> bool {
    html.match_indices("cid:")
        .any(|(at, _)| html[at + 4..].starts_with(content_id))
}
