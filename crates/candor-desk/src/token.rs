//! API tokens.
//!
//! Owns: how they are written, what they narrow, when they end. Must not know: HTTP headers.
//!
//! A token carries the rights of its person at the time of use, narrowed to the permissions that
//! it was made with: a role that loses a permission takes it from its tokens too, and a role that
//! gains one does not widen them.

use crate::auth::{Purpose, Secret, require_recent_proof};
use crate::check::{Check, as_set};
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::people::{access_of_person, visible_person};
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, SessionId, TokenId};
use candor_domain::permission::{Access, Permission};
use candor_domain::record::Salted;
use candor_store::Tx;
use candor_store::token::Token;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};

/// What every token starts with, so that scanners find a lost one.
const PREFIX: &str = "candor_";
/// Letters of the checksum at the end, so that a mistyped token is told from a wrong one.
const CHECKSUM: usize = 6;
/// How long a token lasts where nothing else is said.
pub const DEFAULT_DAYS: i64 = 90;
/// The longest that a token may last.
pub const MOST_DAYS: i64 = 3650;
/// A use is noted at most so often.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Writes a secret as a token. It is shown once; the desk keeps its hash.
pub fn written(secret: &Secret) -> String {
    let body = secret.text();
    let checksum = checksum(&body);
    format!("{PREFIX}{body}{checksum}")
}

/// Reads a written token; `None` for anything that cannot be one.
pub fn parse(text: &str) -> Option<Secret> {
    let body = text.strip_prefix(PREFIX)?;
    let (body, end) = body.split_at_checked(body.len().checked_sub(CHECKSUM)?)?;
    if checksum(body) != end {
        return None;
    }
    Secret::parse(body)
}

fn checksum(body: &str) -> String {
    hex::encode(&Sha256::digest(body.as_bytes())[..CHECKSUM / 2])
}

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
        cx.may_at_all(Permission::ManageTokens)?;
        if cx.actor != Actor::System {
            require_recent_proof(tx, cx, self.session)?;
            if cx.actor.person() != Some(self.person) {
                return Err(DeskError::NotAllowed(
                    "a token is made by whoever it acts for",
                ));
            }
        }
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
        };
        tx.insert_token(&mut token, &self.secret.hash(Purpose::Token))?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        record(
            tx,
            cx,
            "token.created",
            json!({ "token": token.id, "scopes": words }),
            &[&row],
        )?;
        Ok(token.id)
    }
}

impl CreateToken {
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
        if tx.revoke_token(token.id, cx.now())? {
            let row = Salted {
                noun: &person,
                salt: &salt,
            };
            record(
                tx,
                cx,
                "token.revoked",
                json!({ "token": token.id }),
                &[&row],
            )?;
        }
        Ok(())
    }
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
        Some(secret) => desk.ask(&Actor::Visitor, TokenOf { secret }).await,
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
