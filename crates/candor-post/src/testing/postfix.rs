//! A real mail server for tests: Postfix, with a queue, settings and ports of its own.
//!
//! Owns: its settings, starting and ending it. Must not know: what is sent and why.
//!
//! Only root starts Postfix; as anybody else there is none.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Relay, RelayTls, ServerTls};

/// Names the `postfix` program; `cargo xtask test` sets it.
pub const PROGRAM: &str = "CANDOR_TEST_POSTFIX";
/// Where programs that deliver for Dovecot may lie.
const DELIVERY: [&str; 3] = [
    "/usr/lib/dovecot/dovecot-lda",
    "/usr/libexec/dovecot/dovecot-lda",
    "/usr/local/libexec/dovecot/dovecot-lda",
];
/// Another process may take a port between our look and Postfix's start.
const TRIES: usize = 5;

/// Where mail for a domain goes.
#[derive(Clone, Debug)]
pub enum Next {
    /// Into the mailbox of a test's Dovecot, whose settings lie here.
    Dovecot(PathBuf),
    /// On by SMTP.
    Smtp(SocketAddr),
    /// On by LMTP.
    Lmtp(SocketAddr),
}

/// A running Postfix. Dropping it ends it.
pub struct Postfix {
    program: PathBuf,
    folder: PathBuf,
    address: SocketAddr,
    certificate: String,
}

impl Postfix {
    /// Starts one in an empty folder, with a way for each domain or address; `None` where the tests
    /// do not run as root.
    pub fn start(folder: &Path, routes: &[(&str, Next)]) -> Option<Self> {
        let told = fs::metadata(folder).expect("the folder is there");
        if told.uid() != 0 {
            return None;
        }
        let program = std::env::var_os(PROGRAM)
            .unwrap_or_else(|| panic!("{PROGRAM} names the program postfix"));
        // Its parts run under accounts of their own.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("it is ours");
        for name in ["settings", "queue", "data"] {
            fs::create_dir(folder.join(name)).expect("the folder is empty");
        }
        let tls = ServerTls::self_made(&folder.join("settings"), "127.0.0.1");
        let tls = tls.expect("a certificate can be made");
        let certificate = fs::read_to_string(tls.certificate_file()).expect("it was just made");
        let mut server = Self {
            program: program.into(),
            folder: folder.to_owned(),
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            certificate,
        };
        for _ in 0..TRIES {
            server.address = free_port();
            server.write_settings(routes);
            if server.say("start") {
                return Some(server);
            }
        }
        panic!("Postfix does not start: {}", server.log());
    }

    /// The way to it, protected.
    pub fn relay(&self) -> Relay {
        Relay {
            host: self.address.ip().to_string(),
            port: self.address.port(),
            tls: RelayTls::StartTls,
            login: None,
            extra_roots: Some(self.certificate.clone()),
        }
    }

    /// What it says of itself, for a test that fails.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("maillog")).unwrap_or_default()
    }

    /// Whether it has handed everything on.
    pub fn is_empty(&self) -> bool {
        let has_files = |name: &str| {
            let folder = self.folder.join("queue").join(name);
            fs::read_dir(folder).is_ok_and(|files| files.count() > 0)
        };
        !["incoming", "active", "deferred", "maildrop"]
            .iter()
            .any(|name| has_files(name))
    }

    fn say(&self, word: &str) -> bool {
        let mut command = Command::new(&self.program);
        command
            .arg("-c")
            .arg(self.folder.join("settings"))
            .arg(word);
        let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
        silent.status().is_ok_and(|status| status.success())
    }

    fn write_settings(&self, routes: &[(&str, Next)]) {
        let folder = self.folder.display();
        let port = self.address.port();
        let mut transports = Vec::new();
        let mut services = format!("127.0.0.1:{port} inet n - n - - smtpd\n{SERVICES}");
        for (whose, next) in routes {
            let name = whose.replace(['.', '@'], "-");
            let transport = match next {
                Next::Smtp(to) => format!("smtp:[{}]:{}", to.ip(), to.port()),
                Next::Lmtp(to) => format!("lmtp:inet:{}:{}", to.ip(), to.port()),
                Next::Dovecot(settings) => {
                    let program = delivery();
                    let settings = settings.display();
                    let line = format!(
                        "{name} unix - n n - - pipe flags=R user=nobody \
                         argv={program} -e -c {settings}\n"
                    );
                    services.push_str(&line);
                    format!("{name}:")
                }
            };
            transports.push(format!("{{{whose}={transport}}}"));
        }
        let domains = routes.iter().map(|(whose, _)| whose.rsplit('@').next());
        let domains: Vec<&str> = domains.flatten().collect();
        let (domains, transports) = (domains.join(", "), transports.join(", "));
        let settings = format!(
            "{SETTINGS}queue_directory = {folder}/queue\ndata_directory = {folder}/data\n\
             maillog_file = {folder}/maillog\nmaillog_file_prefixes = {folder}\n\
             smtpd_tls_cert_file = {folder}/settings/smtp-certificate.pem\n\
             smtpd_tls_key_file = {folder}/settings/smtp-key.pem\n\
             relay_domains = {domains}\ntransport_maps = inline:{{ {transports} }}\n"
        );
        let data = self.folder.join("data");
        chown_to_postfix(&data);
        for (name, text) in [("main.cf", settings), ("master.cf", services)] {
            let place = self.folder.join("settings").join(name);
            fs::write(place, text).expect("the folder can be written to");
        }
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        self.say("abort");
    }
}

fn free_port() -> SocketAddr {
    let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    held.local_addr().expect("the port is bound")
}

fn delivery() -> &'static str {
    let found = DELIVERY.iter().find(|place| Path::new(place).is_file());
    found.expect("dovecot-lda was installed with Dovecot")
}

/// Its folder for data belongs to its own account, or it does not start.
fn chown_to_postfix(folder: &Path) {
    let mut command = Command::new("chown");
    let done = command.arg("postfix").arg(folder).status();
    assert!(
        done.is_ok_and(|status| status.success()),
        "there is an account postfix"
    );
}

/// No look into any DNS, no mail of its own, and a second try after three seconds. Not after one:
/// Postfix takes up a mail that is due within the next second, and one that it takes up before
/// whoever delivered it has let go of its file is left lying ("skipped, still being delivered").
const SETTINGS: &str = "\
compatibility_level = 3.6
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.customer.example
mydestination =
mynetworks = 127.0.0.0/8
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
alias_maps =
disable_dns_lookups = yes
smtp_host_lookup = native
smtp_tls_security_level = may
smtpd_tls_security_level = may
minimal_backoff_time = 3s
maximal_backoff_time = 3s
queue_run_delay = 1s
hash_queue_names = flush
";

/// The parts that it starts, each under its own account and none locked up in a folder.
const SERVICES: &str = "\
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
";
