//! A throw-away PostgreSQL server for one test run.
//!
//! Owns: finding or installing the server, its folder, its start and its end.
//! Must not know: which tests use it.
//!
//! The server runs in a temporary folder on a free port of the loopback, without fsync. As root
//! it runs under an unprivileged account, because PostgreSQL refuses the superuser. A watcher
//! process stops it and removes the folder as soon as we are gone, however we went.

mod account;
mod binaries;

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use crate::shell;
use crate::test::POSTGRES;
use account::Account;

/// Settings for speed and for many small databases; durability is what nobody needs here.
const SETTINGS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c wal_level=minimal -c max_wal_senders=0 -c max_connections=400 \
    -c shared_buffers=128MB -c log_min_messages=fatal";

/// Ports tried before it is said that the server does not start.
const PORTS_TRIED: usize = 3;

/// A server that may be used until this value is dropped.
pub(crate) struct Server {
    url: String,
    /// Keeps the watcher waiting; `None` for a server that somebody else runs.
    watcher: Option<Child>,
}

impl Server {
    /// The address of its administrative database.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut watcher) = self.watcher.take() {
            // The end of its input is the watcher's signal to clean up.
            drop(watcher.stdin.take());
            let _ = watcher.wait();
        }
    }
}

/// The server named by `CANDOR_TEST_POSTGRES`, or one of our own.
pub(crate) fn start_or_given() -> Result<Server> {
    if let Ok(url) = std::env::var(POSTGRES) {
        println!("using the PostgreSQL server of {POSTGRES}");
        return Ok(Server { url, watcher: None });
    }
    let binaries = binaries::find_or_install()?;
    start(&binaries, &Account::choose()?)
}

/// Starts a server with the programs in `binaries`, run by `account`.
fn start(binaries: &Path, account: &Account) -> Result<Server> {
    let folder = new_folder(account)?;
    let watcher = watch(binaries, account, &folder)?;
    let mut server = Server {
        url: String::new(),
        watcher: Some(watcher),
    };
    let data = folder.join("data");
    let mut initdb = account.command(&binaries.join("initdb"), &folder);
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8"]);
    initdb
        .args(["--locale=C", "--no-sync", "--pgdata"])
        .arg(&data);
    shell::read(&mut initdb).context("initdb failed")?;

    // Between choosing a port and taking it somebody else may take it: then another one is chosen.
    let port = (1..PORTS_TRIED)
        .find_map(|_| listen_somewhere(binaries, account, &folder).ok())
        .map_or_else(|| listen_somewhere(binaries, account, &folder), Ok)?;
    server.url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    println!("a throw-away PostgreSQL stands at {}", server.url);
    Ok(server)
}

/// Starts the server of `folder` on a port that is free at the moment, and gives the port.
fn listen_somewhere(binaries: &Path, account: &Account, folder: &Path) -> Result<u16> {
    let port = free_port()?;
    let options = format!(
        "-h 127.0.0.1 -p {port} -k {} {SETTINGS}",
        folder.to_string_lossy()
    );
    let log = folder.join("log");
    let mut start = account.command(&binaries.join("pg_ctl"), folder);
    start
        .args(["start", "--wait", "--silent", "--pgdata"])
        .arg(folder.join("data"));
    start.arg("--log").arg(&log).args(["--options", &options]);
    shell::read(&mut start).with_context(|| {
        let said = fs::read_to_string(&log).unwrap_or_default();
        format!("PostgreSQL did not start\n{said}")
    })?;
    Ok(port)
}

/// A new folder that only `account` may enter.
fn new_folder(account: &Account) -> Result<PathBuf> {
    let base = std::env::temp_dir();
    let folder = (0..1000)
        .map(|number| base.join(format!("candor-test-pg-{}-{number}", std::process::id())))
        .find(|folder| fs::create_dir(folder).is_ok())
        .with_context(|| format!("no folder could be made in {}", base.display()))?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    account.give(&folder)?;
    Ok(folder)
}

/// A shell that waits for the end of its input, then stops the server and removes its folder.
/// Ctrl-C on a terminal does not reach it: it has a process group of its own.
fn watch(binaries: &Path, account: &Account, folder: &Path) -> Result<Child> {
    let script = r#"
        trap '' HUP INT TERM
        read -r _
        if [ -f "$2/data/postmaster.pid" ]; then
            "$1/pg_ctl" stop --mode=immediate --silent --pgdata "$2/data"
        fi
        cd /
        rm -rf "$2"
    "#;
    let mut command = account.command(Path::new("/bin/sh"), folder);
    command.arg("-c").arg(script).arg("watcher");
    command.arg(binaries).arg(folder);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .context("the watcher of the server did not start")
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on the loopback")?;
    Ok(listener.local_addr()?.port())
}

/// Whether `program` answers to `--version`.
fn answers(program: &Path) -> bool {
    shell::is_program(program) && shell::read(Command::new(program).arg("--version")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Starts a real server: what is tested is that nothing of it stays behind.
    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        let binaries = binaries::find().expect("the test run itself needs PostgreSQL");
        let account = Account::choose().unwrap();
        let server = start(&binaries, &account).unwrap();
        let port: u16 = port_of(server.url());
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        let folder = newest_folder();
        assert!(folder.exists());
        drop(server);
        assert!(!folder.exists());
    }

    fn port_of(url: &str) -> u16 {
        let (_, rest) = url.rsplit_once(':').unwrap();
        rest.split('/').next().unwrap().parse().unwrap()
    }

    fn newest_folder() -> PathBuf {
        std::env::temp_dir().join(format!("candor-test-pg-{}-0", std::process::id()))
    }
}
