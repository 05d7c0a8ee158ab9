//! Jobs and those who take them.

use std::collections::BTreeSet;

use candor_domain::id::JobId;
use candor_store::job::NewJob;
use candor_store::testing::fresh_store;
use candor_store::{ErrorKind, Store, StoreError, Stretch, Tx};
use jiff::Timestamp;

const LEASE_MICROS: i64 = 30_000_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a small number")
}

fn enqueue(tx: &mut Tx<'_>, payload: &str, run_at: i64) -> Result<Option<JobId>, StoreError> {
    tx.enqueue(NewJob {
        kind: "brew",
        payload: payload.to_owned(),
        run_at: at(run_at),
        dedupe: None,
    })
}

async fn claim(store: &Store, now: i64, limit: i64) -> Vec<candor_store::job::Job> {
    store
        .write(move |tx| tx.claim_jobs(at(now), LEASE_MICROS, limit))
        .await
        .expect("jobs can be claimed")
}

#[tokio::test]
async fn a_job_runs_when_it_is_due_and_comes_back_when_its_worker_dies() {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| enqueue(tx, "espresso", 100))
        .await
        .expect("kept");

    let early = claim(&desk.store, 99, 10).await;
    let first = claim(&desk.store, 100, 10).await;
    let during = claim(&desk.store, 129, 10).await;
    let next = desk.store.read(|tx| tx.next_job_at()).await.expect("read");
    let after = claim(&desk.store, 130, 10).await;

    assert_eq!(
        (early.len(), first.len(), during.len(), after.len()),
        (0, 1, 0, 1)
    );
    assert_eq!(next, Some(at(130)));
    assert_eq!((first[0].attempts, after[0].attempts), (1, 2));
    assert_eq!(after[0].payload, "espresso");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_never_get_the_same_job() {
    const JOBS: usize = 200;
    let desk = fresh_store().await;
    desk.store
        .write(|tx| {
            for number in 0..JOBS {
                enqueue(tx, &number.to_string(), 0)?;
            }
            Ok::<_, StoreError>(())
        })
        .await
        .expect("kept");
    let other = Store::open(desk.config.clone())
        .await
        .expect("it opens twice");
    let work = |store: Store| async move {
        let mut got = Vec::new();
        loop {
            let jobs = claim(&store, 1, 7).await;
            if jobs.is_empty() {
                return got;
            }
            got.extend(jobs.into_iter().map(|job| job.payload));
        }
    };

    let (one, two) = tokio::join!(
        tokio::spawn(work(desk.store.clone())),
        tokio::spawn(work(other)),
    );

    let all: Vec<String> = [one.expect("no panic"), two.expect("no panic")].concat();
    let distinct: BTreeSet<&String> = all.iter().collect();
    assert_eq!((all.len(), distinct.len()), (JOBS, JOBS));
}

#[tokio::test]
async fn a_key_keeps_a_job_from_being_enqueued_twice() {
    let desk = fresh_store().await;
    let enqueue = || {
        desk.store.write(|tx| {
            tx.enqueue(NewJob {
                kind: "count",
                payload: String::new(),
                run_at: at(0),
                dedupe: Some("count:inbox".to_owned()),
            })
        })
    };

    let first = enqueue().await.expect("kept").expect("it is new");
    let second = enqueue().await.expect("asked");
    desk.store
        .write(move |tx| tx.finish_job(first))
        .await
        .expect("finished");
    let third = enqueue().await.expect("asked");

    assert_eq!(second, None);
    assert!(third.is_some());
}

#[tokio::test]
async fn a_failing_job_is_tried_again_put_aside_and_revived() {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| enqueue(tx, "mocha", 0))
        .await
        .expect("kept");
    let id = claim(&desk.store, 0, 1).await[0].id;

    desk.store
        .write(move |tx| tx.retry_job(id, at(5), "no milk"))
        .await
        .expect("put back");
    let again = claim(&desk.store, 5, 1).await;
    desk.store
        .write(move |tx| tx.give_up_job(id, "still no milk"))
        .await
        .expect("put aside");
    let after_giving_up = claim(&desk.store, 1_000, 1).await;
    let aside = desk
        .store
        .read(|tx| tx.jobs_that_gave_up(Stretch::Top, 10))
        .await
        .expect("read");
    let revived = desk
        .store
        .write(move |tx| tx.revive_job(id, at(2_000)))
        .await;
    let fresh = claim(&desk.store, 2_000, 1).await;
    let revived_twice = desk.store.write(move |tx| tx.revive_job(id, at(0))).await;

    assert_eq!(again[0].last_error.as_deref(), Some("no milk"));
    assert!(after_giving_up.is_empty());
    assert_eq!(aside[0].last_error.as_deref(), Some("still no milk"));
    assert!(revived.expect("asked"));
    assert_eq!(fresh[0].attempts, 1);
    assert!(!revived_twice.expect("asked"));
}

#[tokio::test]
async fn workers_wake_after_a_commit_and_not_after_an_undone_verb() {
    let desk = fresh_store().await;
    let mut wake = desk.store.job_wake();
    let undone = desk
        .store
        .write(|tx| {
            enqueue(tx, "espresso", 0)?;
            Err::<(), _>(StoreError::new("think again", ErrorKind::NotFound))
        })
        .await;
    let jobs = desk.store.read(|tx| tx.next_job_at()).await.expect("read");
    wake.mark_unchanged();
    desk.store
        .write(|tx| enqueue(tx, "latte", 0))
        .await
        .expect("kept");

    undone.expect_err("undone");
    assert_eq!(jobs, None);
    assert!(wake.has_changed().expect("the store lives"));
}

#[tokio::test]
async fn a_job_of_another_process_wakes_the_workers_of_this_one() {
    let desk = fresh_store().await;
    let other = Store::open(desk.config.clone())
        .await
        .expect("it opens twice");
    let mut wake = desk.store.job_wake();

    other
        .write(|tx| {
            enqueue(tx, "espresso", 0)?;
            // On PostgreSQL the hint travels with the entry that every change appends.
            tx.append_entry(&candor_store::journal::NewEntry {
                at: at(0),
                actor: "system",
                subject: "ticket:1",
                kind: "ticket.opened",
                version: 1,
                facts: "{}",
                content: None,
            })
        })
        .await
        .expect("kept");

    wake.changed().await.expect("the store lives");
    assert_eq!(claim(&desk.store, 0, 1).await[0].payload, "espresso");
}

#[tokio::test]
async fn one_kind_may_be_left_out_while_enough_of_it_runs() {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| {
            enqueue(tx, "espresso", 0)?;
            tx.enqueue(NewJob {
                kind: "clean",
                payload: "machine".to_owned(),
                run_at: at(5),
                dedupe: None,
            })
        })
        .await
        .expect("kept");

    let next = desk.store.read(|tx| tx.next_job_at_except("brew")).await;
    let claimed = desk
        .store
        .write(|tx| tx.claim_jobs_except("brew", at(9), LEASE_MICROS, 10))
        .await
        .expect("claimed");

    assert_eq!(next.expect("read"), Some(at(5)));
    let kinds: Vec<&str> = claimed.iter().map(|job| job.kind.as_str()).collect();
    assert_eq!(kinds, ["clean"]);
}
