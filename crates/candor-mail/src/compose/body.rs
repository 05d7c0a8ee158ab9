//! The body of a mail of ours.
//!
//! Owns: plain text and HTML of a reply, and how parts nest. Must not know: header fields of the
//! message.

use candor_domain::text::one_line;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::{BodyPart, MimePart};
use sha2::{Digest, Sha256};

use super::{Outgoing, OutgoingAttachment, Quoted};
use crate::file_name::harmless;
use crate::markdown::{escape, markdown_to_html_with, markdown_to_text};

pub(super) fn build(mail: &Outgoing) -> MimePart<'_> {
    let boundaries = Boundaries::of(mail);
    let alternative = boundaries.group(
        "alternative",
        vec![
            MimePart::new("text/plain", crlf(&plain(mail))),
            MimePart::new("text/html", crlf(&html(mail))),
        ],
    );
    let (pictures, files): (Vec<_>, Vec<_>) = mail
        .attachments
        .iter()
        .partition(|file| content_id(file).is_some());
    let text = if pictures.is_empty() {
        alternative
    } else {
        let pictures = pictures.into_iter().map(file_part);
        boundaries.group(
            "related",
            std::iter::once(alternative).chain(pictures).collect(),
        )
    };
    if files.is_empty() {
        return text;
    }
    let files = files.into_iter().map(file_part);
    boundaries.group("mixed", std::iter::once(text).chain(files).collect())
}

/// Boundaries made from a digest of everything inside, so that none of it can contain them and the
/// same mail has the same bytes.
struct Boundaries(String);

impl Boundaries {
    fn of(mail: &Outgoing) -> Self {
        let mut hash = Sha256::new();
        hash.update(mail.message_id.as_str());
        hash.update(&mail.markdown);
        if let Some(quoted) = &mail.quoted {
            hash.update(&quoted.text);
        }
        for file in &mail.attachments {
            hash.update(Sha256::digest(&file.content));
        }
        let digest = hash.finalize();
        Self(hex(&digest[..12]))
    }

    fn group<'a>(&self, kind: &str, parts: Vec<MimePart<'a>>) -> MimePart<'a> {
        let boundary = format!("=_{kind}_{}", self.0);
        let content_type =
            ContentType::new(format!("multipart/{kind}")).attribute("boundary", boundary);
        MimePart::new(content_type, BodyPart::Multipart(parts))
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

fn plain(mail: &Outgoing) -> String {
    let mut text = String::new();
    if let Some(delimiter) = &mail.delimiter {
        text.push_str(&one_line(delimiter, 200));
        text.push_str("\n\n");
    }
    text.push_str(&markdown_to_text(&mail.markdown));
    text.push('\n');
    if let Some(quoted) = &mail.quoted {
        text.push('\n');
        text.push_str(&one_line(&quoted.introduction, 300));
        text.push('\n');
        for line in quoted.text.lines() {
            text.push_str(if line.is_empty() { ">" } else { "> " });
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn html(mail: &Outgoing) -> String {
    let own: Vec<&str> = mail.attachments.iter().filter_map(content_id).collect();
    let mut html = String::from("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>");
    if let Some(delimiter) = &mail.delimiter {
        let line = escape(&one_line(delimiter, 200));
        html.push_str("<p style=\"color:#6b7280;font-size:small\">");
        html.push_str(&line);
        html.push_str("</p>\n");
    }
    html.push_str(markdown_to_html_with(&mail.markdown, &own).as_str());
    if let Some(quoted) = &mail.quoted {
        html.push_str(&quoted_html(quoted));
    }
    html.push_str("</body></html>\n");
    html
}

fn quoted_html(quoted: &Quoted) -> String {
    let introduction = escape(&one_line(&quoted.introduction, 300));
    let lines: Vec<String> = quoted.text.lines().map(escape).collect();
    format!(
        "<p>{introduction}</p>\n<blockquote type=\"cite\">{}</blockquote>\n",
        lines.join("<br>\n")
    )
}

fn file_part(file: &OutgoingAttachment) -> MimePart<'_> {
    let name = file_name(&file.name);
    let content_type =
        ContentType::new(media_type(&file.media_type)).attribute("name", name.clone());
    let part = MimePart::new(content_type, file.content.as_slice());
    // Base64 for everything: a text file arrives with the very bytes that were attached.
    let part = part.transfer_encoding("base64");
    let body = base64_lines(&file.content);
    let part = MimePart {
        contents: BodyPart::Binary(body.into()),
        ..part
    };
    match content_id(file) {
        Some(id) => part
            .header(
                "Content-Disposition",
                ContentType::new("inline").attribute("filename", name),
            )
            .cid(id),
        None => part.attachment(name),
    }
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut lines = Vec::with_capacity(encoded.len() + encoded.len() / 38 + 2);
    for line in encoded.as_bytes().chunks(76) {
        lines.extend_from_slice(line);
        lines.extend_from_slice(b"\r\n");
    }
    lines
}

fn file_name(name: &str) -> String {
    let name = harmless(&name.replace(['/', '\\'], "-"));
    if name.is_empty() { "file".into() } else { name }
}

fn media_type(text: &str) -> String {
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-.+_".contains(&b))
    };
    match text.split_once('/') {
        Some((kind, subtype)) if token(kind) && token(subtype) && kind != "multipart" => {
            text.to_ascii_lowercase()
        }
        _ => "application/octet-stream".into(),
    }
}

/// A usable content id; one that could break its header does not count.
fn content_id(file: &OutgoingAttachment) -> Option<&str> {
    file.content_id.as_deref().filter(|id| {
        !id.is_empty()
            && id.len() <= 200
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._@".contains(&b))
    })
}

fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\n', "\r\n")
}
