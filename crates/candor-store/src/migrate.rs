//! Bringing a database to this version's schema.
//!
//! Owns: the list of migrations, the lock, the backup before, the refusal of a newer schema. Must
//! not know: what the tables are for.

mod postgres;
mod sqlite;

use jiff::Timestamp;

use crate::error::{ErrorKind, StoreError};

pub(crate) use postgres::{migrate as postgres, migrate_database};
pub(crate) use sqlite::migrate as sqlite;

/// One dated step. A released one is never edited.
pub(crate) struct Migration {
    /// The folder's name; the order of names is the order of steps.
    pub(crate) name: &'static str,
    /// What SQLite runs, part after part in one transaction.
    pub(crate) sqlite: &'static [&'static str],
    /// What PostgreSQL runs.
    pub(crate) postgres: &'static [&'static str],
}

macro_rules! file {
    ($path:literal) => {
        include_str!(concat!("../migrations/", $path))
    };
}

/// All steps, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "2026-11-22-first",
        sqlite: &[
            file!("2026-11-22-first/sqlite.sql"),
            file!("2026-11-22-first/desk.sqlite.sql"),
        ],
        postgres: &[
            file!("2026-11-22-first/postgres.sql"),
            file!("2026-11-22-first/desk.postgres.sql"),
        ],
    },
    Migration {
        name: "2026-11-22-https",
        sqlite: &[file!("2026-11-22-https/sqlite.sql")],
        postgres: &[file!("2026-11-22-https/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-level",
        sqlite: &[file!("2026-11-22-level/sqlite.sql")],
        postgres: &[file!("2026-11-22-level/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-past-mail",
        sqlite: &[file!("2026-11-22-past-mail/sqlite.sql")],
        postgres: &[file!("2026-11-22-past-mail/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-past-run",
        sqlite: &[file!("2026-11-22-past-run/sqlite.sql")],
        postgres: &[file!("2026-11-22-past-run/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-post",
        sqlite: &[file!("2026-11-22-post/sqlite.sql")],
        postgres: &[file!("2026-11-22-post/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-promise",
        sqlite: &[file!("2026-11-22-promise/sqlite.sql")],
        postgres: &[file!("2026-11-22-promise/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-search",
        sqlite: &[file!("2026-11-22-search/sqlite.sql")],
        postgres: &[],
    },
    Migration {
        name: "2026-11-22-sign-in",
        sqlite: &[file!("2026-11-22-sign-in/sqlite.sql")],
        postgres: &[file!("2026-11-22-sign-in/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-staff",
        sqlite: &[file!("2026-11-22-staff/sqlite.sql")],
        postgres: &[file!("2026-11-22-staff/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-staff-mail",
        sqlite: &[file!("2026-11-22-staff-mail/sqlite.sql")],
        postgres: &[file!("2026-11-22-staff-mail/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-statement",
        sqlite: &[file!("2026-11-22-statement/sqlite.sql")],
        postgres: &[file!("2026-11-22-statement/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-tone",
        sqlite: &[file!("2026-11-22-tone/sqlite.sql")],
        postgres: &[file!("2026-11-22-tone/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-understanding",
        sqlite: &[file!("2026-11-22-understanding/sqlite.sql")],
        postgres: &[file!("2026-11-22-understanding/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-warning",
        sqlite: &[file!("2026-11-22-warning/sqlite.sql")],
        postgres: &[file!("2026-11-22-warning/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-watch",
        sqlite: &[file!("2026-11-22-watch/sqlite.sql")],
        postgres: &[file!("2026-11-22-watch/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-watch-flow",
        sqlite: &[file!("2026-11-22-watch-flow/sqlite.sql")],
        postgres: &[file!("2026-11-22-watch-flow/postgres.sql")],
    },
    Migration {
        name: "2026-11-22-way",
        sqlite: &[file!("2026-11-22-way/sqlite.sql")],
        postgres: &[file!("2026-11-22-way/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-adoption",
        sqlite: &[file!("2026-11-23-adoption/sqlite.sql")],
        postgres: &[file!("2026-11-23-adoption/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-holiday-feed",
        sqlite: &[file!("2026-11-23-holiday-feed/sqlite.sql")],
        postgres: &[file!("2026-11-23-holiday-feed/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-mail-log",
        sqlite: &[file!("2026-11-23-mail-log/sqlite.sql")],
        postgres: &[file!("2026-11-23-mail-log/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-round-trip",
        sqlite: &[file!("2026-11-23-round-trip/sqlite.sql")],
        postgres: &[file!("2026-11-23-round-trip/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-shift-feed",
        sqlite: &[file!("2026-11-23-shift-feed/sqlite.sql")],
        postgres: &[file!("2026-11-23-shift-feed/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-skill",
        sqlite: &[file!("2026-11-23-skill/sqlite.sql")],
        postgres: &[file!("2026-11-23-skill/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-statement-version",
        sqlite: &[file!("2026-11-23-statement-version/sqlite.sql")],
        postgres: &[file!("2026-11-23-statement-version/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-warning-mail",
        sqlite: &[file!("2026-11-23-warning-mail/sqlite.sql")],
        postgres: &[file!("2026-11-23-warning-mail/postgres.sql")],
    },
    Migration {
        name: "2026-11-23-withdrawn-contract",
        sqlite: &[file!("2026-11-23-withdrawn-contract/sqlite.sql")],
        postgres: &[file!("2026-11-23-withdrawn-contract/postgres.sql")],
    },
];

const CREATE_VERSIONS: &str =
    "create table if not exists schema_version (name text primary key, applied_at bigint not null)";
const APPLIED: &str = "select name from schema_version order by name";

/// The steps that are still to do, given those that were done.
fn missing(applied: &[String]) -> Result<Vec<&'static Migration>, StoreError> {
    let unknown = applied
        .iter()
        .find(|name| MIGRATIONS.iter().all(|step| step.name != name.as_str()));
    if let Some(name) = unknown {
        let words = format!(
            "this database was last used by a newer version of Candor (it has the step {name}, \
             which this version does not know); start that version, or restore a backup made \
             before it"
        );
        return Err(StoreError::because("migrate", ErrorKind::Broken, words));
    }
    let done = |step: &&Migration| applied.iter().any(|name| name == step.name);
    Ok(MIGRATIONS.iter().filter(|step| !done(step)).collect())
}

/// A new database is made without a word; one in use is told about its steps.
fn tell(step: &Migration, applied: &[String]) {
    if !applied.is_empty() {
        tracing::info!(migration = step.name, "migrated");
    }
}

fn now() -> i64 {
    Timestamp::now().as_microsecond()
}
