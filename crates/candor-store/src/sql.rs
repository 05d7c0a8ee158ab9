//! One SQL text for both engines.
//!
//! Owns: the text of a statement and the rewriting of its places. Must not know: connections.

use std::fmt::Write as _;

use crate::value::Value;

/// Which database runs underneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, one writer.
    Sqlite,
    /// A server that many nodes share.
    Postgres,
}

/// The text of a statement. Values stand as `$1`, `$2`, in any order and as often as wanted.
#[derive(Debug, Clone, Copy)]
pub enum Sql {
    /// Both engines read the same text.
    Same(&'static str),
    /// The engines must differ; the reason stands in a comment beside it.
    PerEngine {
        /// What SQLite runs.
        sqlite: &'static str,
        /// What PostgreSQL runs.
        postgres: &'static str,
    },
}

impl Sql {
    /// The text that this engine runs.
    pub fn text(self, engine: Engine) -> &'static str {
        match (self, engine) {
            (Self::Same(text), _)
            | (Self::PerEngine { sqlite: text, .. }, Engine::Sqlite)
            | (Self::PerEngine { postgres: text, .. }, Engine::Postgres) => text,
        }
    }

    /// The first line, as the name of what was tried.
    pub(crate) fn op(self, engine: Engine) -> &'static str {
        let text = self.text(engine).trim_start();
        let line = text.lines().next().unwrap_or(text);
        &line[..line.floor_char_boundary(80)]
    }
}

/// Rewrites `$n` to SQLite's `?n`. An id set becomes a list that is read from one bound value, so
/// that a statement keeps one text however many ids it is asked for.
pub(crate) fn for_sqlite(text: &str, params: &[Value]) -> String {
    places(text, |out, number| {
        let written = match params.get(number.wrapping_sub(1)) {
            Some(Value::Ids(_)) => write!(out, "select value from json_each(?{number})"),
            _ => write!(out, "?{number}"),
        };
        written.expect("a string takes any text");
    })
}

/// Rewrites the place of an id set to PostgreSQL's array; everything else stands as it is.
pub(crate) fn for_postgres(text: &str, params: &[Value]) -> String {
    places(text, |out, number| {
        let written = match params.get(number.wrapping_sub(1)) {
            Some(Value::Ids(_)) => write!(out, "select unnest(${number}::bigint[])"),
            _ => write!(out, "${number}"),
        };
        written.expect("a string takes any text");
    })
}

/// Copies the text and lets `write_place` write each `$n` outside of quotes.
fn places(text: &str, mut write_place: impl FnMut(&mut String, usize)) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut quoted = false;
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\'']) {
        out.push_str(&rest[..at]);
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        match rest[..digits].parse() {
            Ok(number) if mark == b'$' && !quoted => {
                write_place(&mut out, number);
                rest = &rest[digits..];
            }
            _ => out.push(char::from(mark)),
        }
        quoted ^= mark == b'\'';
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_rewritten_and_quoted_dollars_are_not() {
        let text = "select '$1', a from t where b = $2 and c in ($10) and d = $1";
        let mut params = vec![Value::Null; 10];
        params[9] = Value::Ids(vec![1]);

        let sqlite = for_sqlite(text, &params);
        let postgres = for_postgres(text, &params);

        assert_eq!(
            sqlite,
            "select '$1', a from t where b = ?2 and c in (select value from json_each(?10)) and d = ?1"
        );
        assert_eq!(
            postgres,
            "select '$1', a from t where b = $2 and c in (select unnest($10::bigint[])) and d = $1"
        );
    }

    #[test]
    fn an_operation_is_named_by_its_first_line() {
        let sql = Sql::Same("\n  select a\n  from t");
        assert_eq!(sql.op(Engine::Sqlite), "select a");
    }
}
