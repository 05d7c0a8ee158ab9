//! What comes out of a `winmail.dat`, as parts of the message.
//!
//! Owns: when it is opened and where its body goes. Must not know: its format.

use super::tree::Node;
use super::{Notes, name};
use crate::tnef::{self, Unpacked, UnpackedFile};
use crate::{Attachment, Defect, sniff};

/// The body that travelled inside.
#[derive(Default)]
pub(super) struct WrappedBody {
    pub text: Option<String>,
    pub html: Option<String>,
    rtf: Option<Vec<u8>>,
}

/// Opens the part; `None` when it is none or nothing is in it, so that it stays a file.
pub(super) fn open(
    node: &Node<'_>,
    bytes: &[u8],
    notes: &mut Notes,
) -> Option<(WrappedBody, Vec<Attachment>)> {
    let kind = node.content_type.value.as_str();
    let by_type = matches!(kind, "application/ms-tnef" | "application/vnd.ms-tnef");
    let by_name = || name::given(node).is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"));
    if !by_type && !by_name() {
        return None;
    }
    let Some(found) = tnef::unpack(bytes) else {
        notes.add(Defect::BrokenTnef);
        return None;
    };
    let Unpacked {
        text,
        html,
        rtf,
        files,
        complete,
    } = found;
    let body = WrappedBody {
        text: text.filter(|text| !text.trim().is_empty()),
        html: html.filter(|html| !html.trim().is_empty()),
        rtf: rtf.filter(|rtf| !rtf.is_empty()),
    };
    let mut files: Vec<Attachment> = files.into_iter().map(attachment).collect();
    if !complete {
        // Nothing is lost: what could not be opened stays beside what could.
        notes.add(Defect::BrokenTnef);
        files.push(file(
            name::of(node, bytes, sniff(bytes)),
            kind,
            bytes.to_vec(),
        ));
    }
    let empty = body.text.is_none() && body.html.is_none() && body.rtf.is_none();
    (!files.is_empty() || !empty).then_some((body, files))
}

impl WrappedBody {
    /// The richest form that is not shown as the message, as a file.
    pub(super) fn into_file(self, shows_text: bool, shows_html: bool) -> Option<Attachment> {
        if let Some(rtf) = self.rtf {
            return Some(file("body.rtf".into(), "text/rtf", rtf));
        }
        if let Some(html) = self.html.filter(|_| !shows_html) {
            return Some(file("body.html".into(), "text/html", html.into_bytes()));
        }
        let text = self.text.filter(|_| !shows_text && !shows_html)?;
        Some(file("body.txt".into(), "text/plain", text.into_bytes()))
    }
}

fn attachment(unpacked: UnpackedFile) -> Attachment {
    let kind = unpacked
        .declared_type
        .filter(|kind| kind.contains('/') && kind.is_ascii() && kind.len() < 128)
        .unwrap_or_else(|| "application/octet-stream".to_owned());
    let media_type = sniff(&unpacked.content);
    let given = unpacked.name.map(|name| crate::file_name::harmless(&name));
    let name = given
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| name::by_type(&kind, media_type));
    let mut file = file(name, &kind, unpacked.content);
    file.content_id = unpacked
        .content_id
        .map(|id| id.trim_matches(['<', '>', ' ']).to_owned())
        .filter(|id| !id.is_empty() && id.len() <= 500);
    file
}

fn file(name: String, kind: &str, content: Vec<u8>) -> Attachment {
    Attachment {
        name,
        declared_type: kind.to_owned(),
        media_type: sniff(&content),
        content_id: None,
        inline: false,
        content,
    }
}
