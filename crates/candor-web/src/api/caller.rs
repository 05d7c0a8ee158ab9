//! Who calls, with what conditions.
//!
//! Owns: the extractors of every API handler: token, `If-Match`, `Idempotency-Key`, number in the
//! path. Must not know: any resource.

use super::respond::{self, ETag};
use crate::error::{ApiError, ApiResult};
use crate::failure::{Conflict, Failure, FieldFault};
use crate::i18n::key;
use crate::state::App;
use axum::extract::{FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use axum::response::Response;
use candor_desk::once::{Answer, Call, Once};
use candor_desk::token::TokenVisit;
use candor_desk::{DeskError, Query, Verb};
use candor_domain::actor::Actor;

/// Longest idempotency key, in characters.
const LONGEST_KEY: usize = 255;

/// A program with its token.
pub(super) struct Caller {
    pub(super) app: App,
    pub(super) headers: HeaderMap,
    actor: Actor,
    owner: String,
    key: Option<String>,
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        let visit = parts
            .extensions
            .get::<TokenVisit>()
            .cloned()
            .ok_or(ApiError(Failure::SignIn))?;
        Ok(Self {
            app: app.clone(),
            key: idempotency_key(&parts.headers)?,
            headers: parts.headers.clone(),
            owner: format!("token:{}", visit.token),
            actor: Actor::Person(visit.access),
        })
    }
}

impl Caller {
    pub(super) async fn run<V: Verb>(&self, verb: V) -> Result<V::Output, DeskError> {
        self.app.desk.run(&self.actor, verb).await
    }

    pub(super) async fn ask<Q: Query>(&self, query: Q) -> Result<Q::Output, DeskError> {
        self.app.desk.ask(&self.actor, query).await
    }

    /// Runs a verb once for its idempotency key and answers with what was written then.
    pub(super) async fn once<V, W>(
        &self,
        request: [u8; 32],
        verb: V,
        write: W,
    ) -> ApiResult<Response>
    where
        V: Verb,
        W: Fn(&V::Output) -> Answer + Send + Sync + 'static,
    {
        let call = self.key.clone().map(|key| Call {
            owner: self.owner.clone(),
            key,
            request,
        });
        let answer = self.run(Once { call, verb, write }).await?;
        Ok(respond::written(answer))
    }

    /// The version that the caller has seen, by `If-Match`. What matches nothing refuses at once.
    pub(super) fn seen_version(&self) -> ApiResult<Option<i64>> {
        let Some(header) = self.headers.get(IF_MATCH) else {
            return Ok(None);
        };
        let text = header.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(None);
        }
        match ETag::parse(text) {
            Some(ETag(version)) => Ok(Some(version)),
            None => Err(ApiError(Failure::Precondition)),
        }
    }

    /// With `If-Match` a stale version is a condition that failed, not a conflict.
    pub(super) fn refused(&self, error: DeskError) -> ApiError {
        match Failure::from(error) {
            Failure::Conflict(Conflict::Stale) if self.headers.contains_key(IF_MATCH) => {
                ApiError(Failure::Precondition)
            }
            other => ApiError(other),
        }
    }
}

fn idempotency_key(headers: &HeaderMap) -> ApiResult<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    if text.is_empty() || text.len() > LONGEST_KEY {
        let fault = FieldFault::new("Idempotency-Key", key("error-field-key"));
        return Err(ApiError(Failure::Invalid(vec![fault])));
    }
    Ok(Some(text.to_owned()))
}

/// A number in the path, written as we write it: no sign, no leading zero. Anything else is nothing
/// that there is.
pub(super) struct Number<T>(pub(super) T);

impl<T: From<i64> + Send> FromRequestParts<App> for Number<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        let nowhere = || ApiError(Failure::NotFound);
        let Path(text) = Path::<String>::from_request_parts(parts, app)
            .await
            .map_err(|_| nowhere())?;
        read_number(&text).map(Self).ok_or_else(nowhere)
    }
}

/// Two numbers in the path, written as [`Number`] is.
pub(super) struct Numbers<S, T>(pub(super) S, pub(super) T);

impl<S, T> FromRequestParts<App> for Numbers<S, T>
where
    S: From<i64> + Send,
    T: From<i64> + Send,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        let nowhere = || ApiError(Failure::NotFound);
        let Path((first, second)) = Path::<(String, String)>::from_request_parts(parts, app)
            .await
            .map_err(|_| nowhere())?;
        let first = read_number(&first).ok_or_else(nowhere)?;
        let second = read_number(&second).ok_or_else(nowhere)?;
        Ok(Self(first, second))
    }
}

fn read_number<T: From<i64>>(text: &str) -> Option<T> {
    let number: i64 = text.parse().ok()?;
    (number > 0 && number.to_string() == text).then(|| T::from(number))
}
