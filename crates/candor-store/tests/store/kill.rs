//! A process that is killed in the middle of its work.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use candor_store::journal::NewEntry;
use candor_store::testing::fresh_store;
use candor_store::{DatabaseUrl, Sql, Store, StoreConfig, StoreError, StoreKeys};
use jiff::Timestamp;

const NAME: &str = "kill::a_killed_process_loses_nothing_that_it_had_confirmed";
const DATABASE: &str = "CANDOR_TEST_KILLED_DATABASE";
const FOLDER: &str = "CANDOR_TEST_KILLED_FOLDER";
const ROUND: &str = "CANDOR_TEST_KILLED_ROUND";
/// Marks what the other process confirmed, among the test runner's own lines.
const CONFIRMED: &str = "confirmed ";

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_loses_nothing_that_it_had_confirmed() {
    if let Ok(round) = std::env::var(ROUND) {
        return write_until_killed(&round).await;
    }
    let desk = fresh_store().await;
    let mut confirmed = BTreeSet::new();
    for round in 0..5 {
        let config = desk.config.clone();
        let lines = tokio::task::spawn_blocking(move || run_and_kill(&config, round));
        confirmed.extend(lines.await.expect("no panic"));
    }
    assert!(confirmed.len() >= 200, "only {}", confirmed.len());
    all_have_positions(&desk.store).await;

    let entries = desk.store.read(|tx| tx.entries_after(0, i64::MAX)).await;

    let entries = entries.expect("entries can be read");
    let kept: BTreeSet<String> = entries.iter().map(|entry| entry.subject.clone()).collect();
    assert!(kept.is_superset(&confirmed), "an answer was broken");
    assert_eq!(kept.len(), entries.len(), "each entry is there once");
    let positions: Vec<i64> = entries.iter().filter_map(|entry| entry.position).collect();
    let expected: Vec<i64> = (1..=entries.len() as i64).collect();
    assert_eq!(positions, expected);
}

async fn all_have_positions(store: &Store) {
    const WAITING: Sql = Sql::Same("select count(*) from journal where position is null");
    let mut positions = store.positions();
    loop {
        let waiting = store.read(|tx| tx.query_one(WAITING, &[], |row| row.get::<i64>(0)));
        if waiting.await.expect("it can be read") == 0 {
            return;
        }
        positions.changed().await.expect("the store lives");
    }
}

/// Starts this test once more as a process of its own, and kills it while it works.
fn run_and_kill(config: &StoreConfig, round: usize) -> Vec<String> {
    let database = match &config.database {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    let mut process = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", NAME, "--nocapture"])
        .env(DATABASE, database)
        .env(FOLDER, &config.data_dir)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let output = BufReader::new(process.stdout.take().expect("its output is piped"));
    let mut lines = output.lines().map_while(Result::ok);
    let confirmed = |line: String| line.strip_prefix(CONFIRMED).map(str::to_owned);
    let mut heard: Vec<String> = lines.by_ref().filter_map(confirmed).take(40).collect();
    process.kill().expect("it is killed");
    process.wait().expect("it ends");
    // What it still managed to say counts as well; the last line may be cut short.
    let mut rest: Vec<String> = lines.filter_map(confirmed).collect();
    rest.pop();
    heard.extend(rest);
    heard
}

/// The other process: eight writers that confirm each entry after its commit.
async fn write_until_killed(round: &str) {
    let var = |name| std::env::var(name).expect("the first process sets it");
    let keys = StoreKeys { journal: [7; 32] };
    let database = var(DATABASE).parse().expect("an address");
    let store = Store::open(StoreConfig::new(database, var(FOLDER), keys))
        .await
        .expect("the store opens");
    let writers = (0..8).map(|writer| write_for_ever(store.clone(), format!("{round}-{writer}")));
    futures_util::future::join_all(writers).await;
}

async fn write_for_ever(store: Store, name: String) {
    for number in 0.. {
        let subject = format!("{name}-{number}");
        let entry = subject.clone();
        store
            .write(move |tx| {
                tx.append_entry(&NewEntry {
                    at: Timestamp::UNIX_EPOCH,
                    actor: "system",
                    subject: &entry,
                    kind: "ticket.closed",
                    version: 1,
                    facts: "{}",
                    content: None,
                })?;
                Ok::<_, StoreError>(())
            })
            .await
            .expect("it is kept");
        writeln!(std::io::stdout(), "{CONFIRMED}{subject}").expect("the first process listens");
    }
}
