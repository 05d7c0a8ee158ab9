//! What a file is, by its bytes.
//!
//! Owns: magic numbers and the rule which types may be shown inside a page. Must not know: the
//! type or the file name that a sender claims.

/// A type that matters for showing or refusing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MediaType {
    /// `image/png`
    Png,
    /// `image/jpeg`
    Jpeg,
    /// `image/gif`
    Gif,
    /// `image/webp`
    Webp,
    /// `application/pdf`
    Pdf,
    /// `application/zip`, office documents included
    Zip,
    /// `image/svg+xml`: may carry scripts, never shown inline
    Svg,
    /// `text/html`
    Html,
    /// `application/xml`
    Xml,
    /// `message/rfc822`
    Message,
    /// `text/plain`
    Text,
    /// `application/octet-stream`
    Unknown,
}

impl MediaType {
    /// The MIME name, fit for a `Content-Type` header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Svg => "image/svg+xml",
            Self::Html => "text/html",
            Self::Xml => "application/xml",
            Self::Message => "message/rfc822",
            Self::Text => "text/plain",
            Self::Unknown => "application/octet-stream",
        }
    }

    /// Reads a name that [`MediaType::as_str`] wrote; everything else is unknown.
    pub fn from_name(name: &str) -> Self {
        let known = [
            Self::Png,
            Self::Jpeg,
            Self::Gif,
            Self::Webp,
            Self::Pdf,
            Self::Zip,
            Self::Svg,
            Self::Html,
            Self::Xml,
            Self::Message,
            Self::Text,
        ];
        known
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Unknown)
    }

    /// True for the four image types that no browser runs scripts from.
    pub fn may_show_inline(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }
}

/// How far text is looked at: markup names itself early.
const HEAD: usize = 1024;

/// Tells a file's type from its bytes alone.
pub fn sniff(bytes: &[u8]) -> MediaType {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => MediaType::Png,
        [0xff, 0xd8, 0xff, ..] => MediaType::Jpeg,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => MediaType::Gif,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => MediaType::Webp,
        [b'%', b'P', b'D', b'F', b'-', ..] => MediaType::Pdf,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => MediaType::Zip,
        _ => sniff_text(&bytes[..bytes.len().min(HEAD)]),
    }
}

fn sniff_text(head: &[u8]) -> MediaType {
    if head.is_empty()
        || head
            .iter()
            .any(|&b| b == 0 || (b < 0x20 && !b"\t\n\x0c\r\x1b".contains(&b)))
    {
        return MediaType::Unknown;
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.contains("<svg") {
        return MediaType::Svg;
    }
    let opens_markup = text.starts_with('<');
    let html = [
        "<html",
        "<!doctype html",
        "<script",
        "<body",
        "<head",
        "<iframe",
        "<table",
        "<div",
    ];
    if opens_markup && html.iter().any(|tag| text.contains(tag)) {
        return MediaType::Html;
    }
    if text.starts_with("<?xml") {
        return MediaType::Xml;
    }
    MediaType::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_and_not_the_name() {
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\nrest"[..], MediaType::Png),
            (b"\xff\xd8\xff\xe0", MediaType::Jpeg),
            (b"GIF89a", MediaType::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", MediaType::Webp),
            (b"%PDF-1.7", MediaType::Pdf),
            (b"PK\x03\x04", MediaType::Zip),
            (b"<?xml version='1.0'?>\n<svg onload='x'/>", MediaType::Svg),
            (b"  <SVG/onload=x>", MediaType::Svg),
            (b"\xef\xbb\xbf<!DOCTYPE HTML><p>", MediaType::Html),
            (b"<?xml version='1.0'?><feed/>", MediaType::Xml),
            (b"Dear team,", MediaType::Text),
            (b"\0\x01\x02", MediaType::Unknown),
            (b"", MediaType::Unknown),
        ] {
            assert_eq!(
                sniff(bytes),
                expected,
                "{:?}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn only_plain_pictures_are_shown_inline() {
        assert!(MediaType::Webp.may_show_inline());
        assert_eq!(MediaType::from_name("image/png; x"), MediaType::Unknown);
        for other in [
            MediaType::Svg,
            MediaType::Pdf,
            MediaType::Html,
            MediaType::Text,
        ] {
            assert!(!other.may_show_inline(), "{other:?}");
            assert_eq!(MediaType::from_name(other.as_str()), other);
        }
    }
}
