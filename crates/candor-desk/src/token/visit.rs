//! Coming in with a token.
//!
//! Owns: what a written token is worth at this moment. Must not know: HTTP headers.

use super::parse;
use crate::auth::{Purpose, Secret};
use crate::cx::{Cx, Desk, Note, Query, Verb};
use crate::error::DeskError;
use crate::people::access_of_person;
use candor_domain::actor::Actor;
use candor_domain::id::TokenId;
use candor_domain::permission::{Access, Permission};
use candor_store::Tx;
use jiff::SignedDuration;

/// A use is noted at most so often.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What came in by a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenVisit {
    /// The token.
    pub token: TokenId,
    /// What it may do.
    pub access: Access,
    /// Whether [`TouchToken`] is due.
    pub wants_touch: bool,
}

/// Finds out what a written token may do; `None` when it is worth nothing.
pub async fn token_of(desk: &Desk, text: &str) -> Result<Option<TokenVisit>, DeskError> {
    match parse(text) {
        Some(secret) => desk.look_up(&Actor::Visitor, TokenOf { secret }).await,
        None => Ok(None),
    }
}

/// What the holder of a token's secret may do.
pub struct TokenOf {
    /// The secret.
    pub secret: Secret,
}

impl Query for TokenOf {
    type Output = Option<TokenVisit>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<TokenVisit>, DeskError> {
        let Some(token) = tx.token_by_hash(&self.secret.hash(Purpose::Token))? else {
            return Ok(None);
        };
        let over = token.expires_at.is_some_and(|at| at <= cx.now());
        let scopes: Vec<Permission> = token
            .scopes
            .split(' ')
            .filter_map(Permission::parse)
            .collect();
        // No scope left that this version knows is no scope, not all of them.
        if over || token.revoked_at.is_some() || scopes.is_empty() {
            return Ok(None);
        }
        let Some(person) = tx.person(token.person)? else {
            return Ok(None);
        };
        let wants_touch = token
            .used_at
            .is_none_or(|at| cx.now().duration_since(at) >= NOTED_EVERY);
        let access = access_of_person(tx, &person)?;
        Ok(access.map(|access| TokenVisit {
            token: token.id,
            access: access.narrowed_to(&scopes),
            wants_touch,
        }))
    }
}

/// Notes that a token is in use. Not a change of the desk.
pub struct TouchToken {
    /// Which.
    pub token: TokenId,
}

impl Verb for TouchToken {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        Ok(tx.touch_token(self.token, cx.now())?)
    }
}

impl Note for TouchToken {}
