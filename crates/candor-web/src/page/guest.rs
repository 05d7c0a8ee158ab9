//! What a page for somebody who is not logged in needs of its request.
//!
//! Owns: the extractor [`Guest`]. Must not know: sessions.

use crate::cookie::{self, Flash};
use crate::error::PageError;
use crate::failure::Failure;
use crate::guard::{Client, Reader};
use crate::i18n::Texts;
use crate::layout::PlainFrame;
use crate::state::{App, client_address};
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use candor_desk::auth::{KnownDevice, Secret};

/// Somebody at the door.
pub struct Guest {
    /// The application.
    pub app: App,
    /// Their words, by what the browser accepts.
    pub t: Texts,
    /// Their internet address, for brakes; empty where unknown.
    pub address: String,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The secret of a session that the browser came with.
    pub session: Option<Secret>,
    /// The mark of a browser that somebody logged in from before.
    pub device: Option<KnownDevice>,
    flash: Option<Flash>,
}

impl FromRequestParts<App> for Guest {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let missing = || PageError(Failure::Internal);
        let reader = parts
            .extensions
            .get::<Reader>()
            .cloned()
            .ok_or_else(missing)?;
        let client = parts
            .extensions
            .get::<Client>()
            .copied()
            .ok_or_else(missing)?;
        let user_agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok());
        Ok(Self {
            t: reader.texts(app.desk.now()),
            address: client_address(&client),
            user_agent: user_agent.unwrap_or_default().to_owned(),
            session: cookie::session(&app.site, &parts.headers)
                .and_then(|text| Secret::parse(&text)),
            device: cookie::device(&parts.headers).map(|mark| KnownDevice::sent(&mark)),
            flash: Flash::read(&parts.headers),
            app: app.clone(),
        })
    }
}

impl Guest {
    /// The frame of a page that is one card.
    pub fn frame(&self, title: &str) -> PlainFrame {
        PlainFrame {
            notice: self.flash.as_ref().and_then(|flash| flash.notice(&self.t)),
            ..PlainFrame::new(title, &self.app.site.shop(), self.t.clone())
        }
    }
}
