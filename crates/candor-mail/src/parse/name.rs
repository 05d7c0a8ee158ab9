//! File names of attachments.
//!
//! Owns: what a file is called, also when the sender did not say. Must not know: where it is kept.

use super::tree::Node;
use super::{Notes, charset, encoded_word, header};
use crate::MediaType;
use crate::file_name::harmless;

/// The name that the sender gave, made harmless.
pub(super) fn given(node: &Node<'_>) -> Option<String> {
    let file_name = node.disposition.decoded_parameter("filename");
    let other_name = node.content_type.decoded_parameter("name");
    // Some programs write the name twice and spoil it in the first place.
    let spoiled = |name: &String| name.contains(['?', char::REPLACEMENT_CHARACTER]);
    let prefer_other = file_name.as_ref().is_none_or(spoiled)
        && other_name.as_ref().is_some_and(|name| !spoiled(name));
    (if prefer_other { other_name } else { file_name })
        .map(|name| harmless(&name))
        .filter(|name| !name.is_empty())
}

/// The name to show: the given one, the subject of a nested message, or one by type.
pub(super) fn of(node: &Node<'_>, bytes: &[u8], media_type: MediaType) -> String {
    given(node).unwrap_or_else(|| {
        if node.content_type.is_message() {
            return subject(bytes).map_or_else(|| "message.eml".into(), |s| format!("{s}.eml"));
        }
        by_type(&node.content_type.value, media_type)
    })
}

fn subject(message: &[u8]) -> Option<String> {
    let mut ignored = Notes::default();
    let (headers, _) = header::split(message, 64 * 1024, &mut ignored);
    let value = headers.first("subject")?;
    let text = encoded_word::decode(&charset::header_text(value, None, &mut ignored));
    let name = harmless(&text.replace(['/', '\\'], "-"));
    let name = name.trim_end_matches('.').to_owned();
    (!name.is_empty()).then_some(name)
}

/// A name for a file of this type.
pub(super) fn by_type(declared: &str, media_type: MediaType) -> String {
    let name = match declared {
        "text/calendar" => "invite.ics",
        "text/csv" => "table.csv",
        "text/vcard" | "text/x-vcard" => "contact.vcf",
        "text/rtf" | "application/rtf" => "document.rtf",
        "message/delivery-status" => "delivery-status.txt",
        "message/disposition-notification" => "disposition-notification.txt",
        "message/feedback-report" => "feedback-report.txt",
        "text/rfc822-headers" => "headers.txt",
        "application/pgp-signature" => "signature.asc",
        "application/pgp-encrypted" => "version.asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime.p7s",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "smime.p7m",
        "application/ms-tnef" => "winmail.dat",
        _ => return by_bytes(declared, media_type),
    };
    name.to_owned()
}

fn by_bytes(declared: &str, media_type: MediaType) -> String {
    let (group, _) = declared.split_once('/').unwrap_or((declared, ""));
    let stem = match group {
        "image" | "audio" | "video" | "text" => group,
        _ if media_type.may_show_inline() => "image",
        _ => "attachment",
    };
    let extension = match (media_type, declared) {
        (MediaType::Png, _) | (_, "image/png") => "png",
        (MediaType::Jpeg, _) | (_, "image/jpeg" | "image/jpg") => "jpg",
        (MediaType::Gif, _) | (_, "image/gif") => "gif",
        (MediaType::Webp, _) | (_, "image/webp") => "webp",
        (MediaType::Pdf, _) | (_, "application/pdf") => "pdf",
        (MediaType::Zip, _) => "zip",
        (MediaType::Svg, _) => "svg",
        (MediaType::Html, _) | (_, "text/html") => "html",
        (MediaType::Xml, _) => "xml",
        (MediaType::Text, _) | (_, "text/plain") => "txt",
        (_, "audio/mpeg") => "mp3",
        (_, "video/mp4") => "mp4",
        _ => "bin",
    };
    format!("{stem}.{extension}")
}
