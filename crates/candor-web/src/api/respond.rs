//! Writing answers.
//!
//! Owns: JSON answers with `ETag` and `Location`, lists with their cursor. Must not know: what is
//! listed.

use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use candor_desk::once::Answer;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Send it as `cursor` for the next page; `null` at the end.
    pub next_cursor: Option<String>,
}

impl<T> List<T> {
    /// A list that is all there.
    pub(super) fn whole(items: Vec<T>) -> Self {
        Self {
            items,
            next_cursor: None,
        }
    }
}

/// The version of a resource. The tag also holds a print of the body, because a due time can change
/// alone; `If-Match` looks at the version only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ETag(pub(super) i64);

impl ETag {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let number = text.strip_prefix('"')?.strip_suffix('"')?;
        let version = number
            .split_once('-')
            .map_or(number, |(version, _)| version);
        version.parse().ok().map(Self)
    }

    fn of(self, body: &str) -> HeaderValue {
        let print = hex::encode(&Sha256::digest(body)[..6]);
        let tag = format!("\"{}-{print}\"", self.0);
        HeaderValue::from_str(&tag).expect("digits and quotes are ASCII")
    }
}

/// An answer that can be kept: its body holds everything that its headers say.
pub(super) fn answer(status: StatusCode, body: &impl Serialize) -> Answer {
    Answer {
        status: status.as_u16(),
        body: text(body),
    }
}

/// The body as text; our own shapes always serialise.
fn text(body: &impl Serialize) -> String {
    serde_json::to_string(body).expect("shapes hold texts, numbers and lists")
}

/// The response of an answer, fresh or kept.
pub(super) fn written(answer: Answer) -> Response {
    #[derive(Deserialize)]
    struct Known {
        url: Option<String>,
        version: Option<i64>,
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let known: Option<Known> = serde_json::from_str(&answer.body).ok();
    let tag = known.as_ref().and_then(|known| known.version);
    let tag = tag.map(|version| ETag(version).of(&answer.body));
    let mut response = json(status, answer.body);
    let headers = response.headers_mut();
    if let Some(known) = known {
        if let Some(tag) = tag {
            headers.insert(ETAG, tag);
        }
        let place = known.url.and_then(|url| HeaderValue::from_str(&url).ok());
        if let Some(place) = place.filter(|_| status == StatusCode::CREATED) {
            headers.insert(LOCATION, place);
        }
    }
    response
}

/// A resource; nothing but its version where the caller has that one already.
pub(super) fn fresh(headers: &HeaderMap, body: &impl Serialize, version: i64) -> Response {
    let answer = answer(StatusCode::OK, body);
    let tag = ETag(version).of(&answer.body);
    if headers.get(IF_NONE_MATCH) == Some(&tag) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        response.headers_mut().insert(ETAG, tag);
        return response;
    }
    written(answer)
}

/// Any JSON.
pub(super) fn ok(body: &impl Serialize) -> Response {
    json(StatusCode::OK, text(body))
}

fn json(status: StatusCode, body: String) -> Response {
    let mut response = (status, body).into_response();
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// Writes numbers as a cursor. Its holder could write it too: it opens nothing.
pub(super) fn cursor(numbers: &[i64]) -> String {
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    URL_SAFE_NO_PAD.encode(words.join("."))
}

/// Reads the numbers of a cursor.
pub(super) fn read_cursor<const N: usize>(text: &str) -> Option<[i64; N]> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let numbers: Option<Vec<i64>> = std::str::from_utf8(&bytes)
        .ok()?
        .split('.')
        .map(|word| word.parse().ok())
        .collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{ETag, cursor, read_cursor};

    #[test]
    fn a_cursor_reads_as_it_was_written_and_nothing_else_reads() {
        assert_eq!(read_cursor(&cursor(&[17, 4])), Some([17, 4]));
        for text in ["", "x", "17.4", &cursor(&[17]), &cursor(&[1, 2, 3])] {
            assert_eq!(read_cursor::<2>(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_strong_tag_of_ours_is_a_version() {
        assert_eq!(ETag::parse("\"12\""), Some(ETag(12)));
        for text in ["12", "W/\"12\"", "\"twelve\"", "\"", ""] {
            assert_eq!(ETag::parse(text), None, "{text}");
        }
    }
}
