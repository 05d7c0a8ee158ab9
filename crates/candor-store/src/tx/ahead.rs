//! Statements that are sent before they are asked for.
//!
//! Owns: the answers until somebody asks. Must not know: which statements belong together.
//!
//! A page asks a dozen things that do not depend on each other. On PostgreSQL each is a round trip;
//! sent together they cost one. Whoever asks notices nothing: a statement that was sent ahead is
//! answered from here, any other is sent then. In a transaction that may write, that other one makes
//! the answers worthless.

use std::time::Instant;

use tokio_postgres::Row;

use super::{Session, Tx};
use crate::error::StoreError;
use crate::sql::{Engine, Sql};
use crate::value::Value;

/// A statement with its values.
pub(crate) type Wanted = (Sql, Vec<Value>);

/// Answers that nobody has asked for yet.
#[derive(Default)]
pub(super) struct Ahead(Vec<Early>);

struct Early {
    text: &'static str,
    params: Vec<Value>,
    rows: Vec<Row>,
}

impl Ahead {
    /// The answer to this statement, if it came already. It is given once.
    pub(super) fn take(&mut self, text: &str, params: &[Value]) -> Option<Vec<Row>> {
        let this = |early: &Early| early.text == text && early.params == params;
        let at = self.0.iter().position(this)?;
        Some(self.0.swap_remove(at).rows)
    }

    /// Forgets answers that a change may have made wrong, which it cannot in a snapshot.
    pub(super) fn forget_unless(&mut self, is_snapshot: bool) {
        if !is_snapshot {
            self.0.clear();
        }
    }

    fn knows(&self, text: &str, params: &[Value]) -> bool {
        let mut early = self.0.iter();
        early.any(|early| early.text == text && early.params == params)
    }
}

impl Tx<'_> {
    /// Sends statements together that are asked for in a moment, those whose answers are not there
    /// yet. Does nothing on SQLite, where there is no way to save.
    pub(crate) fn send_ahead(&mut self, wanted: Vec<Wanted>) -> Result<(), StoreError> {
        const OP: &str = "send statements together";
        let Session::Postgres(session) = self.session else {
            return Ok(());
        };
        self.refuse_after_failure()?;
        let texts = |(sql, params): Wanted| (sql.text(Engine::Postgres), params);
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(texts)
            .filter(|(text, params)| !self.ahead.knows(text, params))
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let started = Instant::now();
        let answers = session.query_together(OP, &wanted);
        self.count(started);
        let answers = self.remember(answers)?;
        let early = wanted.into_iter().zip(answers);
        self.ahead
            .0
            .extend(early.map(|((text, params), rows)| Early { text, params, rows }));
        Ok(())
    }
}
