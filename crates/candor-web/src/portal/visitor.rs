//! Who reads a customers' page.
//!
//! Owns: language and zone of the reader, the frame, the headers of every such page. Must not know:
//! tickets.

use crate::cookie::{self, Flash};
use crate::error::{PageError, PageResult, render_with};
use crate::failure::Failure;
use crate::guard::{Client, Reader};
use crate::i18n::{Language, Texts};
use crate::layout::{PortalFrame, RailLink};
use crate::state::{App, client_address};
use askama::Template;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use candor_desk::level::PromisesArePublic;
use candor_desk::mailbox::BrandOf;
use candor_desk::visitor::Origin;
use candor_domain::actor::Actor;
use candor_domain::mailbox::Brand;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// Somebody who reads a customers' page.
pub(super) struct Visitor {
    pub(super) app: App,
    pub(super) t: Texts,
    brand: Brand,
    /// Whether there is something to read on the page of promises.
    promises: bool,
    path: String,
    address: String,
    chosen: Option<Language>,
    known: bool,
    flash: Option<Flash>,
}

#[derive(Default, Deserialize)]
struct Wanted {
    lang: Option<String>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let missing = || PageError(Failure::Internal);
        let Query(wanted) = Query::<Wanted>::from_request_parts(parts, app)
            .await
            .unwrap_or_default();
        let reader = parts.extensions.get::<Reader>().ok_or_else(missing)?;
        let client = parts.extensions.get::<Client>().ok_or_else(missing)?;
        let brand = app
            .desk
            .ask(&Actor::Visitor, BrandOf { brand: None })
            .await?;
        let chosen = wanted.lang.as_deref().and_then(Language::from_code);
        let known = chosen.or_else(|| cookie::language(&parts.headers));
        reader.prefer(known.unwrap_or(reader.language()), zone(&brand));
        Ok(Self {
            t: reader.texts(app.desk.now()),
            path: parts.uri.path().to_owned(),
            address: client_address(client),
            known: known.is_some(),
            flash: Flash::read(&parts.headers),
            app: app.clone(),
            promises: app.desk.ask(&Actor::Visitor, PromisesArePublic).await?,
            brand,
            chosen,
        })
    }
}

fn zone(brand: &Brand) -> TimeZone {
    TimeZone::get(&brand.zone).unwrap_or(TimeZone::UTC)
}

impl Visitor {
    /// Follows what is known of a customer, unless the reader chose otherwise in this browser.
    pub(super) fn follow(&mut self, language: Option<&str>, brand: &Brand) {
        let own = language.and_then(Language::from_code);
        let language = own.filter(|_| !self.known).unwrap_or(self.t.language);
        self.t = Texts::new(language, zone(brand), self.app.desk.now());
        self.brand = brand.clone();
    }

    /// The frame of a page.
    pub(super) fn frame(&self, title: String) -> PortalFrame {
        let link = |id: &'static str, href: &str| RailLink {
            label: self.t.get(id),
            href: href.to_owned(),
            count: None,
            current: self.path == href,
        };
        let language = |language: Language| {
            let href = format!("{}?lang={}", self.path, language.code());
            (
                language.code().to_owned(),
                language.own_name().to_owned(),
                href,
            )
        };
        PortalFrame {
            title,
            shop: self.brand.name.clone(),
            links: {
                let ask = link(crate::i18n::key("portal-ask"), "/help/ask");
                let promises = link(crate::i18n::key("public-title"), "/help/promises");
                let promises = Some(promises).filter(|_| self.promises);
                std::iter::once(ask).chain(promises).collect()
            },
            languages: Language::ALL
                .into_iter()
                .filter(|own| *own != self.t.language)
                .map(language)
                .collect(),
            notice: self.flash.as_ref().and_then(|flash| flash.notice(&self.t)),
            t: self.t.clone(),
        }
    }

    /// Where what they send comes from.
    pub(super) fn origin(&self) -> Origin {
        Origin {
            address: self.address.clone(),
            language: self.t.code().to_owned(),
        }
    }

    /// Renders a page: no search engine keeps it, the chosen language is remembered.
    pub(super) fn render(&self, status: StatusCode, page: &impl Template) -> PageResult {
        let mut response = render_with(status, page)?;
        let headers = response.headers_mut();
        headers.insert(
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex, nofollow"),
        );
        if let Some(language) = self.chosen {
            headers.append(
                header::SET_COOKIE,
                cookie::keep_language(&self.app.site, language),
            );
        }
        if self.flash.is_some() {
            headers.append(header::SET_COOKIE, Flash::clear(&self.app.site));
        }
        Ok(response)
    }

    /// Leads on to a page, which tells what was done.
    pub(super) fn lead_to(&self, path: &str, told: &Flash) -> Response {
        let mut response = Redirect::to(path).into_response();
        response
            .headers_mut()
            .append(header::SET_COOKIE, told.set(&self.app.site));
        response
    }
}
