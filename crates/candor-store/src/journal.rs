//! The journal: what happened, in commit order, for ever.
//!
//! Owns: the `journal` table and each entry's authentication code. Must not know: the kinds of
//! events, the Merkle log.

use candor_ledger::leaf::{Leaf, facts_hash};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::error::StoreError;
use crate::params;
use crate::row::Row;
use crate::sql::{Engine, Sql};
use crate::tx::Tx;
use crate::value::without_nul;

/// An entry's identity. It says nothing about order: see [`Entry::position`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntryId(pub i64);

/// An entry to append.
#[derive(Debug, Clone, Copy)]
pub struct NewEntry<'a> {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, opaque: `person:3`, `customer:9`, `system`.
    pub actor: &'a str,
    /// What it was done to, opaque: `ticket:12`.
    pub subject: &'a str,
    /// The name of the event.
    pub kind: &'a str,
    /// The version of that event's facts.
    pub version: i64,
    /// JSON without personal data.
    pub facts: &'a str,
    /// The salted commitment to content that may be erased later.
    pub content: Option<[u8; 32]>,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identity.
    pub id: EntryId,
    /// Its place in commit order, counted from 1 without gaps; none until it is sequenced.
    pub position: Option<i64>,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What it was done to.
    pub subject: String,
    /// The name of the event.
    pub kind: String,
    /// The version of its facts.
    pub version: i64,
    /// The facts, as stored.
    pub facts: String,
    /// The commitment to its content.
    pub content: Option<[u8; 32]>,
    /// The authentication code.
    pub mac: Vec<u8>,
}

impl Entry {
    /// What the Merkle log vouches for. An entry without a position counts as position 0.
    pub fn leaf(&self) -> Leaf<'_> {
        Leaf {
            position: self.position.unwrap_or_default(),
            at_micros: self.at.as_microsecond(),
            actor: &self.actor,
            subject: &self.subject,
            kind: &self.kind,
            version: self.version,
            facts_hash: facts_hash(self.facts.as_bytes()),
            content: self.content,
        }
    }

    /// Whether whoever wrote it held the key. The position is not part of it: the sequencer adds
    /// it later, and the Merkle log covers it.
    pub fn is_authentic(&self, key: &[u8; 32]) -> bool {
        keyed(key, &self.leaf()).verify_slice(&self.mac).is_ok()
    }
}

fn keyed(key: &[u8; 32], leaf: &Leaf<'_>) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(&leaf.mac_input());
    mac
}

// SQLite has one writer, so the position is known inside the transaction; PostgreSQL commits side
// by side, so its sequencer gives the position afterwards.
const APPEND_ENTRY: Sql = Sql::Same(
    "insert into journal (at, actor, subject, kind, version, facts, content, mac)
    values ($1, $2, $3, $4, $5, $6, $7, $8)",
);

const APPEND_IN_ORDER: Sql = Sql::Same(
    "insert into journal (at, actor, subject, kind, version, facts, content, mac, position)
    values ($1, $2, $3, $4, $5, $6, $7, $8,
        (select coalesce(max(position), 0) + 1 from journal))
    returning position",
);

const ENTRIES_AFTER: Sql = Sql::Same(
    "select id, position, at, actor, subject, kind, version, facts, content, mac
    from journal
    where position > $1
    order by position
    limit $2",
);

pub(crate) const ENTRIES_OF: Sql = Sql::Same(
    "select id, position, at, actor, subject, kind, version, facts, content, mac
    from journal
    where subject = $1
    order by id desc
    limit $2",
);

const WITHOUT_POSITION: Sql = Sql::Same(
    "select id, position, at, actor, subject, kind, version, facts, content, mac
    from journal
    where position is null
    order by id",
);

const LAST_POSITION: Sql = Sql::Same("select max(position) from journal");

impl Tx<'_> {
    /// Appends an entry. Its position moves [`crate::Store::positions`] after the commit.
    pub fn append_entry(&mut self, entry: &NewEntry<'_>) -> Result<(), StoreError> {
        // The code is made over what is stored, and NUL bytes are not.
        let [actor, subject, kind, facts] =
            [entry.actor, entry.subject, entry.kind, entry.facts].map(without_nul);
        let leaf = Leaf {
            position: 0,
            at_micros: entry.at.as_microsecond(),
            actor: &actor,
            subject: &subject,
            kind: &kind,
            version: entry.version,
            facts_hash: facts_hash(facts.as_bytes()),
            content: entry.content,
        };
        let mac = keyed(&self.shared.keys.journal, &leaf).finalize();
        let params = params![
            entry.at,
            actor,
            subject,
            kind,
            entry.version,
            facts,
            entry.content,
            mac.into_bytes().as_slice(),
        ];
        match self.engine() {
            Engine::Sqlite => {
                self.effects.position =
                    self.query_one(APPEND_IN_ORDER, &params, |row| row.get(0))?;
            }
            Engine::Postgres => {
                self.put(APPEND_ENTRY, &params)?;
                self.effects.appended = true;
            }
        }
        Ok(())
    }

    /// Sequenced entries after a position, in order.
    pub fn entries_after(&mut self, position: i64, limit: i64) -> Result<Vec<Entry>, StoreError> {
        self.query(ENTRIES_AFTER, &params![position, limit], entry)
    }

    /// Entries that wait for the sequencer: those of the last moments.
    pub fn entries_without_position(&mut self) -> Result<Vec<Entry>, StoreError> {
        self.query(WITHOUT_POSITION, &[], entry)
    }

    /// The newest entries of a subject, oldest first.
    pub fn entries_of(&mut self, subject: &str, limit: i64) -> Result<Vec<Entry>, StoreError> {
        let mut entries = self.query(ENTRIES_OF, &params![subject, limit], entry)?;
        entries.reverse();
        Ok(entries)
    }

    /// The last position, 0 before the first entry.
    pub fn last_position(&mut self) -> Result<i64, StoreError> {
        let last = self.query_one(LAST_POSITION, &[], |row| row.get::<Option<i64>>(0))?;
        Ok(last.unwrap_or_default())
    }
}

fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: EntryId(row.get(0)?),
        position: row.get(1)?,
        at: row.get(2)?,
        actor: row.get(3)?,
        subject: row.get(4)?,
        kind: row.get(5)?,
        version: row.get(6)?,
        facts: row.get(7)?,
        content: row.get(8)?,
        mac: row.get(9)?,
    })
}
