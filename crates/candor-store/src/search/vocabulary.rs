//! Which terms there are, so that the beginning of a word leads to whole ones.
//!
//! Owns: the table `search_term`, on SQLite. Must not know: which message holds which term.
//!
//! FTS5 answers the beginning of a word by gathering every message of every term that begins so,
//! however few are wanted. Whole terms are read newest first, and only as far as asked. PostgreSQL
//! reads its index the same way for both, so nothing is kept there.

use super::{Query, Terms};
use crate::error::StoreError;
use crate::params;
use crate::sql::Sql;
use crate::tx::Tx;

/// A beginning of more terms than this is asked of the index as it stands: each term has a cost of
/// its own.
const MOST_ENDINGS: usize = 100;

const LEARN: Sql = Sql::PerEngine {
    sqlite: "insert into search_term (term)
        select value from json_each($1) where true
        on conflict do nothing",
    postgres: "select $1::text",
};

const FORGET: Sql = Sql::PerEngine {
    sqlite: "delete from search_term
        where term = $1
          and not exists (select 1 from search_index where search_index match $2)",
    postgres: "select $1::text, $2::text",
};

const ENDINGS: Sql = Sql::PerEngine {
    sqlite: "select term from search_term where term >= $1 and term < $2 order by term limit $3",
    postgres: "select $1::text, $2::text, $3::bigint",
};

impl Tx<'_> {
    /// Keeps the terms of a message.
    pub(super) fn learn_terms(&mut self, terms: &Terms) -> Result<(), StoreError> {
        // Terms are letters and digits alone, so they need no escape.
        let quoted: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
        self.put(LEARN, &params![format!("[{}]", quoted.join(","))])
    }

    /// Drops those of a message's former terms that no message has any more: a name that was
    /// erased must not be left here.
    pub(super) fn forget_terms(&mut self, terms: &str) -> Result<(), StoreError> {
        for term in terms.split(' ').filter(|term| !term.is_empty()) {
            self.put(FORGET, &params![term, format!("\"{term}\"")])?;
        }
        Ok(())
    }

    /// The query with all terms that the unfinished word may become, in its place.
    pub(super) fn with_whole_words(&mut self, query: &Query) -> Result<Query, StoreError> {
        let Some(beginning) = query.beginning() else {
            return Ok(query.clone());
        };
        let behind = format!("{beginning}{}", char::MAX);
        let values = params![beginning, behind, MOST_ENDINGS + 1];
        let endings = self.query(ENDINGS, &values, |row| row.get::<String>(0))?;
        if endings.len() > MOST_ENDINGS {
            return Ok(query.clone());
        }
        Ok(query.ending_with(endings))
    }
}
