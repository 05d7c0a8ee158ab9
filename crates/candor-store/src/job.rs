//! Background jobs: enqueued with the change that needs them, claimed by one worker at a time.
//!
//! Owns: the `job` table. Must not know: what a job does, when to give up.

use candor_domain::id::JobId;
use jiff::Timestamp;

use crate::error::StoreError;
use crate::params;
use crate::row::Row;
use crate::sql::Sql;
use crate::stretch::Stretch;
use crate::tx::Tx;

/// A job to enqueue.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Which worker function takes it.
    pub kind: &'a str,
    /// Its input, usually JSON.
    pub payload: String,
    /// When it may run.
    pub run_at: Timestamp,
    /// While an unfinished job (also one that runs just now) has this key, another is not
    /// enqueued.
    pub dedupe: Option<String>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// Which worker function takes it.
    pub kind: String,
    /// Its input.
    pub payload: String,
    /// When it may be taken next. A claim moves it to the end of the lease, so a worker that dies
    /// gives its job back by doing nothing.
    pub run_at: Timestamp,
    /// Times it was claimed, this time included.
    pub attempts: i64,
    /// Why it failed the last time.
    pub last_error: Option<String>,
}

const ENQUEUE: Sql = Sql::Same(
    "insert into job (kind, payload, run_at, dedupe) values ($1, $2, $3, $4)
    on conflict (dedupe) do nothing
    returning id",
);

// Several workers need `skip locked`; SQLite has one writer.
const CLAIM: Sql = Sql::PerEngine {
    sqlite: "update job set run_at = $2, attempts = attempts + 1
        where id in (
            select id from job
            where state = 'pending' and run_at <= $1 and kind <> $4
            order by run_at, id
            limit $3)
        returning id, kind, payload, run_at, attempts, last_error",
    postgres: "update job set run_at = $2, attempts = attempts + 1
        where id in (
            select id from job
            where state = 'pending' and run_at <= $1 and kind <> $4
            order by run_at, id
            limit $3
            for update skip locked)
        returning id, kind, payload, run_at, attempts, last_error",
};

const FINISH: Sql = Sql::Same("delete from job where id = $1");

const RETRY: Sql = Sql::Same("update job set run_at = $2, last_error = $3 where id = $1");

const EXTEND: Sql =
    Sql::Same("update job set run_at = $2 where id = $1 and state = 'pending' and run_at < $2");

const GIVE_UP: Sql =
    Sql::Same("update job set state = 'gave_up', last_error = $2, dedupe = null where id = $1");

const REVIVE: Sql = Sql::Same(
    "update job set state = 'pending', run_at = $2, attempts = 0
    where id = $1 and state = 'gave_up'",
);

const GAVE_UP: Sql = Sql::Same(
    "select id, kind, payload, run_at, attempts, last_error
    from job
    where state = 'gave_up' and id < $1
    order by id desc
    limit $2",
);

const GAVE_UP_BEFORE: Sql = Sql::Same(
    "select id, kind, payload, run_at, attempts, last_error
    from job
    where state = 'gave_up' and id > $1
    order by id
    limit $2",
);

const DROP: Sql = Sql::Same("delete from job where id = $1 and state = 'gave_up'");

const NEXT: Sql = Sql::Same(
    "select run_at from job
    where state = 'pending' and kind <> $1
    order by run_at
    limit 1",
);

impl Tx<'_> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a job is made to be handed over"
    )]
    /// Enqueues a job; none when an unfinished one has the same key.
    pub fn enqueue(&mut self, job: NewJob<'_>) -> Result<Option<JobId>, StoreError> {
        let params = params![job.kind, job.payload, job.run_at, job.dedupe];
        let id = self.query_opt(ENQUEUE, &params, |row| row.get(0))?;
        self.effects.enqueued |= id.is_some();
        Ok(id)
    }

    /// Claims due jobs for `lease_micros`, longest due first. Two workers never get the same.
    pub fn claim_jobs(
        &mut self,
        now: Timestamp,
        lease_micros: i64,
        limit: i64,
    ) -> Result<Vec<Job>, StoreError> {
        self.claim_jobs_except("", now, lease_micros, limit)
    }

    /// The same without the jobs of one kind, of which enough run already.
    pub fn claim_jobs_except(
        &mut self,
        kind: &str,
        now: Timestamp,
        lease_micros: i64,
        limit: i64,
    ) -> Result<Vec<Job>, StoreError> {
        let until = now.as_microsecond().saturating_add(lease_micros);
        let mut jobs = self.query(CLAIM, &params![now, until, limit, kind], job)?;
        jobs.sort_by_key(|job| job.id);
        Ok(jobs)
    }

    /// Keeps a claimed job until a later time.
    pub fn extend_job(&mut self, id: JobId, until: Timestamp) -> Result<(), StoreError> {
        self.put(EXTEND, &params![id, until])
    }

    /// Removes a job that is done.
    pub fn finish_job(&mut self, id: JobId) -> Result<(), StoreError> {
        self.put(FINISH, &params![id])
    }

    /// Puts a job back for another try.
    pub fn retry_job(
        &mut self,
        id: JobId,
        run_at: Timestamp,
        error: &str,
    ) -> Result<(), StoreError> {
        self.effects.enqueued = true;
        self.put(RETRY, &params![id, run_at, error])
    }

    /// Puts a job aside for a person to look at.
    pub fn give_up_job(&mut self, id: JobId, error: &str) -> Result<(), StoreError> {
        self.put(GIVE_UP, &params![id, error])
    }

    /// Lets a job that was put aside start afresh; false when there is none.
    pub fn revive_job(&mut self, id: JobId, run_at: Timestamp) -> Result<bool, StoreError> {
        self.effects.enqueued = true;
        Ok(self.execute(REVIVE, &params![id, run_at])? > 0)
    }

    /// Removes a job that was put aside; false when there is none.
    pub fn drop_job(&mut self, id: JobId) -> Result<bool, StoreError> {
        Ok(self.execute(DROP, &params![id])? > 0)
    }

    /// Jobs that were put aside, the newest first.
    pub fn jobs_that_gave_up(
        &mut self,
        stretch: Stretch<JobId>,
        limit: i64,
    ) -> Result<Vec<Job>, StoreError> {
        let newest = JobId(i64::MAX);
        let values = params![stretch.cursor().unwrap_or(newest), limit];
        if !stretch.goes_back() {
            return self.query(GAVE_UP, &values, job);
        }
        let mut jobs = self.query(GAVE_UP_BEFORE, &values, job)?;
        jobs.reverse();
        Ok(jobs)
    }

    /// When the next job may be taken.
    pub fn next_job_at(&mut self) -> Result<Option<Timestamp>, StoreError> {
        self.next_job_at_except("")
    }

    /// The same without the jobs of one kind.
    pub fn next_job_at_except(&mut self, kind: &str) -> Result<Option<Timestamp>, StoreError> {
        self.query_opt(NEXT, &params![kind], |row| row.get(0))
    }
}

fn job(row: &Row<'_>) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: row.get(2)?,
        run_at: row.get(3)?,
        attempts: row.get(4)?,
        last_error: row.get(5)?,
    })
}
