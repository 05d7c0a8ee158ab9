//! The certificate under which pages are served: rows.
//!
//! Owns: the tables `certificate_item` and `certificate_challenge`. Must not know: what stands in
//! an item.

use crate::{Sql, StoreError, Tx, params};
use jiff::Timestamp;

const ITEM: Sql = Sql::Same("select value from certificate_item where name = $1");
const KEEP_ITEM: Sql = Sql::Same(
    "insert into certificate_item (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value",
);
const ANSWER: Sql = Sql::Same("select answer from certificate_challenge where token = $1");
const KEEP_ANSWER: Sql = Sql::Same(
    "insert into certificate_challenge (token, answer, at) values ($1, $2, $3)
     on conflict (token) do update set answer = excluded.answer, at = excluded.at",
);
const DROP_ANSWERS: Sql = Sql::Same("delete from certificate_challenge");

impl Tx<'_> {
    /// What is known under a name.
    pub fn certificate_item(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        self.query_opt(ITEM, &params![name], |row| row.get(0))
    }

    /// Remembers it.
    pub fn keep_certificate_item(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.put(KEEP_ITEM, &params![name, value])
    }

    /// What an authority gets that asks for a token.
    pub fn challenge_answer(&mut self, token: &str) -> Result<Option<String>, StoreError> {
        self.query_opt(ANSWER, &params![token], |row| row.get(0))
    }

    /// Puts it where it asks.
    pub fn keep_challenge_answer(
        &mut self,
        token: &str,
        answer: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.put(KEEP_ANSWER, &params![token, answer, at])
    }

    /// Takes all of them away: there is one for each name.
    pub fn drop_challenge_answers(&mut self) -> Result<(), StoreError> {
        self.put(DROP_ANSWERS, &[])
    }
}
