//! Finding messages by their words, with the same hits on both engines.
//!
//! Owns: the index over analysed terms. Must not know: who may see a ticket; the caller filters
//! the tickets that were found.
//!
//! The databases' own analysis differs from engine to engine and from server to server, so text
//! becomes terms here ([`analyse`]) and the databases keep sets of terms.

mod analysis;
mod fold;

use candor_domain::id::{MessageId, TicketId};

use crate::error::StoreError;
use crate::params;
use crate::sql::{Engine, Sql};
use crate::tx::Tx;

pub use analysis::{Query, Terms, analyse};

/// Matching messages that a query visits at most, newest first.
const MOST_VISITED: usize = 500;

/// What a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// The tickets, the one with the newest matching message first, each once.
    pub tickets: Vec<TicketId>,
    /// Whether there may be more: older matches were not visited, or the limit cut some off.
    pub stopped: bool,
}

const SEARCH: Sql = Sql::PerEngine {
    // Each engine has its own index and its own way to ask it.
    sqlite: "select ticket_id from search_doc
        where message_id in (
            select rowid from search_index
            where search_index match $1
            order by rowid desc
            limit $2)
        order by message_id desc",
    postgres: "select ticket_id from search_doc
        where terms @@ cast($1::text as tsquery)
        order by message_id desc
        limit $2",
};

const INDEXED: Sql = Sql::PerEngine {
    // PostgreSQL replaces a row with its index entries by itself; there is nothing to look up.
    sqlite: "select terms from search_doc where message_id = $1",
    postgres: "select '' from search_doc where message_id = $1 and false",
};

const SAVE_TERMS: Sql = Sql::PerEngine {
    // A set of terms is text for FTS5 and a tsvector for PostgreSQL.
    sqlite: "insert into search_doc (message_id, ticket_id, terms) values ($1, $2, $3)
        on conflict (message_id) do update
        set ticket_id = excluded.ticket_id, terms = excluded.terms",
    postgres: "insert into search_doc (message_id, ticket_id, terms)
        values ($1, $2, cast($3::text as tsvector))
        on conflict (message_id) do update
        set ticket_id = excluded.ticket_id, terms = excluded.terms",
};

const DELETE_TERMS: Sql = Sql::Same("delete from search_doc where message_id = $1");

const MOVE_TICKET: Sql = Sql::Same("update search_doc set ticket_id = $2 where message_id in ($1)");

// SQLite only: FTS5 takes its commands as rows, and must be told the old terms to forget them.
const ADD_TO_INDEX: Sql = Sql::PerEngine {
    sqlite: "insert into search_index (rowid, terms) values ($1, $2)",
    postgres: "select $1::bigint, $2::text",
};
const TAKE_FROM_INDEX: Sql = Sql::PerEngine {
    sqlite: "insert into search_index (search_index, rowid, terms) values ('delete', $1, $2)",
    postgres: "select $1::bigint, $2::text",
};

impl Tx<'_> {
    /// Makes a message findable, or findable by other terms than before.
    pub fn index_message(
        &mut self,
        message: MessageId,
        ticket: TicketId,
        terms: &Terms,
    ) -> Result<(), StoreError> {
        self.forget_old_terms(message)?;
        let text = match self.engine() {
            Engine::Sqlite => terms.for_fts5(),
            Engine::Postgres => terms.for_tsvector(),
        };
        self.execute(SAVE_TERMS, &params![message, ticket, text])?;
        if self.engine() == Engine::Sqlite {
            self.execute(ADD_TO_INDEX, &params![message, text])?;
        }
        Ok(())
    }

    /// Makes a message unfindable, without a trace in the index.
    pub fn unindex_message(&mut self, message: MessageId) -> Result<(), StoreError> {
        self.forget_old_terms(message)?;
        self.execute(DELETE_TERMS, &params![message]).map(|_| ())
    }

    /// Counts messages to another ticket, as after a merge.
    pub fn move_indexed_messages(
        &mut self,
        messages: &[MessageId],
        to: TicketId,
    ) -> Result<(), StoreError> {
        self.execute(MOVE_TICKET, &params![messages, to])
            .map(|_| ())
    }

    fn forget_old_terms(&mut self, message: MessageId) -> Result<(), StoreError> {
        if self.engine() == Engine::Postgres {
            return Ok(());
        }
        let old = self.query_opt(INDEXED, &params![message], |row| row.get::<String>(0))?;
        if let Some(old) = old {
            self.execute(TAKE_FROM_INDEX, &params![message, old])?;
        }
        Ok(())
    }

    /// Finds tickets with a message that holds every word of the query. It visits the newest 500
    /// matching messages and says when there were more.
    pub fn search_messages(&mut self, query: &Query, limit: usize) -> Result<Hits, StoreError> {
        if query.is_empty() {
            return Ok(Hits {
                tickets: Vec::new(),
                stopped: false,
            });
        }
        let text = match self.engine() {
            Engine::Sqlite => query.for_fts5(),
            Engine::Postgres => query.for_tsquery(),
        };
        let found = self.query(SEARCH, &params![text, MOST_VISITED + 1], |row| {
            row.get::<TicketId>(0)
        })?;
        let mut stopped = found.len() > MOST_VISITED;
        let mut seen = std::collections::HashSet::new();
        let mut tickets: Vec<TicketId> = found
            .into_iter()
            .take(MOST_VISITED)
            .filter(|ticket| seen.insert(*ticket))
            .collect();
        stopped |= tickets.len() > limit;
        tickets.truncate(limit);
        Ok(Hits { tickets, stopped })
    }
}
