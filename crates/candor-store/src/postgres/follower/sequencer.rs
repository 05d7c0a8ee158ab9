//! Gives committed entries their positions, gap-free and in the order in which they became
//! visible.
//!
//! Owns: the sequencing transaction. Must not know: what entries mean.
//!
//! Any number of nodes may run it. Each step renews the lease in the transaction that gives the
//! positions, so a former holder is held off by the lease's row even when it does not know yet
//! that its time is up. The server's clock counts: the nodes' clocks may disagree.

use tokio_postgres::{Client, Error};

/// Entries of one step; more wait for the next, which follows at once.
const BATCH: i64 = 1000;

const WAITING: &str = "select 1 from journal where position is null limit 1";

const RENEW: &str = "
    insert into lease (name, holder, until)
    values ('sequencer', $1, cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) + 2000000)
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
    where lease.holder = excluded.holder or lease.until < excluded.until - 2000000
    returning 1";

const SEQUENCE: &str = "
    update journal set position = waiting.position
    from (
        select id,
            row_number() over (order by id)
                + (select coalesce(max(position), 0) from journal) as position
        from journal
        where position is null
        order by id
        limit $1) waiting
    where journal.id = waiting.id";

/// One would-be holder of the lease.
pub(super) struct Sequencer {
    holder: String,
}

impl Sequencer {
    pub(super) fn new() -> Self {
        let mut random = [0; 8];
        // A process id and a start time would do as well; this is shorter.
        getrandom::fill(&mut random).expect("the system has randomness");
        Self {
            holder: hex::encode(random),
        }
    }

    /// Sequences what waits; 0 when nothing does or another node holds the lease.
    pub(super) async fn step(&self, client: &Client) -> Result<u64, Error> {
        if client.query_opt(WAITING, &[]).await?.is_none() {
            return Ok(0);
        }
        // Read committed on purpose: the second statement must see what a former holder committed
        // before it gave up the row of the lease.
        client
            .batch_execute("begin isolation level read committed")
            .await?;
        let sequenced = match client.query_opt(RENEW, &[&self.holder]).await {
            Ok(None) => Ok(0),
            Ok(Some(_)) => client.execute(SEQUENCE, &[&BATCH]).await,
            Err(error) => Err(error),
        };
        let end = if sequenced.is_ok() {
            "commit"
        } else {
            "rollback"
        };
        client.batch_execute(end).await?;
        sequenced
    }
}
