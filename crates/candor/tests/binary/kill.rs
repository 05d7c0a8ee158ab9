//! What was answered with 250, or marked as read at the provider, is there once, whatever instant
//! the desk is killed at.

use crate::fetch::{account_with_password, inbox_in};
use crate::shop::{Served, Shop};
use crate::smtp::SmtpTalk;
use candor_domain::actor::Actor;
use candor_post::testing::dovecot::{Dovecot, USER};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

/// How often the desk is killed; `CANDOR_TEST_KILLS` asks for more.
const KILLS: usize = 200;
/// Senders at the same time.
const SENDERS: usize = 4;
/// Mails that wait in the inbox at the provider when the desk starts.
const WAITING: usize = 6;

/// The next number of a small generator, so that each run kills at the same counts.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// The ids of the mails whose senders heard a 250.
type Accepted = Arc<Mutex<Vec<String>>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_answered_with_250_or_marked_as_read_is_there_once_after_many_kills() {
    let kills = std::env::var("CANDOR_TEST_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    let shop = Shop::open().await;
    let folder = tempfile::TempDir::new().unwrap();
    let inbox = inbox_in(folder.path()).await;
    let set = account_with_password(&inbox);
    shop.desk().await.run(&Actor::System, set).await.unwrap();

    let accepted = Accepted::default();
    let numbers = Arc::new(AtomicUsize::new(0));
    let mut marked = Vec::new();
    let mut dice = 20_260_302;
    for round in 0..kills {
        fill(&inbox, &numbers);
        shop.end_fetching_of_dead_nodes().await;
        let mut desk = shop.serve().await;
        let mut senders = JoinSet::new();
        for _ in 0..SENDERS {
            let (accepted, numbers) = (Arc::clone(&accepted), Arc::clone(&numbers));
            senders.spawn(send_until_killed(desk.smtp_port, accepted, numbers));
        }
        // Two kills come while mail is sent to the desk, the third while the desk fetches some.
        if round % 3 < 2 {
            let enough = accepted.lock().await.len() + next(&mut dice) % 6;
            until(&mut desk, async || accepted.lock().await.len() >= enough).await;
        } else {
            let enough = 1 + next(&mut dice) % (WAITING - 1);
            until(&mut desk, async || inbox.maildir.count("").1 >= enough).await;
        }
        desk.kill().await;
        senders.join_all().await;
        // Whoever reads the inbox files them elsewhere: the desk cannot fetch them a second time.
        marked.extend(inbox.maildir.take_marked().iter().map(|raw| id_of(raw)));
    }

    let accepted = accepted.lock().await.clone();
    assert!(accepted.len() > kills, "{} by SMTP", accepted.len());
    assert!(marked.len() > kills / 3, "{} by IMAP", marked.len());
    let all: Vec<String> = accepted.into_iter().chain(marked).collect();
    let distinct: BTreeSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    shop.expect_each_once(all).await;
}

/// Waits for what `done` looks at, as long as the desk runs.
async fn until(desk: &mut Served, done: impl AsyncFn() -> bool) {
    while !done().await {
        assert!(desk.is_running(), "the desk fell over by itself");
        tokio::task::yield_now().await;
    }
}

/// Puts mails into the inbox until [`WAITING`] lie there.
fn fill(inbox: &Dovecot, numbers: &AtomicUsize) {
    for _ in inbox.maildir.count("").0..WAITING {
        let number = numbers.fetch_add(1, Ordering::SeqCst);
        inbox.maildir.deliver(mail(number, USER).as_bytes());
    }
}

fn mail(number: usize, to: &str) -> String {
    format!(
        "From: c{}@customer.example\r\nTo: {to}\r\nSubject: Mail {number}\r\n\
         Message-ID: <{number}.kill@customer.example>\r\n\r\nText of mail {number}.\r\n",
        number % 50
    )
}

/// The Message-ID of such a mail.
fn id_of(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("Message-ID: "));
    line.expect("every mail of ours has one").to_owned()
}

/// Sends mails one after the other; every second one is sent twice, as a sender does that never
/// heard the 250.
async fn send_until_killed(port: u16, accepted: Accepted, numbers: Arc<AtomicUsize>) {
    let Some(mut talk) = SmtpTalk::open(port).await else {
        return;
    };
    loop {
        let number = numbers.fetch_add(1, Ordering::SeqCst);
        let mail = mail(number, "help@shop.example");
        if talk.send("help@shop.example", &mail).await != Some(250) {
            return;
        }
        accepted.lock().await.push(id_of(mail.as_bytes()));
        if number % 2 == 1 && talk.send("help@shop.example", &mail).await != Some(250) {
            return;
        }
    }
}
