//! Whether mail flows: rows.
//!
//! Owns: the tables `mail_flow`, `mail_flow_mark` and `mail_watch`. Must not know: what is usual.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{IncomingId, MailboxId};
use jiff::Timestamp;

const COUNT: Sql = Sql::Same(
    "insert into mail_flow (mailbox_id, hour, mails) values ($1, $2, $3)
     on conflict (mailbox_id, hour) do update set mails = mail_flow.mails + excluded.mails",
);
const HOURS: Sql = Sql::Same(
    "select hour, mails
       from mail_flow
      where mailbox_id = $1 and hour >= $2
      order by hour",
);
const MARK: Sql = Sql::Same("select incoming_id from mail_flow_mark where one = 1");
const KEEP_MARK: Sql = Sql::Same(
    "insert into mail_flow_mark (one, incoming_id) values (1, $1)
     on conflict (one) do update set incoming_id = excluded.incoming_id",
);
/// A transaction that is still open may hold a lower id than one that is committed, so the mark
/// goes no further than the first mail that is younger than `$3`.
const ARRIVED: Sql = Sql::Same(
    "select id, coalesce(arrived_at, received_at), via, recipients
       from incoming
      where id > $1
        and id < coalesce(
              (select min(id) from (
                 select id, received_at from incoming where id > $1 order by id limit $2) as next
                where received_at > $3),
              9223372036854775807)
      order by id
      limit $2",
);
const PRUNE: Sql = Sql::Same(
    "delete from mail_flow
      where mailbox_id = $1
        and hour in (select hour
                       from mail_flow
                      where mailbox_id = $1 and hour < $2
                      order by hour
                      limit $3)",
);
const WATCH: Sql = Sql::Same(
    "select mailbox_id, first_at, last_at, looked_at, awake_since, alarm, since, usual, hook,
            accepted_at
       from mail_watch
      where mailbox_id = $1",
);
const WATCHES: Sql = Sql::Same(
    "select mailbox_id, first_at, last_at, looked_at, awake_since, alarm, since, usual, hook,
            accepted_at
       from mail_watch
      order by mailbox_id",
);
const KEEP_WATCH: Sql = Sql::Same(
    "insert into mail_watch (mailbox_id, first_at, last_at, looked_at, awake_since, alarm, since,
            usual, hook, accepted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (mailbox_id) do update set
       first_at = excluded.first_at, last_at = excluded.last_at,
       looked_at = excluded.looked_at, awake_since = excluded.awake_since,
       alarm = excluded.alarm, since = excluded.since, usual = excluded.usual, hook = excluded.hook,
       accepted_at = excluded.accepted_at",
);

/// A raw mail, as far as it shows that mail flows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Which.
    pub id: IncomingId,
    /// When it came: to its own server where it was fetched from there, otherwise to us.
    pub at: Timestamp,
    /// The way it took.
    pub via: String,
    /// The recipients on its envelope.
    pub recipients: Vec<String>,
}

/// How mail flows to a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailWatch {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// When its first mail came that is known of.
    pub first_at: Timestamp,
    /// When its newest came; the epoch before the first.
    pub last_at: Timestamp,
    /// When it was last looked at.
    pub looked_at: Timestamp,
    /// Since when somebody looks without a gap: a desk that was switched off saw no mail.
    pub awake_since: Timestamp,
    /// What is wrong, in a word; empty while mail flows.
    pub alarm: String,
    /// Since when.
    pub since: Timestamp,
    /// Mails that usually come in that time, in thousandths.
    pub usual: i64,
    /// What is still to be told to the address that the settings name, in a word; else empty.
    pub hook: String,
    /// Since when somebody knows that no mail comes any more; `None` where nobody said so.
    pub accepted_at: Option<Timestamp>,
}

impl MailWatch {
    /// Before anything else is known than one mail.
    pub fn new(mailbox: MailboxId, at: Timestamp) -> Self {
        Self {
            mailbox,
            first_at: at,
            last_at: at,
            looked_at: at,
            awake_since: at,
            alarm: String::new(),
            since: at,
            usual: 0,
            hook: String::new(),
            accepted_at: None,
        }
    }
}

impl Tx<'_> {
    /// Counts mails of an hour since the epoch.
    pub fn count_mail(
        &mut self,
        mailbox: MailboxId,
        hour: i64,
        mails: i64,
    ) -> Result<(), StoreError> {
        self.put(COUNT, &params![mailbox, hour, mails])
    }

    /// The hours from one on in which mail came, with how much.
    pub fn mail_hours(
        &mut self,
        mailbox: MailboxId,
        from: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        self.query(HOURS, &params![mailbox, from], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Deletes at most so many hours of a mailbox before one.
    pub fn prune_mail_hours(
        &mut self,
        mailbox: MailboxId,
        before: i64,
        most: i64,
    ) -> Result<u64, StoreError> {
        self.execute(PRUNE, &params![mailbox, before, most])
    }

    /// The raw mails that came after those that were counted, up to those that were accepted at an
    /// instant: what is younger may still be overtaken by one with a lower number.
    pub fn arrived_since_mark(
        &mut self,
        accepted_until: Timestamp,
        limit: i64,
    ) -> Result<Vec<Arrived>, StoreError> {
        let mark: Option<i64> = self.query_opt(MARK, &[], |row| row.get(0))?;
        let values = params![mark.unwrap_or_default(), limit, accepted_until];
        self.query(ARRIVED, &values, |row| {
            let recipients: String = row.get(3)?;
            Ok(Arrived {
                id: row.get(0)?,
                at: row.get(1)?,
                via: row.get(2)?,
                recipients: recipients.lines().map(str::to_owned).collect(),
            })
        })
    }

    /// Remembers up to which raw mail the hours are counted.
    pub fn keep_mail_mark(&mut self, last: IncomingId) -> Result<(), StoreError> {
        self.put(KEEP_MARK, &params![last])
    }

    /// How mail flows to a mailbox; `None` before its first mail.
    pub fn mail_watch(&mut self, mailbox: MailboxId) -> Result<Option<MailWatch>, StoreError> {
        self.query_opt(WATCH, &params![mailbox], read_watch)
    }

    /// The same of every mailbox.
    pub fn mail_watches(&mut self) -> Result<Vec<MailWatch>, StoreError> {
        self.query(WATCHES, &[], read_watch)
    }

    /// Remembers it.
    pub fn keep_mail_watch(&mut self, watch: &MailWatch) -> Result<(), StoreError> {
        let values = params![
            watch.mailbox,
            watch.first_at,
            watch.last_at,
            watch.looked_at,
            watch.awake_since,
            watch.alarm.as_str(),
            watch.since,
            watch.usual,
            watch.hook.as_str(),
            watch.accepted_at
        ];
        self.put(KEEP_WATCH, &values)
    }
}

fn read_watch(row: &Row<'_>) -> Result<MailWatch, StoreError> {
    Ok(MailWatch {
        mailbox: row.get(0)?,
        first_at: row.get(1)?,
        last_at: row.get(2)?,
        looked_at: row.get(3)?,
        awake_since: row.get(4)?,
        alarm: row.get(5)?,
        since: row.get(6)?,
        usual: row.get(7)?,
        hook: row.get(8)?,
        accepted_at: row.get(9)?,
    })
}
