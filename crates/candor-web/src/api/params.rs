//! Reading the query of an address strictly.
//!
//! Owns: known names, numbers, cursors. Must not know: what is listed.

use super::fields::unknown_name;
use super::respond::read_cursor;
use crate::error::{ApiError, ApiResult};
use crate::failure::{Failure, FieldFault};
use crate::i18n::key;
use crate::state::App;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use std::borrow::Cow;

/// Entries on a page where nothing is said.
const USUAL: usize = 50;
/// Most entries on a page.
const MOST: usize = 100;

/// The names and values after the question mark.
pub(super) struct Params(Vec<(String, String)>);

impl FromRequestParts<App> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, app)
            .await
            .map_err(|_| ApiError(Failure::Unreadable))?;
        Ok(Self(pairs))
    }
}

impl Params {
    /// Refuses names that are not among these.
    pub(super) fn knowing(self, known: &[&str]) -> ApiResult<Self> {
        let faults: Vec<FieldFault> = self
            .0
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()))
            .map(|(name, _)| unknown_name(name, name, known))
            .collect();
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(ApiError(Failure::Invalid(faults)))
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// How many entries are wanted.
    pub(super) fn limit(&self) -> ApiResult<usize> {
        match self.get("limit") {
            None => Ok(USUAL),
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=MOST).contains(limit))
                .ok_or_else(|| refused("limit", key("error-field-limit"), "")),
        }
    }

    /// A positive number.
    pub(super) fn number(&self, name: &str) -> ApiResult<Option<i64>> {
        self.get(name)
            .map(|text| {
                let number = text.parse().ok().filter(|number: &i64| *number > 0);
                number.ok_or_else(|| refused(name, key("error-field-number"), ""))
            })
            .transpose()
    }

    /// Where the page before ended.
    pub(super) fn cursor<const N: usize>(&self) -> ApiResult<Option<[i64; N]>> {
        self.get("cursor")
            .map(|text| {
                read_cursor(text).ok_or_else(|| refused("cursor", key("error-field-cursor"), ""))
            })
            .transpose()
    }
}

/// One name that cannot have this value.
pub(super) fn refused(name: &str, text: &'static str, words: &str) -> ApiError {
    let mut fault = FieldFault::new("", text);
    if !words.is_empty() {
        fault = fault.with("words", &words);
    }
    fault.field = Cow::Owned(name.to_owned());
    ApiError(Failure::Invalid(vec![fault]))
}
