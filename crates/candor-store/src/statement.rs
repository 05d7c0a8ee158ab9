//! Every statement of the store is prepared on the engine: names, places, types.
//!
//! Owns: finding the statements. Those written out are read from the sources; those that a macro
//! puts together are listed beside the macro.

use std::path::{Path, PathBuf};

use crate::config::{DatabaseUrl, StoreConfig};
use crate::sql::{Engine, for_sqlite};
use crate::testing::fresh_store;

/// A statement found in the sources, as the engine would get it.
struct Found {
    place: String,
    sqlite: String,
    postgres: String,
}

#[tokio::test]
async fn every_statement_is_accepted_by_the_engine() {
    let desk = fresh_store().await;
    let statements = all_statements();
    assert!(
        statements.len() > 30,
        "only {} were found",
        statements.len()
    );

    let refused = refused(&desk.config, &statements).await;

    assert!(refused.is_empty(), "refused:\n{}", refused.join("\n"));
}

/// Tables that stay small in every shop, or are kept small; everything else grows with customers.
const SMALL: [&str; 28] = [
    "brand",
    "calendar",
    "capped", // what a statement reads up to a limit, and then counts
    "checkpoint",
    "contract",
    "holiday_feed", // one for each calendar
    "json_each",
    "lease",
    "login_failure", // swept
    "mail_watch",    // one for each mailbox
    "mail_wish",     // one for each person
    "mailbox",
    "passkey",   // swept
    "past_mail", // one for each mailbox
    "person",
    "presence", // swept
    "role",
    "role_grant",
    "service_level",
    "session", // swept
    "shift",
    "skill",
    "skill_person",
    "team",
    "terms",        // one for each wording
    "ticket_count", // folded
    "tier",
    "token",
];
/// Statements that read everything because that is their purpose.
const WHOLE: [&str; 2] = ["count.rs RECOUNT", "customer.rs CUSTOMER_GROUPS"];

#[tokio::test]
async fn no_statement_walks_through_a_table_that_grows() {
    let desk = fresh_store().await;
    let DatabaseUrl::Sqlite(path) = &desk.config.database else {
        return; // PostgreSQL plans by the size of its tables, and these are empty.
    };
    let connection = rusqlite::Connection::open(path).expect("it opens");
    let mut walks = Vec::new();
    for found in all_statements() {
        let text = format!("explain query plan {}", for_sqlite(&found.sqlite, &[]));
        let mut plan = connection.prepare(&text).expect("it was prepared before");
        let mut steps = plan.raw_query();
        while let Some(step) = steps.next().expect("a step") {
            let step: String = step.get(3).expect("its words");
            let whole = WHOLE.contains(&found.place.as_str());
            if !whole && walks_through(&step, &found.sqlite) {
                walks.push(format!("{}: {step}", found.place));
            }
        }
    }

    assert!(walks.is_empty(), "these walk:\n{}", walks.join("\n"));
}

/// Whether a step of a plan reads a whole table, row by row. A step names the table's alias where
/// the statement gives one.
fn walks_through(step: &str, text: &str) -> bool {
    let Some(name) = step.strip_prefix("SCAN ") else {
        return false;
    };
    let name = name.split(' ').next().unwrap_or(name);
    let is_alias = |table: &&&str| text.contains(&format!(" {table} {name}"));
    let small = SMALL.contains(&name) || SMALL.iter().any(|table| is_alias(&table));
    // A walk along an index is ordered and ends with the statement's limit; a constant row and a
    // full-text match are no walks. A table that the statement does not name is looked through
    // only when a deferred foreign key is broken.
    let excused = step.contains(" USING ") || step.contains("VIRTUAL TABLE") || name == "CONSTANT";
    !small && !excused && text.contains(&format!(" {name}"))
}

async fn refused(config: &StoreConfig, statements: &[Found]) -> Vec<String> {
    let mut refused = Vec::new();
    match &config.database {
        DatabaseUrl::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path).expect("it opens");
            for found in statements {
                if let Err(error) = connection.prepare(&for_sqlite(&found.sqlite, &[])) {
                    refused.push(format!("{}: {error}", found.place));
                }
            }
        }
        DatabaseUrl::Postgres(url) => {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
                .await
                .expect("the server answers");
            tokio::spawn(connection);
            for found in statements {
                if let Err(error) = client.prepare(&found.postgres).await {
                    let words = error
                        .as_db_error()
                        .map_or(String::new(), ToString::to_string);
                    refused.push(format!("{}: {error} {words}", found.place));
                }
            }
        }
    }
    refused
}

/// Everything that the store ever asks an engine.
fn all_statements() -> Vec<Found> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut statements = Vec::new();
    for file in rust_files(&sources) {
        let text = std::fs::read_to_string(&file).expect("a source file");
        let name = file.strip_prefix(&sources).expect("below src").display();
        statements.extend(statements_of(&name.to_string(), &file, &text));
    }
    statements.extend(composed());
    statements
}

/// The statements that macros put together.
fn composed() -> impl Iterator<Item = Found> {
    let lists = crate::ticket::statements()
        .chain(crate::level::statements())
        .chain(crate::rating::statements());
    lists.map(|sql| Found {
        place: format!("composed: {}", sql.text(Engine::Sqlite)),
        sqlite: sql.text(Engine::Sqlite).to_owned(),
        postgres: sql.text(Engine::Postgres).to_owned(),
    })
}

/// Finds each `Sql::Same(..)` and `Sql::PerEngine { .. }` that is written out.
fn statements_of(name: &str, file: &Path, text: &str) -> Vec<Found> {
    // Unit tests name statements that were never meant to run.
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let mut found = Vec::new();
    for (at, _) in text.match_indices("Sql::") {
        let rest = &text[at + "Sql::".len()..];
        let before = text[..at]
            .rsplit_once("const ")
            .map_or("", |(_, rest)| rest);
        let constant = before.split(':').next().unwrap_or_default();
        let texts = if let Some(rest) = rest.strip_prefix("Same(") {
            literal(file, rest).map(|text| (text.clone(), text))
        } else if let Some(rest) = rest.strip_prefix("PerEngine {") {
            let sqlite = after(rest, "sqlite:").and_then(|rest| literal(file, rest));
            let postgres = after(rest, "postgres:").and_then(|rest| literal(file, rest));
            sqlite.zip(postgres)
        } else {
            continue;
        };
        if let Some((sqlite, postgres)) = texts {
            found.push(Found {
                place: format!("{name} {constant}"),
                sqlite: complete(&sqlite),
                postgres: complete(&postgres),
            });
        }
    }
    found
}

fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

/// The string literal, or the file it includes, that begins here. A pattern in a `match` has none.
fn literal(file: &Path, text: &str) -> Option<String> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix("include_str!(") {
        let path = literal(file, rest)?;
        let folder = file.parent().expect("a file lies in a folder");
        return Some(std::fs::read_to_string(folder.join(path)).expect("the included file"));
    }
    let mut letters = text.strip_prefix('"')?.chars();
    let mut out = String::new();
    loop {
        match letters.next()? {
            '"' => return Some(out),
            '\\' => match letters.next()? {
                // A line that goes on without the white space that follows.
                '\n' => {
                    let rest = letters.as_str().trim_start();
                    letters = rest.chars();
                }
                'n' => out.push('\n'),
                letter => out.push(letter),
            },
            letter => out.push(letter),
        }
    }
}

/// Gives the head of a batch insert its first row of places.
fn complete(text: &str) -> String {
    let head = text.trim_end();
    if !head.ends_with("values") {
        return text.to_owned();
    }
    let columns = head.rsplit_once('(').map_or("", |(_, columns)| columns);
    let places: Vec<String> = (1..=columns.matches(',').count() + 1)
        .map(|place| format!("${place}"))
        .collect();
    format!("{head} ({})", places.join(", "))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
