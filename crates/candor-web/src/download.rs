//! Bytes that leave the house.
//!
//! Owns: under which type and name. Must not know: who may have them.

use crate::next;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A file to keep, or a picture to show as the type that its bytes have. A type that a sender
/// claimed is never repeated.
pub(crate) fn file(bytes: Vec<u8>, name: &str, shown_as: Option<&str>) -> Response {
    let (kind, place) = match shown_as.filter(|kind| is_picture(kind)) {
        Some(kind) => (kind, "inline"),
        None => ("application/octet-stream", "attachment"),
    };
    let name = next::encode(name).replace('/', "%2F");
    let disposition = format!("{place}; filename*=UTF-8''{name}");
    let mut response = bytes.into_response();
    for (header, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
    ] {
        let value = HeaderValue::from_str(value).expect("types and encoded names are plain ASCII");
        response.headers_mut().insert(header, value);
    }
    response
}

/// Pictures that browsers show and that cannot carry a script.
pub(crate) fn is_picture(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/gif" | "image/webp"
    )
}

#[cfg(test)]
mod tests {
    use super::file;
    use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

    #[test]
    fn only_a_picture_is_shown_and_no_name_leaves_its_header() {
        let page = file(Vec::new(), "ü\"; x=\r\n/../a.html", Some("text/html"));
        assert_eq!(page.headers()[CONTENT_TYPE], "application/octet-stream");
        assert_eq!(
            page.headers()[CONTENT_DISPOSITION],
            "attachment; filename*=UTF-8''%C3%BC%22%3B%20x%3D%0D%0A%2F..%2Fa.html"
        );
        let picture = file(Vec::new(), "cup.png", Some("image/png"));
        assert_eq!(picture.headers()[CONTENT_TYPE], "image/png");
    }
}
