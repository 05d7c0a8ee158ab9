//! What was answered with 250 is there once, whatever instant the desk is killed at.

use crate::shop::Shop;
use crate::smtp::SmtpTalk;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Mutex;

/// How often the desk is killed; `CANDOR_TEST_KILLS` asks for more.
const KILLS: usize = 200;
/// Senders at the same time.
const SENDERS: usize = 4;

/// The next number of a small generator, so that each run kills at the same counts.
fn next(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_answered_with_250_is_there_once_after_many_kills() {
    let kills = std::env::var("CANDOR_TEST_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    let shop = Shop::open().await;
    let accepted: Arc<Mutex<Vec<String>>> = Arc::default();
    let numbers = Arc::new(AtomicUsize::new(0));
    let mut dice = 20_260_302;
    for round in 0..kills {
        let mut desk = shop.serve().await;
        let before = accepted.lock().await.len();
        let enough = before + (next(&mut dice) % 6) as usize;
        let mut senders = tokio::task::JoinSet::new();
        for _ in 0..SENDERS {
            let (accepted, numbers, port) =
                (Arc::clone(&accepted), Arc::clone(&numbers), desk.smtp_port);
            senders.spawn(send_until_killed(port, accepted, numbers));
        }
        while accepted.lock().await.len() < enough {
            assert!(
                desk.is_running(),
                "the desk fell over by itself in round {round}"
            );
            tokio::task::yield_now().await;
        }
        desk.kill().await;
        while senders.join_next().await.is_some() {}
    }
    let accepted = accepted.lock().await.clone();
    assert!(
        accepted.len() > kills,
        "only {} mails were accepted",
        accepted.len()
    );
    let distinct: BTreeSet<&String> = accepted.iter().collect();
    assert_eq!(distinct.len(), accepted.len());
    shop.expect_each_once(accepted).await;
}

/// Sends mails one after the other; every second one is sent twice, as a sender does that never
/// heard the 250.
async fn send_until_killed(
    port: u16,
    accepted: Arc<Mutex<Vec<String>>>,
    numbers: Arc<AtomicUsize>,
) {
    let Some(mut talk) = SmtpTalk::open(port).await else {
        return;
    };
    loop {
        let number = numbers.fetch_add(1, Ordering::SeqCst);
        let id = format!("<{number}.kill@customer.example>");
        let mail = format!(
            "From: c{}@customer.example\r\nTo: help@shop.example\r\nSubject: Mail {number}\r\n\
             Message-ID: {id}\r\n\r\nText of mail {number}.\r\n",
            number % 50
        );
        if talk.send("help@shop.example", &mail).await != Some(250) {
            return;
        }
        accepted.lock().await.push(id);
        if number % 2 == 1 && talk.send("help@shop.example", &mail).await != Some(250) {
            return;
        }
    }
}
