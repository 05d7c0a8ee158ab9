//! The documentation of the API, as a document for programs and as a page for people.
//!
//! Owns: `/api/v1/openapi.json` and `/api/docs`. Must not know: any operation; the page is made
//! from the document.

mod entry;

use super::document::openapi;
use super::respond::ok;
use crate::error::{PageResult, render};
use crate::guard::{Reader, Scriptless};
use crate::i18n::Texts;
use crate::layout::PlainFrame;
use crate::state::App;
use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use entry::{Group, Prose, Shape, groups, shapes};

/// `GET /api/v1/openapi.json`
pub(super) async fn document() -> Response {
    ok(&openapi())
}

#[derive(Template)]
#[template(path = "api/docs.html")]
struct Docs {
    frame: PlainFrame,
    t: Texts,
    version: String,
    about: Vec<Prose>,
    groups: Vec<Group>,
    shapes: Vec<Shape>,
}

/// `GET /api/docs`
pub(super) async fn show(
    State(app): State<App>,
    Extension(reader): Extension<Reader>,
) -> PageResult {
    let t = reader.texts(app.desk.now());
    let document = serde_json::to_value(openapi()).unwrap_or_default();
    let about = document["info"]["description"].as_str().unwrap_or_default();
    let page = Docs {
        frame: PlainFrame::new(&t.get("docs-title"), &app.site.shop(), t.clone()),
        version: document["info"]["version"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        about: about
            .split("\n\n")
            .map(|text| Prose(text.to_owned()))
            .collect(),
        groups: groups(&document),
        shapes: shapes(&document),
        t,
    };
    let mut response = render(&page)?;
    response.extensions_mut().insert(Scriptless);
    Ok(response)
}
