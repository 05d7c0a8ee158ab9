//! Checkpoints, kept answers, leases.

use candor_store::checkpoint::StoredCheckpoint;
use candor_store::idempotency::KeptAnswer;
use candor_store::testing::fresh_store;
use candor_store::{ErrorKind, StoreError};
use jiff::Timestamp;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a small number")
}

fn checkpoint(size: i64) -> StoredCheckpoint {
    StoredCheckpoint {
        size,
        root: [size as u8; 32],
        frontier: vec![1, 2, 3],
        note: "candor\n".to_owned(),
        at: at(size),
    }
}

#[tokio::test]
async fn a_size_is_sealed_once() {
    let desk = fresh_store().await;
    let save = |size| {
        desk.store
            .write(move |tx| tx.save_checkpoint(&checkpoint(size)))
    };

    let before = desk.store.read(|tx| tx.last_checkpoint()).await;
    save(4).await.expect("kept");
    save(9).await.expect("kept");
    let again = save(9).await;
    let last = desk.store.read(|tx| tx.last_checkpoint()).await;
    let later = desk.store.read(|tx| tx.checkpoints_after(3, 10)).await;

    assert_eq!(before.expect("read"), None);
    assert_eq!(again.expect_err("sealed").kind, ErrorKind::Conflict);
    assert_eq!(last.expect("read"), Some(checkpoint(9)));
    assert_eq!(later.expect("read"), [checkpoint(4), checkpoint(9)]);
}

#[tokio::test]
async fn an_answer_is_kept_for_its_owner_and_key() {
    let desk = fresh_store().await;
    let answer = KeptAnswer {
        request_hash: [5; 32],
        status: 201,
        body: "{\"number\":7}".to_owned(),
        created_at: at(100),
    };
    let keep = || {
        let answer = answer.clone();
        desk.store
            .write(move |tx| tx.idempotency_keep("token:1", "abc", &answer))
    };

    keep().await.expect("kept");
    let twice = keep().await;
    let look = |owner: &'static str| {
        desk.store
            .read(move |tx| tx.idempotency_lookup(owner, "abc"))
    };
    let own = look("token:1").await.expect("read");
    let foreign = look("token:2").await.expect("read");
    let forgotten = desk.store.write(|tx| tx.idempotency_forget(at(101))).await;

    assert_eq!(own, Some(answer));
    assert_eq!(foreign, None);
    assert_eq!(twice.expect_err("taken").kind, ErrorKind::Conflict);
    assert_eq!(forgotten.expect("forgotten"), 1);
    assert_eq!(look("token:1").await.expect("read"), None);
}

#[tokio::test]
async fn a_lease_has_one_holder_until_it_runs_out() {
    let desk = fresh_store().await;
    let take = |holder: &'static str, now| {
        desk.store
            .write(move |tx| tx.take_lease("sealer", holder, at(now), at(now + 10)))
    };
    let mut taken = Vec::new();
    for (holder, now) in [
        ("a", 0),
        ("b", 5),
        ("a", 6),
        ("b", 15),
        ("b", 16),
        ("a", 17),
    ] {
        taken.push(take(holder, now).await.expect("asked"));
    }

    // a takes, b must wait, a renews to 16, b must wait, then b takes and a must wait.
    assert_eq!(taken, [true, false, true, false, true, false]);
}

#[tokio::test]
async fn a_lease_rolled_back_is_not_held() {
    let desk = fresh_store().await;
    let undone = desk
        .store
        .write(|tx| {
            tx.take_lease("sealer", "a", at(0), at(10))?;
            Err::<(), _>(StoreError::new("think again", ErrorKind::NotFound))
        })
        .await;
    undone.expect_err("undone");

    let other = desk
        .store
        .write(|tx| tx.take_lease("sealer", "b", at(1), at(11)))
        .await;

    assert!(other.expect("asked"));
}
