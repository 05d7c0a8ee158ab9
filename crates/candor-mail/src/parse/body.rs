//! Which parts are the message and which came with it.
//!
//! Owns: the choice of text and HTML, and the list of attachments. Must not know: how text is
//! shown.

use super::segment::{Segment, is_blank, join_html, join_text, refers_to};
use super::tree::{Node, Tree};
use super::{Notes, charset, flowed, name, transfer, winmail};
use crate::{Attachment, Defect, Limits, Protection, sniff};

pub(super) struct Content {
    pub text: String,
    pub text_is_converted: bool,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
    /// Signatures that lie beside the signed content.
    pub signatures: Vec<Protection>,
}

/// Where a part stands, as far as it decides between body and attachment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The message itself has one part.
    Alone,
    /// First in its group.
    First,
    /// Behind another part.
    Later,
    /// Belongs to another part, such as a picture to its HTML.
    Companion,
}

struct Collector<'l, 'n> {
    limits: &'l Limits,
    notes: &'n mut Notes,
    attachments: Vec<Attachment>,
    signatures: Vec<Protection>,
    wrapped: winmail::WrappedBody,
}

pub(super) fn collect(tree: &Tree<'_>, limits: &Limits, notes: &mut Notes) -> Content {
    let mut collector = Collector {
        limits,
        notes,
        attachments: Vec::new(),
        signatures: Vec::new(),
        wrapped: winmail::WrappedBody::default(),
    };
    let mut segments = collector.segments(&tree.root, Place::Alone);
    collector.unwrap_body(&mut segments);
    let mut attachments = collector.attachments;
    let html = join_html(&segments);
    if let Some(html) = &html {
        for attachment in &mut attachments {
            let shown = attachment
                .content_id
                .as_ref()
                .is_some_and(|id| refers_to(html, id));
            attachment.inline |= shown;
        }
    }
    let has_plain = segments
        .iter()
        .any(|segment| !is_blank(segment.plain.as_deref()));
    Content {
        text: join_text(&segments),
        text_is_converted: !has_plain && html.is_some(),
        html,
        attachments,
        signatures: collector.signatures,
    }
}

impl Collector<'_, '_> {
    fn segments(&mut self, node: &Node<'_>, place: Place) -> Vec<Segment> {
        if node.children.is_empty() {
            return self.leaf(node, place).into_iter().collect();
        }
        match node.content_type.value.as_str() {
            "multipart/alternative" => self.alternative(node, place),
            "multipart/related" => self.related(node, place),
            "multipart/signed" => self.signed(node, place),
            _ => self.mixed(node),
        }
    }

    fn mixed(&mut self, node: &Node<'_>) -> Vec<Segment> {
        let mut all = Vec::new();
        for (index, child) in node.children.iter().enumerate() {
            let place = if index == 0 {
                Place::First
            } else {
                Place::Later
            };
            all.extend(self.segments(child, place));
        }
        all
    }

    /// The signed content. A signature beside it says something about the message and is no file
    /// that anybody sent (RFC 1847, 2.1); whoever checks it reads the raw message.
    fn signed(&mut self, node: &Node<'_>, place: Place) -> Vec<Segment> {
        let Some((content, beside)) = node.children.split_first() else {
            return Vec::new();
        };
        let place = if place == Place::Alone {
            Place::First
        } else {
            place
        };
        let mut segments = self.segments(content, place);
        for child in beside {
            match Protection::by_signature(&child.content_type.value) {
                Some(protection) => self.signatures.push(protection),
                None => segments.extend(self.segments(child, Place::Later)),
            }
        }
        segments
    }

    /// The best of each form: the first plain text and all HTML of the richest child.
    fn alternative(&mut self, node: &Node<'_>, place: Place) -> Vec<Segment> {
        let place = if place == Place::Companion {
            place
        } else {
            Place::First
        };
        let mut choice = Segment::default();
        for child in &node.children {
            let segments = self.segments(child, place);
            if segments.iter().any(|segment| segment.html.is_some()) {
                choice.html = choice.html.or_else(|| join_html(&segments));
            }
            let plain: Vec<String> = segments.into_iter().filter_map(|s| s.plain).collect();
            if is_blank(choice.plain.as_deref()) && !plain.is_empty() {
                choice.plain = Some(plain.join("\n"));
            }
        }
        vec![choice]
    }

    /// One root and what it refers to.
    fn related(&mut self, node: &Node<'_>, place: Place) -> Vec<Segment> {
        let start = node
            .content_type
            .parameter("start")
            .map(|id| id.trim_matches(['<', '>']));
        let root = node
            .children
            .iter()
            .position(|child| start.is_some() && child.content_id.as_deref() == start)
            .unwrap_or(0);
        let mut segments = Vec::new();
        for (index, child) in node.children.iter().enumerate() {
            let place = match (index == root, place) {
                (true, Place::Companion) | (false, _) => Place::Companion,
                (true, _) => Place::First,
            };
            segments.extend(self.segments(child, place));
        }
        segments
    }

    fn leaf(&mut self, node: &Node<'_>, place: Place) -> Option<Segment> {
        let kind = node.content_type.value.as_str();
        if kind == "text/x-amp-html" || kind == "text/watch-html" {
            return None;
        }
        if !is_body(node, place) {
            self.attach(node, place);
            return None;
        }
        let bytes = transfer::decode(node.body, &node.encoding, self.notes);
        let html = kind == "text/html";
        let label = node.content_type.parameter("charset").map(str::to_owned);
        let label = label.or_else(|| html.then(|| charset::named_by_page(&bytes)).flatten());
        let text = charset::body_text(&bytes, label.as_deref(), self.notes);
        let mut text = self.bounded(&text);
        if html {
            return Some(Segment {
                plain: None,
                html: Some(text),
            });
        }
        if node
            .content_type
            .parameter("format")
            .is_some_and(|f| f.eq_ignore_ascii_case("flowed"))
        {
            let delete = node.content_type.parameter("delsp");
            text = flowed::join(&text, delete.is_some_and(|d| d.eq_ignore_ascii_case("yes")));
        }
        Some(Segment {
            plain: Some(text),
            html: None,
        })
    }

    /// The text with `\n` line ends and without what no database takes, cut at the limit.
    fn bounded(&mut self, text: &str) -> String {
        let mut text = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\0', "");
        if text.len() > self.limits.body_bytes {
            self.notes.add(Defect::BodyTooLong);
            text.truncate(text.floor_char_boundary(self.limits.body_bytes));
        }
        text
    }

    /// Where the message has no body of its own, the one inside `winmail.dat` is it.
    fn unwrap_body(&mut self, segments: &mut Vec<Segment>) {
        let mut wrapped = std::mem::take(&mut self.wrapped);
        let is_bare = segments
            .iter()
            .all(|one| is_blank(one.plain.as_deref()) && is_blank(one.html.as_deref()));
        let (mut shows_text, mut shows_html) = (false, false);
        if is_bare {
            let plain = wrapped.text.take().map(|text| self.bounded(&text));
            let html = wrapped.html.take().map(|html| self.bounded(&html));
            (shows_text, shows_html) = (plain.is_some(), html.is_some());
            if shows_text || shows_html {
                segments.clear();
                segments.push(Segment { plain, html });
            }
        }
        self.attachments
            .extend(wrapped.into_file(shows_text, shows_html));
    }

    fn attach(&mut self, node: &Node<'_>, place: Place) {
        let bytes = transfer::decode(node.body, &node.encoding, self.notes);
        if let Some((body, files)) = winmail::open(node, &bytes, self.notes) {
            self.wrapped = body;
            self.attachments.extend(files);
            return;
        }
        let media_type = sniff(&bytes);
        if bytes.is_empty() && place != Place::Alone && name::given(node).is_none() {
            return;
        }
        self.attachments.push(Attachment {
            name: name::of(node, &bytes, media_type),
            declared_type: node.content_type.value.clone(),
            media_type,
            content_id: node.content_id.clone(),
            inline: node.disposition.value == "inline" && media_type.may_show_inline(),
            content: bytes.into_owned(),
        });
    }
}

/// Text is the message unless the sender calls it a file, or it stands behind other text and has a
/// file name.
fn is_body(node: &Node<'_>, place: Place) -> bool {
    let kind = node.content_type.value.as_str();
    let is_text = match kind {
        "" | "text" | "text/plain" | "text/html" => true,
        // A multipart without usable boundaries: better read as text than not at all.
        _ if node.content_type.is_multipart() => true,
        _ => kind.starts_with("text/") && kind != "text/calendar" && place == Place::Alone,
    };
    let is_named = name::given(node).is_some();
    let is_file = node.disposition.value == "attachment" && (is_named || place != Place::Alone);
    let named_later = place == Place::Later && is_named;
    is_text && !is_file && !named_later && place != Place::Companion
}
