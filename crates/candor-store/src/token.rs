//! API tokens: rows.
//!
//! Owns: the table `token`. Must not know: the tokens themselves; it sees their hashes only.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{PersonId, TokenId};
use candor_domain::record::Recorded;
use jiff::Timestamp;
use serde_json::{Value, json};

const INSERT_TOKEN: Sql = Sql::Same(
    "insert into token (person_id, name, token_hash, scopes, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6)
     returning id",
);
const TOKEN_BY_HASH: Sql = Sql::Same(
    "select id, person_id, name, scopes, created_at, expires_at, used_at, revoked_at, token_hash
       from token
      where token_hash = $1",
);
const TOKEN: Sql = Sql::Same(
    "select id, person_id, name, scopes, created_at, expires_at, used_at, revoked_at, token_hash
       from token
      where id = $1",
);
const TOKENS: Sql = Sql::Same(
    "select id, person_id, name, scopes, created_at, expires_at, used_at, revoked_at, token_hash
       from token
      order by id desc",
);
const TOUCH_TOKEN: Sql = Sql::Same("update token set used_at = $2 where id = $1");
const REVOKE_TOKEN: Sql =
    Sql::Same("update token set revoked_at = $2 where id = $1 and revoked_at is null");
const OPEN_TOKENS_OF: Sql = Sql::Same(
    "select id, person_id, name, scopes, created_at, expires_at, used_at, revoked_at, token_hash
       from token
      where person_id = $1 and revoked_at is null
      order by id",
);

/// An API token as it is stored: everything but the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The row.
    pub id: TokenId,
    /// Whose rights it carries.
    pub person: PersonId,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// The words of the permissions that it keeps, separated by blanks.
    pub scopes: String,
    /// Made.
    pub created_at: Timestamp,
    /// Worth nothing from then on; `None` lasts until it is revoked.
    pub expires_at: Option<Timestamp>,
    /// Last used, to within five minutes.
    pub used_at: Option<Timestamp>,
    /// Taken back.
    pub revoked_at: Option<Timestamp>,
    /// What the desk keeps of the token: SHA-256 of 256 random bits.
    pub hash: Vec<u8>,
}

impl Recorded for Token {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        let micros = |at: Option<Timestamp>| at.map(Timestamp::as_microsecond);
        json!({
            "person": self.person, "scopes": self.scopes, "hash": hex::encode(&self.hash),
            "created": self.created_at.as_microsecond(), "expires": micros(self.expires_at),
            "revoked": micros(self.revoked_at),
        })
    }
}

impl Tx<'_> {
    /// Stores a new token and sets `token.id`.
    pub fn insert_token(&mut self, token: &mut Token) -> Result<(), StoreError> {
        let values = params![
            token.person,
            token.name.as_str(),
            token.hash.as_slice(),
            token.scopes.as_str(),
            token.created_at,
            token.expires_at
        ];
        token.id = self.query_one(INSERT_TOKEN, &values, |row| row.get(0))?;
        Ok(())
    }

    /// The token with this hash, revoked or not.
    pub fn token_by_hash(&mut self, hash: &[u8; 32]) -> Result<Option<Token>, StoreError> {
        self.query_opt(TOKEN_BY_HASH, &params![hash.as_slice()], read_token)
    }

    /// A token.
    pub fn token(&mut self, id: TokenId) -> Result<Option<Token>, StoreError> {
        self.query_opt(TOKEN, &params![id], read_token)
    }

    /// Every token of everybody, newest first.
    pub fn tokens(&mut self) -> Result<Vec<Token>, StoreError> {
        self.query(TOKENS, &[], read_token)
    }

    /// Notes that a token was used.
    pub fn touch_token(&mut self, id: TokenId, at: Timestamp) -> Result<(), StoreError> {
        self.put(TOUCH_TOKEN, &params![id, at])
    }

    /// Takes a token back; says whether it was still valid.
    pub fn revoke_token(&mut self, id: TokenId, at: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(REVOKE_TOKEN, &params![id, at])? == 1)
    }

    /// The tokens of a person that were not taken back.
    pub fn open_tokens_of(&mut self, person: PersonId) -> Result<Vec<Token>, StoreError> {
        self.query(OPEN_TOKENS_OF, &params![person], read_token)
    }
}

fn read_token(row: &Row<'_>) -> Result<Token, StoreError> {
    Ok(Token {
        id: row.get(0)?,
        person: row.get(1)?,
        name: row.get(2)?,
        scopes: row.get(3)?,
        created_at: row.get(4)?,
        expires_at: row.get(5)?,
        used_at: row.get(6)?,
        revoked_at: row.get(7)?,
        hash: row.get(8)?,
    })
}
