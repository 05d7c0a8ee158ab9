//! Jobs and tasks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::DeskError;
use candor_desk::fetch::{FetchFolder, FetchLease, LeaveFetchLease, TakeFetchLease};
use candor_desk::intake::{INTAKE_JOB, understand_job};
use candor_desk::worker::{
    DropJob, GivenUpJob, JobOutcome, JobRun, JobsThatGaveUp, ReviveJob, Task, Worker,
};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_domain::ticket::Status;
use candor_store::job::NewJob;
use candor_store::{Engine, Tx};
use house::{HELP, House, mail};
use jiff::Span;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

async fn enqueue(house: &House, kind: &'static str) {
    let run_at = house.desk.now();
    let enqueued: Result<_, DeskError> = house
        .desk
        .store()
        .write(move |tx: &mut Tx<'_>| {
            Ok(tx.enqueue(NewJob {
                kind,
                payload: "7".to_owned(),
                run_at,
                dedupe: None,
            })?)
        })
        .await;
    enqueued.unwrap();
}

#[tokio::test]
async fn a_job_that_fails_comes_again_after_a_pause() {
    let house = House::new().await;
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let worker = Worker::new(house.desk.clone()).handle("count", move |_, job: JobRun| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            match job.attempt {
                1 => job.again("not yet"),
                _ => JobOutcome::Done,
            }
        }
    });
    enqueue(&house, "count").await;
    assert_eq!(worker.run_due().await.unwrap(), 1);
    house.clock.advance(Span::new().milliseconds(999));
    assert_eq!(worker.run_due().await.unwrap(), 0);
    house.clock.advance(Span::new().milliseconds(1));
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(house.count("select count(*) from job").await, 0);
}

/// The first page of the jobs that gave up.
async fn given_up(house: &House) -> Vec<GivenUpJob> {
    let asked = house.desk.ask(&house.lena, JobsThatGaveUp::default());
    asked.await.unwrap().rows
}

#[tokio::test]
async fn a_job_that_gave_up_is_seen_and_can_be_revived_or_dropped() {
    let house = House::new().await;
    let worker = Worker::new(house.desk.clone()).handle("never", async |_, _| {
        JobOutcome::GiveUp("there is no such thing".to_owned())
    });
    enqueue(&house, "never").await;
    enqueue(&house, "unheard-of").await;
    worker.run_due().await.unwrap();

    let jobs = given_up(&house).await;
    let seen: Vec<(&str, &str)> = jobs
        .iter()
        .map(|job| (job.kind.as_str(), job.reason.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("unheard-of", "nobody here does jobs of the kind unheard-of"),
            ("never", "there is no such thing"),
        ]
    );
    house
        .desk
        .run(&house.lena, DropJob { job: jobs[0].id })
        .await
        .unwrap();
    house
        .desk
        .run(&house.lena, ReviveJob { job: jobs[1].id })
        .await
        .unwrap();
    assert_eq!(given_up(&house).await, []);
    assert_eq!(worker.run_due().await.unwrap(), 1);

    let again = house
        .desk
        .run(&house.lena, DropJob { job: jobs[0].id })
        .await;
    assert!(matches!(again, Err(DeskError::NotFound("job"))));
    let refused = house
        .desk
        .ask(&Actor::Visitor, JobsThatGaveUp::default())
        .await;
    assert!(matches!(refused, Err(DeskError::NotAllowed(_))));
}

#[tokio::test]
async fn a_job_that_panics_harms_no_other_and_gives_up_in_the_end() {
    let house = House::new().await;
    let worker = Worker::new(house.desk.clone())
        .handle("break", async |_, _| panic!("poison"))
        .handle("fine", async |_, _| JobOutcome::Done);
    enqueue(&house, "break").await;
    enqueue(&house, "fine").await;
    for _ in 0..10 {
        worker.run_due().await.unwrap();
        house.clock.advance(Span::new().hours(2));
    }
    let jobs = given_up(&house).await;
    assert_eq!(
        (jobs.len(), jobs[0].kind.as_str(), jobs[0].attempts),
        (1, "break", 10)
    );
}

#[tokio::test]
async fn a_worker_that_died_gives_its_job_back() {
    let house = House::new().await;
    enqueue(&house, "fine").await;
    let now = house.desk.now();
    let claimed: Result<_, DeskError> = house
        .desk
        .store()
        .write(move |tx: &mut Tx<'_>| Ok(tx.claim_jobs(now, 60_000_000, 1)?))
        .await;
    assert_eq!(claimed.unwrap().len(), 1);
    let worker = Worker::new(house.desk.clone()).handle("fine", async |_, _| JobOutcome::Done);
    assert_eq!(worker.run_due().await.unwrap(), 0, "somebody has it");
    house.clock.advance(Span::new().minutes(1));
    assert_eq!(worker.run_due().await.unwrap(), 1);
}

#[tokio::test]
async fn one_process_at_a_time_does_a_task() {
    let house = House::new().await;
    let runs = Arc::new(AtomicUsize::new(0));
    let worker = || {
        let runs = Arc::clone(&runs);
        let task = Task::new("count", Duration::from_mins(1), move |_| {
            runs.fetch_add(1, Ordering::SeqCst);
            async { Ok(()) }
        });
        Worker::new(house.desk.clone()).task(task)
    };
    let (one, other) = (worker(), worker());
    one.run_tasks().await.unwrap();
    other.run_tasks().await.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    house.clock.advance(Span::new().minutes(1));
    other.run_tasks().await.unwrap();
    one.run_tasks().await.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn solved_tickets_close_by_themselves_after_the_mailboxs_time() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail("Kim <kim@post.example>", "1@p.example", "Hi", "Hi"),
        )
        .await;
    let ticket = house.only_ticket().await;
    let solve = candor_desk::ticket::ChangeTicket {
        ticket: ticket.id,
        change: candor_domain::ticket::Change::Status(Status::Solved),
        version: None,
    };
    house.desk.run(&house.lena, solve).await.unwrap();
    house.clock.advance(Span::new().hours(6 * 24));
    house.worker.run_tasks().await.unwrap();
    assert_eq!(house.only_ticket().await.status, Status::Solved);
    house.clock.advance(Span::new().hours(24));
    house.worker.run_tasks().await.unwrap();
    assert_eq!(house.only_ticket().await.status, Status::Closed);
}

/// The loop itself: woken by a commit, stopped by its token.
#[tokio::test]
async fn the_running_worker_understands_mail_and_stops_when_told() {
    let house = House::new().await;
    let postmaster = house.ground.postmaster.clone();
    let worker = Worker::new(house.desk.clone()).handle(INTAKE_JOB, move |desk, job| {
        understand_job(desk, job, postmaster.clone())
    });
    let worker = Arc::new(worker);
    let stop = CancellationToken::new();
    let running = tokio::spawn(worker.run(stop.clone()));
    let mut positions = house.desk.store().positions();
    positions.mark_unchanged();

    for number in 0..20 {
        let id = format!("{number}@p.example");
        house
            .accept(&[HELP], &mail("Kim <kim@post.example>", &id, "Hi", &id))
            .await;
    }
    while house.tickets().await.len() < 20 {
        // Nothing moves while a mail that met another one waits for its next try.
        let moved = positions.changed();
        if tokio::time::timeout(Duration::from_millis(200), moved)
            .await
            .is_err()
        {
            house.clock.advance(Span::new().seconds(1));
        }
    }
    stop.cancel();
    running.await.unwrap();
    assert_eq!(house.count("select count(*) from job").await, 0);
}

#[tokio::test]
async fn a_kind_of_job_that_hangs_leaves_room_for_the_others() {
    let house = House::new().await;
    let open = CancellationToken::new();
    let hung = open.clone();
    let done = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&done);
    let worker = Worker::new(house.desk.clone())
        .handle("hangs", move |_, _| {
            let hung = hung.clone();
            async move {
                hung.cancelled().await;
                JobOutcome::Done
            }
        })
        .handle("quick", move |_, _| {
            told.notify_one();
            async { JobOutcome::Done }
        })
        .parallel(4)
        .slow("hangs", 2);
    for _ in 0..10 {
        enqueue(&house, "hangs").await;
    }
    enqueue(&house, "quick").await;
    let stop = CancellationToken::new();
    let running = tokio::spawn(Arc::new(worker).run(stop.clone()));
    done.notified().await;
    open.cancel();
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn of_nodes_that_share_a_database_one_reads_an_inbox_until_it_stops_or_falls_silent() {
    let house = House::new().await;
    if house.desk.store().engine() == Engine::Sqlite {
        return;
    }
    let lease = |holder: &str| FetchLease {
        mailbox: MailboxId(1),
        folder: FetchFolder::Inbox,
        holder: holder.to_owned(),
    };
    let may_read = async |holder: &str| {
        let take = TakeFetchLease(lease(holder));
        house.desk.run(&Actor::System, take).await.unwrap()
    };
    assert!(may_read("north").await);
    assert!(!may_read("south").await);

    // Only its own right can a node give back.
    for (holder, free) in [("south", false), ("north", true)] {
        let given_back = LeaveFetchLease(lease(holder));
        house.desk.run(&Actor::System, given_back).await.unwrap();
        assert_eq!(may_read("south").await, free);
    }

    house.clock.advance(Span::new().seconds(19));
    assert!(!may_read("north").await);
    house.clock.advance(Span::new().seconds(1));
    assert!(may_read("north").await);
}
