//! API tokens.
//!
//! Owns: how they are written, what they narrow, when they end. Must not know: HTTP headers.
//!
//! A token carries the rights of its person at the time of use, narrowed to the permissions that
//! it was made with: a role that loses a permission takes it from its tokens too, and a role that
//! gains one does not widen them.

mod visit;
mod written;

pub use visit::{TokenOf, TokenVisit, TouchToken, token_of};
pub use written::{parse, written};

use crate::auth::{Purpose, Secret, require_recent_proof};
use crate::check::{Check, as_set};
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::people::{access_of_person, visible_person};
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, SessionId, TokenId};
use candor_domain::people::Person;
use candor_domain::permission::{Access, Permission};
use candor_domain::record::Salted;
use candor_store::Tx;
pub use candor_store::token::Token;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// How long a token lasts where nothing else is said.
pub const DEFAULT_DAYS: i64 = 90;
/// The longest that a token may last.
pub const MOST_DAYS: i64 = 3650;

/// Makes a token: for oneself, with a password given within the last five minutes; or for anybody
/// from the command line. Never with a token: a token makes no tokens.
pub struct CreateToken {
    /// Whose rights it carries.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
    /// What it may do; empty for everything that the person may do today.
    pub scopes: Vec<Permission>,
    /// How long it lasts, in days; 0 until it is revoked.
    pub days: i64,
    /// The session that asks; `None` from the command line.
    pub session: Option<SessionId>,
    /// The secret, drawn before.
    pub secret: Secret,
}

impl Verb for CreateToken {
    type Output = TokenId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TokenId, DeskError> {
        self.may_create(tx, cx)?;
        let (person, salt) = visible_person(tx, self.person)?;
        let access =
            access_of_person(tx, &person)?.ok_or(DeskError::NotAllowed("this person left"))?;
        let mut check = Check::default();
        let name = check.name("name", &self.name);
        check.between("days", self.days, (0, MOST_DAYS));
        let scopes = self.kept_scopes(&access, &mut check);
        check.done()?;
        let words: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        let mut token = Token {
            id: TokenId(0),
            person: person.id,
            name,
            scopes: words.join(" "),
            created_at: cx.now(),
            expires_at: self.expires_at(cx.now()),
            used_at: None,
            revoked_at: None,
            hash: self.secret.hash(Purpose::Token).to_vec(),
        };
        tx.insert_token(&mut token)?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        let event = json!({ "token": token.id, "scopes": words });
        record(tx, cx, "token.created", event, &[&row, &token])?;
        Ok(token.id)
    }
}

impl CreateToken {
    fn may_create(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageTokens)?;
        if cx.actor == Actor::System {
            return Ok(());
        }
        require_recent_proof(tx, cx, self.session)?;
        if cx.actor.person() == Some(self.person) {
            Ok(())
        } else {
            Err(DeskError::NotAllowed(
                "a token is made by whoever it acts for",
            ))
        }
    }

    fn expires_at(&self, now: Timestamp) -> Option<Timestamp> {
        (self.days > 0).then(|| now + SignedDuration::from_hours(24 * self.days))
    }

    fn kept_scopes(&self, access: &Access, check: &mut Check) -> Vec<Permission> {
        let asked = if self.scopes.is_empty() {
            Permission::ALL.to_vec()
        } else {
            as_set(&self.scopes)
        };
        let (kept, refused): (Vec<_>, Vec<_>) =
            asked.into_iter().partition(|&scope| access.has(scope));
        if kept.is_empty() || (!self.scopes.is_empty() && !refused.is_empty()) {
            check.refuse(
                "scopes",
                "error-token-scopes",
                "a token can do no more than its person",
            );
        }
        kept
    }
}

/// Takes a token back at once. Taking it back twice is fine.
pub struct RevokeToken {
    /// Which.
    pub token: TokenId,
}

impl Verb for RevokeToken {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let token = visible_token(tx, cx, self.token)?;
        let (person, salt) = visible_person(tx, token.person)?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        revoke(tx, cx, token, &row)
    }
}

/// Takes a token back, unless it is already.
pub(crate) fn revoke(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mut token: Token,
    person: &Salted<'_, Person>,
) -> Result<(), DeskError> {
    if tx.revoke_token(token.id, cx.now())? {
        token.revoked_at = Some(cx.now());
        let event = json!({ "token": token.id });
        record(tx, cx, "token.revoked", event, &[person, &token])?;
    }
    Ok(())
}

/// One's own tokens are seen with the right to make them; those of others with the right to look
/// after people too.
fn visible_token(tx: &mut Tx<'_>, cx: &Cx, id: TokenId) -> Result<Token, DeskError> {
    cx.may_at_all(Permission::ManageTokens)?;
    let token = tx.token(id)?.ok_or(DeskError::NotFound("token"))?;
    if cx.actor.person() != Some(token.person) && cx.may_at_all(Permission::ManagePeople).is_err() {
        return Err(DeskError::NotFound("token"));
    }
    Ok(token)
}

/// The tokens that the actor may see, newest first, revoked and expired ones included.
pub struct Tokens;

impl Query for Tokens {
    type Output = Vec<Token>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Token>, DeskError> {
        cx.may_at_all(Permission::ManageTokens)?;
        let mut tokens = tx.tokens()?;
        if cx.may_at_all(Permission::ManagePeople).is_err() {
            tokens.retain(|token| cx.actor.person() == Some(token.person));
        }
        Ok(tokens)
    }
}
