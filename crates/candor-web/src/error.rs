//! How a failure is shown: a page with a way out, or `application/problem+json` (RFC 9457).
//!
//! Owns: both forms of the same failure. Must not know: where it came from.
//!
//! A handler's error carries only the [`Failure`]; [`crate::guard`] turns it into words once the
//! reader's language is known.

use askama::Template;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::failure::Failure;
use crate::i18n::Texts;
use crate::layout::PlainFrame;

/// What a page handler answers with.
pub type PageResult = Result<Response, PageError>;

/// What an API handler answers with.
pub type ApiResult<T> = Result<T, ApiError>;

/// A failure on its way to a page.
#[derive(Debug)]
pub struct PageError(pub Failure);

/// A failure on its way to a problem document.
#[derive(Debug)]
pub struct ApiError(pub Failure);

impl<T: Into<Failure>> From<T> for PageError {
    fn from(failure: T) -> Self {
        Self(failure.into())
    }
}

impl<T: Into<Failure>> From<T> for ApiError {
    fn from(failure: T) -> Self {
        Self(failure.into())
    }
}

/// To whom an answer speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// A person in a browser.
    Page,
    /// A program.
    Api,
}

impl Face {
    /// The face that a path belongs to.
    pub fn of_path(path: &str) -> Self {
        if path.starts_with("/api/") {
            Self::Api
        } else {
            Self::Page
        }
    }
}

/// The mark on a response whose words are still to be written.
#[derive(Debug, Clone)]
pub(crate) struct Unworded {
    failure: Failure,
    face: Option<Face>,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        unworded(self.0, None)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        unworded(self.0, Some(Face::Api))
    }
}

fn unworded(failure: Failure, face: Option<Face>) -> Response {
    let mut response = failure.status().into_response();
    response.extensions_mut().insert(Unworded { failure, face });
    response
}

/// Renders a page; a template that fails is our own mistake and shown as such.
pub fn render(page: &impl Template) -> PageResult {
    render_with(StatusCode::OK, page)
}

/// Renders a page with a status, such as 422 for a form that is shown again with its faults.
pub fn render_with(status: StatusCode, page: &impl Template) -> PageResult {
    match page.render() {
        Ok(html) => Ok((status, axum::response::Html(html)).into_response()),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            Err(PageError(Failure::Internal))
        }
    }
}

/// What the words of a failure depend on.
pub(crate) struct Setting<'a> {
    pub(crate) t: Texts,
    pub(crate) shop: String,
    pub(crate) path_and_query: &'a str,
    pub(crate) request_id: &'a str,
}

/// Words a response that a handler, the doorkeeper or axum itself left bare.
pub(crate) fn word(response: Response, setting: &Setting<'_>) -> Response {
    let status = response.status();
    let path = setting.path_and_query;
    let (failure, face) = match response.extensions().get::<Unworded>() {
        Some(mark) => (mark.failure.clone(), mark.face),
        None if is_bare(&response) => (Failure::from_status(status), None),
        None => return response,
    };
    let mut worded = match face.unwrap_or_else(|| Face::of_path(path)) {
        Face::Api => problem(&failure, status, setting),
        Face::Page if failure == Failure::SignIn => {
            let next = crate::next::encode(path);
            Redirect::to(&format!("/login?next={next}")).into_response()
        }
        Face::Page => error_page(&failure, status, setting),
    };
    if let Some(allow) = response.headers().get(header::ALLOW) {
        worded.headers_mut().insert(header::ALLOW, allow.clone());
    }
    if let Failure::SlowDown { retry_after_s } = failure {
        let wait = HeaderValue::from(retry_after_s);
        worded.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    worded
}

/// Whether an error answer was written by axum's extractors, in English, for nobody in particular.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    (status.is_client_error() || status.is_server_error())
        && kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

#[derive(Template)]
#[template(path = "error/page.html")]
struct ErrorPage {
    frame: PlainFrame,
    t: Texts,
    what: String,
    safe: String,
    next: String,
    faults: Vec<String>,
    request_id: String,
    home: &'static str,
}

fn error_page(failure: &Failure, status: StatusCode, setting: &Setting<'_>) -> Response {
    let t = setting.t.clone();
    let key = failure.key();
    let what = t.get(format!("error-{key}-what"));
    let page = ErrorPage {
        frame: PlainFrame::new(&what, &setting.shop, t.clone()),
        safe: t.get(format!("error-{key}-safe")),
        next: next_step(failure, &t),
        faults: field_faults(failure)
            .iter()
            .map(|fault| fault.words(&t))
            .collect(),
        request_id: setting.request_id.to_owned(),
        home: home(setting.path_and_query),
        what,
        t,
    };
    match page.render() {
        Ok(html) => (status, axum::response::Html(html)).into_response(),
        Err(_) => status.into_response(),
    }
}

/// Where the way out leads: customers stay among their own pages.
fn home(path: &str) -> &'static str {
    if path == "/help" || path.starts_with("/help/") {
        "/help"
    } else {
        "/"
    }
}

/// What to do next, with the values that the sentence names.
fn next_step(failure: &Failure, t: &Texts) -> String {
    let values = failure.values();
    let values: Vec<_> = values
        .iter()
        .map(|(name, value)| (*name, value as &dyn crate::i18n::Argument))
        .collect();
    t.args(format!("error-{}-next", failure.key()), &values)
}

fn field_faults(failure: &Failure) -> &[crate::failure::FieldFault] {
    match failure {
        Failure::Invalid(faults) => faults,
        _ => &[],
    }
}

#[derive(Serialize)]
struct ProblemDocument<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    instance: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemField>,
}

#[derive(Serialize)]
struct ProblemField {
    field: String,
    detail: String,
}

fn problem(failure: &Failure, status: StatusCode, setting: &Setting<'_>) -> Response {
    let t = &setting.t;
    let key = failure.key();
    let document = ProblemDocument {
        r#type: format!("urn:candor:problem:{key}"),
        title: t.get(format!("error-{key}-what")),
        status: status.as_u16(),
        detail: next_step(failure, t),
        instance: setting.request_id,
        errors: field_faults(failure)
            .iter()
            .map(|fault| ProblemField {
                field: fault.field.clone().into_owned(),
                detail: fault.words(t),
            })
            .collect(),
    };
    let mut response = (status, Json(document)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    if status == StatusCode::UNAUTHORIZED {
        let scheme = HeaderValue::from_static("Bearer");
        headers.insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}
