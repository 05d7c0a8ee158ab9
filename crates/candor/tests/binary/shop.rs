//! A shop served by the real binary, on the engine that the environment chooses.

use candor_desk::clock::{Clock, SystemClock, SystemEntropy};
use candor_desk::cx::Keys;
use candor_desk::fetch::{FetchFolder, FetchLease};
use candor_desk::intake::{INTAKE_JOB, RetryIncoming, understand_job};
use candor_desk::postmaster::Unconnected;
use candor_desk::worker::Worker;
use candor_desk::{Desk, DeskConfig, Stretch};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_store::intake::IncomingState;
use candor_store::testing::{Cleanup, fresh_config};
use candor_store::{DatabaseUrl, Store, StoreConfig, StoreKeys};
use jiff::{Timestamp, ToSpan};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The owner's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A desk that `candor init` made.
pub(crate) struct Shop {
    pub(crate) data: PathBuf,
    pub(crate) database: DatabaseUrl,
    _cleanup: Cleanup,
}

/// A running `candor serve`.
pub(crate) struct Served {
    child: Child,
    /// Held open: a desk that can no longer say anything would fall over.
    _said: Lines<BufReader<ChildStdout>>,
    /// What it said before it was ready.
    #[allow(dead_code, reason = "the tests without a browser need none of it")]
    pub(crate) heard: Vec<String>,
    pub(crate) http_port: u16,
    pub(crate) smtp_port: u16,
}

impl Shop {
    /// Makes the shop.
    pub(crate) async fn open() -> Self {
        let shop = Self::unmade().await;
        shop.init().await;
        shop
    }

    /// Makes a shop that is one folder, whatever engine the others run on.
    #[allow(dead_code, reason = "only the commands' tests need one")]
    pub(crate) async fn open_in_one_folder() -> Self {
        let mut shop = Self::unmade().await;
        shop.database = DatabaseUrl::Sqlite(shop.data.join("candor.sqlite"));
        shop.init().await;
        shop
    }

    async fn init(&self) {
        let password = self.data.join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        let init = [
            "init",
            "--owner-email",
            "mara@shop.example",
            "--password-file",
        ];
        let made = self.command(&init).arg(&password).output().await.unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
    }

    /// A place for a shop that nobody has made yet.
    pub(crate) async fn unmade() -> Self {
        let (config, cleanup) = fresh_config(false).await;
        let data = config.data_dir.join("desk");
        let database = match config.database {
            DatabaseUrl::Sqlite(_) => DatabaseUrl::Sqlite(data.join("candor.sqlite")),
            postgres @ DatabaseUrl::Postgres(_) => postgres,
        };
        std::fs::create_dir_all(&data).unwrap();
        Self {
            data,
            database,
            _cleanup: cleanup,
        }
    }

    /// A command of the binary, told about this shop.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.program(env!("CARGO_BIN_EXE_candor"));
        command.args(arguments);
        command
    }

    /// Any program, told about this shop.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        let database = match &self.database {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        command
            .env_remove("CANDOR_CONFIG")
            .env("CANDOR_DATA", &self.data)
            .env("CANDOR_DATABASE", database)
            .env("CANDOR_LOG", "warn")
            .kill_on_drop(true)
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end; gives its exit code, output and complaints.
    pub(crate) async fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let done = self.command(arguments).output().await.unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            done.status.code().unwrap_or(-1),
            text(&done.stdout),
            text(&done.stderr),
        )
    }

    /// Starts `candor serve` and waits until pages and mail have a port.
    pub(crate) async fn serve(&self) -> Served {
        self.serve_with(&[]).await
    }

    /// As [`Self::serve`], with more variables.
    pub(crate) async fn serve_with(&self, variables: &[(&str, &str)]) -> Served {
        let mut command = self.command(&["serve"]);
        command.envs(variables.iter().copied());
        Self::start(command).await
    }

    /// As [`Self::serve`], on a disk that takes no file larger than `kilobytes`.
    #[allow(dead_code, reason = "only the commands' tests have a full disk")]
    pub(crate) async fn serve_on_a_small_disk(&self, kilobytes: usize) -> Served {
        let mut command = self.program("sh");
        // Without the trap the kernel ends the process instead of refusing the write. The unit
        // of ulimit is half a kilobyte.
        let script = format!(
            "trap '' XFSZ; ulimit -f {}; exec \"$0\" serve",
            kilobytes * 2
        );
        command
            .args(["-c", &script])
            .arg(env!("CARGO_BIN_EXE_candor"));
        Self::start(command).await
    }

    async fn start(mut command: Command) -> Served {
        let mut child = command
            .env("CANDOR_LISTEN", "127.0.0.1:0")
            .env("CANDOR_SMTP_LISTEN", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut heard = Vec::new();
        Served {
            http_port: port_after(&mut said, "Candor listens on 127.0.0.1:", &mut heard).await,
            smtp_port: port_after(&mut said, "Mail comes in at 127.0.0.1:", &mut heard).await,
            heard,
            child,
            _said: said,
        }
    }

    /// The desk itself, opened beside the binary; later, so that everything is due.
    pub(crate) async fn desk(&self) -> Desk {
        self.desk_at(Arc::new(LaterClock)).await
    }

    /// The desk itself at the same time as the binary, which takes over what is begun here.
    #[allow(dead_code, reason = "the tests with a browser need none")]
    pub(crate) async fn desk_now(&self) -> Desk {
        self.desk_at(Arc::new(SystemClock)).await
    }

    async fn desk_at(&self, clock: Arc<dyn Clock>) -> Desk {
        let key = |name: &str| -> [u8; 32] { read_key(&self.data, name) };
        let keys = StoreKeys {
            journal: key("journal.key"),
        };
        let config = StoreConfig::new(self.database.clone(), &self.data, keys);
        let store = Store::open(config).await.unwrap();
        store.start_sequencer();
        Desk::new(DeskConfig {
            store,
            clock,
            entropy: Arc::new(SystemEntropy),
            keys: Keys {
                links: key("links.key"),
                seal: key("seal.key"),
                secrets: key("secrets.key"),
            },
            public_url: "http://127.0.0.1".to_owned(),
            texts: candor_web::mail::mail_texts(),
            cheap_passwords: true,
        })
    }

    /// Lets the time pass for which a killed node kept the inbox to itself, where nodes share a
    /// database.
    #[allow(dead_code, reason = "only the kills need it")]
    pub(crate) async fn end_fetching_of_dead_nodes(&self) {
        if matches!(self.database, DatabaseUrl::Sqlite(_)) {
            return;
        }
        let lease = FetchLease {
            mailbox: MailboxId(1),
            folder: FetchFolder::Inbox,
            holder: "the test".to_owned(),
        };
        let (later, past) = (LaterClock.now(), Timestamp::UNIX_EPOCH);
        let desk = self.desk().await;
        let taken = desk
            .store()
            .write(move |tx| tx.take_lease(&lease.name(), &lease.holder, later, past))
            .await;
        assert!(taken.unwrap(), "nobody else reads the inbox");
    }

    /// Understands what came in, then fails unless each of these mails is in one ticket, nothing
    /// waits, and the history is clean.
    pub(crate) async fn expect_each_once(&self, mail_ids: Vec<String>) {
        let desk = self.desk().await;
        let worker = Worker::new(desk.clone()).handle(INTAKE_JOB, |desk, job| {
            understand_job(desk, job, Arc::new(Unconnected))
        });
        worker.run_due().await.unwrap();
        // A mail that was read at three kills was put aside, as the one that may have caused them.
        loop {
            let aside = desk
                .store()
                .read(|tx| tx.incoming_in_state(IncomingState::Quarantined, Stretch::Top, 1_000))
                .await
                .unwrap();
            if aside.is_empty() {
                break;
            }
            for mail in aside {
                let retry = RetryIncoming { incoming: mail.id };
                desk.run(&Actor::System, retry).await.unwrap();
            }
            worker.run_due().await.unwrap();
        }
        let pending = desk
            .store()
            .read(|tx| tx.incoming_in_state(IncomingState::Pending, Stretch::Top, 1))
            .await;
        assert!(pending.unwrap().is_empty(), "every raw mail is understood");
        for id in mail_ids {
            let wanted = id.clone();
            let found = desk.store().read(move |tx| tx.tickets_by_mail_id(&wanted));
            assert_eq!(found.await.unwrap().len(), 1, "{id}");
        }
        self.expect_clean_history().await;
    }

    /// Fails with what `candor verify` finds, unless it finds nothing.
    pub(crate) async fn expect_clean_history(&self) {
        let desk = self.desk().await;
        let report = candor_desk::verify::verify(&desk, &Actor::System, |_| {})
            .await
            .unwrap();
        assert!(report.is_clean(), "{:?}", report.findings);
    }
}

/// Five minutes ahead: whatever a killed process had claimed is free again.
struct LaterClock;

impl Clock for LaterClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + 5.minutes()
    }
}

fn read_key(data: &Path, name: &str) -> [u8; 32] {
    std::fs::read(data.join("keys").join(name))
        .unwrap()
        .try_into()
        .unwrap()
}

/// The port that the desk says it was given.
async fn port_after(
    said: &mut Lines<BufReader<ChildStdout>>,
    words: &str,
    heard: &mut Vec<String>,
) -> u16 {
    while let Some(line) = said.next_line().await.unwrap() {
        if let Some(rest) = line.strip_prefix(words) {
            let digits = rest.split(' ').next().unwrap_or_default();
            return digits.parse().unwrap();
        }
        heard.push(line);
    }
    panic!("the desk did not start");
}

impl Served {
    /// The address of a page.
    #[allow(dead_code, reason = "the tests without a browser ask for none")]
    pub(crate) fn page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.http_port)
    }

    /// Whether the process still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// `kill -9`.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}
