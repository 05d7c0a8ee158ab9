//! Reading JSON bodies strictly.
//!
//! Owns: content type, syntax with line and column, fields by name and type; all faults at once.
//! Must not know: what a field means.

use crate::error::{ApiError, ApiResult};
use crate::failure::{Failure, FieldFault};
use crate::i18n::key;
use crate::state::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use candor_desk::ticket::Edit;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// A JSON object, as it came, and the hash of the whole request.
pub(super) struct Body {
    pub(super) value: Value,
    pub(super) request: [u8; 32],
}

impl FromRequest<App> for Body {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> ApiResult<Self> {
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(ApiError(Failure::WrongMediaType));
        }
        let mut hash = Sha256::new();
        hash.update(request.method().as_str());
        hash.update(request.uri().path());
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|refused| ApiError(Failure::from_status(refused.status())))?;
        hash.update([0]);
        hash.update(&bytes);
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            ApiError(Failure::BrokenJson {
                line: error.line(),
                column: error.column(),
            })
        })?;
        Ok(Self {
            value,
            request: hash.finalize().into(),
        })
    }
}

/// The fields of one object, read one by one.
pub(super) struct Fields {
    within: &'static str,
    map: Map<String, Value>,
    faults: Vec<FieldFault>,
}

impl Fields {
    /// The fields of a body.
    pub(super) fn of(value: Value, known: &[&str]) -> ApiResult<Self> {
        match value {
            Value::Object(map) => Ok(Self::checked(map, known, "")),
            _ => Err(ApiError(Failure::Invalid(vec![FieldFault::new(
                "body",
                key("error-field-object"),
            )]))),
        }
    }

    fn checked(map: Map<String, Value>, known: &[&str], within: &'static str) -> Self {
        let unknown = map.keys().filter(|name| !known.contains(&name.as_str()));
        let faults = unknown
            .map(|name| unknown_name(&format!("{within}{name}"), name, known))
            .collect();
        Self {
            within,
            map,
            faults,
        }
    }

    /// Refuses with all that was wrong.
    pub(super) fn done(self) -> ApiResult<()> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(ApiError(Failure::Invalid(self.faults)))
        }
    }

    /// Takes the faults of an object inside this one.
    pub(super) fn join(&mut self, inner: Self) {
        self.faults.extend(inner.faults);
    }

    pub(super) fn refuse(&mut self, name: &str, text: &'static str, words: &str) {
        let mut fault = FieldFault::new("", text);
        fault.field = Cow::Owned(format!("{}{name}", self.within));
        if !words.is_empty() {
            fault = fault.with("words", &words);
        }
        self.faults.push(fault);
    }

    /// A field that may be left out or be `null`.
    pub(super) fn optional(&self, name: &str) -> Option<Value> {
        self.map.get(name).filter(|value| !value.is_null()).cloned()
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        match self.optional(name)? {
            Value::String(text) => Some(text),
            _ => self.none(name, key("error-field-text")),
        }
    }

    pub(super) fn required_text(&mut self, name: &str) -> String {
        if self.optional(name).is_none() {
            self.refuse(name, key("error-field-missing"), "");
        }
        self.text(name).unwrap_or_default()
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        match self.optional(name)? {
            Value::Bool(flag) => Some(flag),
            _ => self.none(name, key("error-field-flag")),
        }
    }

    /// A positive whole number, written as one.
    pub(super) fn number(&mut self, name: &str) -> Option<i64> {
        match self.optional(name)?.as_i64().filter(|number| *number > 0) {
            Some(number) => Some(number),
            None => self.none(name, key("error-field-number")),
        }
    }

    pub(super) fn required_number(&mut self, name: &str) -> i64 {
        if self.optional(name).is_none() {
            self.refuse(name, key("error-field-missing"), "");
        }
        self.number(name).unwrap_or_default()
    }

    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let Value::Array(items) = self.optional(name)? else {
            return self.none(name, key("error-field-list"));
        };
        let texts: Option<Vec<String>> = items
            .iter()
            .map(|item| item.as_str().map(str::to_owned))
            .collect();
        texts.or_else(|| self.none(name, key("error-field-list")))
    }

    /// Positive whole numbers.
    pub(super) fn numbers(&mut self, name: &str) -> Option<Vec<i64>> {
        let Value::Array(items) = self.optional(name)? else {
            return self.none(name, key("error-field-numbers"));
        };
        let number = |item: &Value| item.as_i64().filter(|number| *number > 0);
        let numbers: Option<Vec<i64>> = items.iter().map(number).collect();
        numbers.or_else(|| self.none(name, key("error-field-numbers")))
    }

    /// One of several words.
    pub(super) fn word<T: Copy>(
        &mut self,
        name: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(name)?;
        let found = all.iter().copied().find(|word| as_str(*word) == text);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|word| as_str(*word)).collect();
            self.refuse(name, key("error-field-word"), &words.join(", "));
        }
        found
    }

    /// A field that `null` empties.
    pub(super) fn clearable<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Edit<T> {
        match self.map.get(name) {
            None => Edit::Keep,
            Some(Value::Null) => Edit::Clear,
            Some(_) => read(self, name).map_or(Edit::Keep, Edit::Set),
        }
    }

    /// A field that has a value or is left out.
    pub(super) fn settable<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        if self.map.get(name)?.is_null() {
            return self.none(name, key("error-field-null"));
        }
        read(self, name)
    }

    /// An object inside this one; `within` ends with a dot.
    pub(super) fn required_object(
        &mut self,
        name: &str,
        known: &[&str],
        within: &'static str,
    ) -> Self {
        match self.optional(name) {
            Some(Value::Object(map)) => return Self::checked(map, known, within),
            Some(_) => self.refuse(name, key("error-field-object"), ""),
            None => self.refuse(name, key("error-field-missing"), ""),
        }
        // What is missing in it is no fault of its own any more.
        let nothing = known
            .iter()
            .map(|name| ((*name).to_owned(), Value::from("")));
        Self::checked(nothing.collect(), known, within)
    }

    fn none<T>(&mut self, name: &str, text: &'static str) -> Option<T> {
        self.refuse(name, text, "");
        None
    }
}

/// Says that there is no such name, and which one was probably meant.
pub(super) fn unknown_name(place: &str, name: &str, known: &[&str]) -> FieldFault {
    let nearest = known
        .iter()
        .map(|known| {
            (
                strsim::damerau_levenshtein(&name.to_lowercase(), known),
                known,
            )
        })
        .min()
        .filter(|(distance, known)| *distance <= known.len().div_ceil(2).min(3));
    let mut fault = match nearest {
        Some((_, near)) => FieldFault::new("", key("error-field-unknown-near")).with("words", near),
        None => FieldFault::new("", key("error-field-unknown")).with("words", &known.join(", ")),
    };
    fault.field = Cow::Owned(place.to_owned());
    fault
}
