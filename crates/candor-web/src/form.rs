//! Forms with files.
//!
//! Owns: reading them, with or without files. Must not know: what the fields mean.

use crate::error::PageError;
use crate::failure::Failure;
use crate::state::App;
use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use candor_desk::visitor::Handed;

/// What a form carried.
#[derive(Default)]
pub(crate) struct Sent {
    texts: Vec<(String, String)>,
    pub(crate) files: Vec<Handed>,
}

impl Sent {
    /// What stood in a field; empty where there was none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts
            .iter()
            .find(|(own, _)| own == name)
            .map_or("", |(_, text)| text.as_str())
    }
}

impl FromRequest<App> for Sent {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let kind = request.headers().get(CONTENT_TYPE);
        if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data")) {
            return Self::of_parts(request, app).await;
        }
        let Form(texts) = Form::from_request(request, app)
            .await
            .map_err(|refused| PageError(Failure::from_status(refused.status())))?;
        Ok(Self {
            texts,
            files: Vec::new(),
        })
    }
}

impl Sent {
    async fn of_parts(request: Request, app: &App) -> Result<Self, PageError> {
        let refused = |status| PageError(Failure::from_status(status));
        let mut form = Multipart::from_request(request, app)
            .await
            .map_err(|error| refused(error.status()))?;
        let mut sent = Self::default();
        while let Some(part) = form
            .next_field()
            .await
            .map_err(|error| refused(error.status()))?
        {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part
                .bytes()
                .await
                .map_err(|error| refused(error.status()))?;
            match file {
                // A file field that was left empty comes without a name and without bytes.
                Some(file) if !file.is_empty() || !bytes.is_empty() => {
                    sent.files.push((file, bytes.to_vec()));
                }
                Some(_) => {}
                None => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    sent.texts.push((name, text));
                }
            }
        }
        Ok(sent)
    }
}
