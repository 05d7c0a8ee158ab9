//! Finding messages by their words, with the same hits on both engines.
//!
//! Owns: the index over analysed terms. Must not know: who may see a ticket; the caller filters
//! the tickets that were found.
//!
//! The databases' own analysis differs from engine to engine and from server to server, so text
//! becomes terms here ([`analyse`]) and the databases keep sets of terms.

mod analysis;
mod fold;
mod vocabulary;

use std::collections::HashSet;

use candor_domain::id::{MessageId, TicketId};

use crate::error::StoreError;
use crate::params;
use crate::sql::{Engine, Sql};
use crate::tx::Tx;

pub use analysis::{Query, Terms, analyse};

/// Matching messages that a query visits at most, newest first.
const MOST_VISITED: usize = 500;
/// Matching messages that it visits for each ticket that is wanted before it looks further: most
/// tickets have few messages that match.
const VISITED_A_TICKET: usize = 2;

/// What a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// The tickets, the one with the newest matching message first, each once.
    pub tickets: Vec<TicketId>,
    /// Whether there may be more: older matches were not visited, or the limit cut some off.
    pub stopped: bool,
}

const SEARCH: Sql = Sql::PerEngine {
    // Each engine has its own index and its own way to ask it. SQLite prefers the wide row to the
    // narrow index where it is not told.
    sqlite: "select message_id, ticket_id
        from search_doc indexed by search_doc_ticket
        where message_id in (
            select rowid from search_index
            where search_index match $1 and rowid < $2
            order by rowid desc
            limit $3)
        order by message_id desc",
    postgres: "select message_id, ticket_id
        from search_doc
        where terms @@ cast($1::text as tsquery) and message_id < $2
        order by message_id desc
        limit $3",
};

/// Whether few or many messages hold the words decides how PostgreSQL finds them best, so the
/// statement is planned for its words.
const PLAN_FOR_THE_WORDS: Sql = Sql::PerEngine {
    // SQLite has one plan, and is not asked.
    sqlite: "select 1 where false",
    postgres: "set local plan_cache_mode = force_custom_plan",
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
        self.put(SAVE_TERMS, &params![message, ticket, text])?;
        if self.engine() == Engine::Sqlite {
            self.put(ADD_TO_INDEX, &params![message, text])?;
            self.learn_terms(terms)?;
        }
        Ok(())
    }

    /// Makes a message unfindable, without a trace in the index.
    pub fn unindex_message(&mut self, message: MessageId) -> Result<(), StoreError> {
        self.forget_old_terms(message)?;
        self.put(DELETE_TERMS, &params![message])
    }

    /// Counts messages to another ticket, as after a merge.
    pub fn move_indexed_messages(
        &mut self,
        messages: &[MessageId],
        to: TicketId,
    ) -> Result<(), StoreError> {
        self.put(MOVE_TICKET, &params![messages, to])
    }

    fn forget_old_terms(&mut self, message: MessageId) -> Result<(), StoreError> {
        if self.engine() == Engine::Postgres {
            return Ok(());
        }
        let old = self.query_opt(INDEXED, &params![message], |row| row.get::<String>(0))?;
        if let Some(old) = old {
            self.put(TAKE_FROM_INDEX, &params![message, old])?;
            self.forget_terms(&old)?;
        }
        Ok(())
    }

    /// Finds tickets with a message that holds every word of the query. It visits no more than the
    /// newest 500 matching messages, and only so many as lead to `limit` tickets; it says when
    /// there were more.
    pub fn search_messages(&mut self, query: &Query, limit: usize) -> Result<Hits, StoreError> {
        let mut hits = Hits {
            tickets: Vec::new(),
            stopped: false,
        };
        if query.is_empty() {
            return Ok(hits);
        }
        let text = match self.engine() {
            Engine::Sqlite => {
                let query = self.with_whole_words(query)?;
                query.for_fts5()
            }
            Engine::Postgres => {
                self.put(PLAN_FOR_THE_WORDS, &[])?;
                query.for_tsquery()
            }
        };
        let (mut before, mut left) = (MessageId(i64::MAX), MOST_VISITED);
        let mut seen = HashSet::new();
        let mut visit = (VISITED_A_TICKET * limit).clamp(1, MOST_VISITED);
        while left > 0 {
            // One more than may be visited shows whether there are more.
            let values = params![text, before, visit + 1];
            let found: Vec<(MessageId, TicketId)> =
                self.query(SEARCH, &values, |row| Ok((row.get(0)?, row.get(1)?)))?;
            let more = found.len() > visit;
            let visited = &found[..found.len().min(visit)];
            let new = visited.iter().filter(|(_, ticket)| seen.insert(*ticket));
            hits.tickets.extend(new.map(|(_, ticket)| *ticket));
            hits.stopped = more || hits.tickets.len() > limit;
            if !more || hits.tickets.len() >= limit {
                break;
            }
            before = visited.last().map_or(before, |(message, _)| *message);
            left -= visit;
            visit = left;
        }
        hits.tickets.truncate(limit);
        Ok(hits)
    }
}
