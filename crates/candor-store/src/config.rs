//! Where the data lies and how it is reached.
//!
//! Owns: the store's settings. Must not know: config files or the environment.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// Which database to use.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file (`sqlite:PATH`).
    Sqlite(PathBuf),
    /// A PostgreSQL server (`postgres://...`).
    Postgres(String),
}

/// A database address that is neither `sqlite:PATH` nor `postgres://...`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a database is `sqlite:PATH` or `postgres://USER@HOST/NAME`")]
pub struct DatabaseUrlError;

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(DatabaseUrlError);
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(DatabaseUrlError)
    }
}

/// Shows no password.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let place = url.rsplit_once('@').map_or("...", |(_, place)| place);
                let place = place.split('?').next().unwrap_or(place);
                write!(f, "postgres://{place}")
            }
        }
    }
}

/// Keys that lie outside of the database.
#[derive(Clone)]
pub struct StoreKeys {
    /// Authenticates each journal entry.
    pub journal: [u8; 32],
}

/// Shows no key.
impl fmt::Debug for StoreKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKeys")
    }
}

/// The store's settings.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// Which database.
    pub database: DatabaseUrl,
    /// The folder for blobs and backups.
    pub data_dir: PathBuf,
    /// Keys from outside of the database.
    pub keys: StoreKeys,
    /// Whether all nodes see the same `data_dir`. Where they do not, PostgreSQL keeps large blobs.
    pub shared_blobs: bool,
    /// How many writes may wait for the one SQLite writer.
    pub queue_depth: usize,
    /// How long a write waits for a place in that queue, or for a connection, before it is refused
    /// as busy.
    pub queue_wait: Duration,
    /// Connections: readers on SQLite, the whole pool on PostgreSQL.
    pub connections: usize,
}

impl StoreConfig {
    /// Settings that fit a small machine.
    pub fn new(database: DatabaseUrl, data_dir: impl Into<PathBuf>, keys: StoreKeys) -> Self {
        let connections = match database {
            DatabaseUrl::Sqlite(_) => 4,
            DatabaseUrl::Postgres(_) => 16,
        };
        Self {
            database,
            data_dir: data_dir.into(),
            keys,
            shared_blobs: false,
            queue_depth: 1024,
            queue_wait: Duration::from_secs(5),
            connections,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_address_is_parsed_and_its_password_is_never_shown() {
        let sqlite: DatabaseUrl = "sqlite:shop/candor.db".parse().unwrap();
        let postgres: DatabaseUrl = "postgres://desk:hunter2@db.example/candor".parse().unwrap();

        assert_eq!(sqlite, DatabaseUrl::Sqlite("shop/candor.db".into()));
        assert_eq!(format!("{postgres:?}"), "postgres://db.example/candor");
        assert_eq!("mysql://x".parse::<DatabaseUrl>(), Err(DatabaseUrlError));
        assert_eq!("sqlite:".parse::<DatabaseUrl>(), Err(DatabaseUrlError));
    }
}
