//! With a real Postfix and a real Dovecot: what we send arrives as it left, and what they bring is
//! taken once.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candor_post::dkim::{make_key, signed};
use candor_post::imap::{FolderPlace, ImapTimes, Kept, MailSink, follow};
use candor_post::intake::BoxFuture;
use candor_post::testing::dovecot::{Dovecot, DovecotConfig, USER};
use candor_post::testing::postfix::{Next, Postfix};
use candor_post::{Accepted, Envelope, Fronts, Limits, Protocol, Sender, SenderConfig, ServerTls};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::support::{Desk, HOST};

/// Names a Python that has dkimpy; `cargo xtask test` sets it.
const VERIFIER: &str = "CANDOR_TEST_DKIM";

const MAIL: &str = "From: The Shop <help@shop.example>\r\nTo: Bob <bob@customer.example>\r\n\
    Subject: Your grinder\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
    Message-ID: <1@shop.example>\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\n.It left  today. \r\n..\r\n\r\n.\r\n";

/// Whether dkimpy accepts the signature, with this text as the domain's entry.
fn dkimpy_accepts(raw: &[u8], entry: &str) -> bool {
    let python = std::env::var_os(VERIFIER);
    let python = python.unwrap_or_else(|| panic!("{VERIFIER} names a Python that has dkimpy"));
    let program = "import sys, dkim\n\
        entry = lambda name, timeout=5: sys.argv[1].encode()\n\
        sys.exit(not dkim.verify(sys.stdin.buffer.read(), dnsfunc=entry))";
    let mut checker = Command::new(python)
        .args(["-c", program, entry])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    checker.stdin.take().unwrap().write_all(raw).unwrap();
    checker.wait().unwrap().success()
}

fn envelope(recipients: &[&str]) -> Envelope {
    Envelope {
        from: "bounce@shop.example".to_owned(),
        recipients: recipients.iter().map(ToString::to_string).collect(),
    }
}

fn sender() -> Sender {
    Sender::new(SenderConfig::new(HOST))
}

/// A folder for a server, below one that others may enter.
fn place_in(folder: &Path, name: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let place = folder.join(name);
    std::fs::create_dir(&place).unwrap();
    place
}

/// Keeps what is fetched.
struct Fetched {
    mails: Mutex<Vec<Vec<u8>>>,
    there: Semaphore,
}

impl MailSink for Fetched {
    fn largest(&self) -> u32 {
        100_000
    }

    fn keep(&self, raw: Vec<u8>) -> BoxFuture<'_, Kept> {
        self.mails.lock().unwrap().push(raw);
        Box::pin(async { Kept::Stored })
    }

    fn left_behind(&self, _: u32) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn compared(&self, _: u32) {}

    fn reached(&self, _: FolderPlace) -> BoxFuture<'_, bool> {
        let now = self.mails.lock().unwrap().len();
        self.there.add_permits(now);
        Box::pin(async { true })
    }
}

#[tokio::test]
async fn a_signed_mail_goes_through_postfix_and_dovecot_and_dkimpy_accepts_it() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = Dovecot::start(&place_in(folder.path(), "inbox"), DovecotConfig::default()).await;
    let way = [("shop.example", Next::Dovecot(inbox.maildir.settings()))];
    let Some(postfix) = Postfix::start(&place_in(folder.path(), "postfix"), &way) else {
        return println!("not root: there is no Postfix");
    };
    let fetched = Arc::new(Fetched {
        mails: Mutex::default(),
        there: Semaphore::new(0),
    });
    let stop = CancellationToken::new();
    let following = {
        let (account, into, until) = (inbox.account(), Arc::clone(&fetched), stop.clone());
        let times = ImapTimes::default();
        tokio::spawn(async move { follow(&account, None, times, &*into, &until).await })
    };

    let key = make_key().unwrap();
    let mail = signed("shop.example", "s1", &key.private_der, MAIL.as_bytes()).unwrap();
    let sent = sender()
        .send(&postfix.relay(), &envelope(&[USER]), &mail)
        .await;
    assert!(sent.is_ok(), "{sent:?} {}", postfix.log());
    fetched.there.acquire().await.unwrap().forget();
    stop.cancel();
    following.await.unwrap().unwrap();

    let arrived = fetched.mails.lock().unwrap().remove(0);
    let text = String::from_utf8(arrived.clone()).unwrap();
    assert!(text.contains("with ESMTPS id"), "it went over TLS: {text}");
    assert!(
        text.ends_with("\r\n\r\n.It left  today. \r\n..\r\n\r\n.\r\n"),
        "{text:?}"
    );
    let entry = format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(&key.public_der));
    assert!(dkimpy_accepts(&arrived, &entry), "{text}");
    let changed = text.replace("left  today", "never left");
    assert!(!dkimpy_accepts(changed.as_bytes(), &entry));
}

#[tokio::test]
async fn what_postfix_brings_by_smtp_and_by_lmtp_is_taken_once_even_after_not_now() {
    let folder = tempfile::tempdir().unwrap();
    let tls = ServerTls::self_made(folder.path(), HOST).unwrap();
    let smtp = Desk::start_with(Limits::default(), Some(Arc::new(tls))).await;
    let lmtp = Desk::start_as(Protocol::Lmtp, Fronts::default()).await;
    let ways = [
        ("help@shop.example", Next::Smtp(smtp.address)),
        ("orders@shop.example", Next::Lmtp(lmtp.address)),
    ];
    let Some(postfix) = Postfix::start(&place_in(folder.path(), "postfix"), &ways) else {
        return println!("not root: there is no Postfix");
    };
    for desk in [&smtp, &lmtp] {
        desk.answer(Accepted::Busy);
    }
    let to = envelope(&["help@shop.example", "orders@shop.example"]);
    let sent = sender().send(&postfix.relay(), &to, MAIL.as_bytes()).await;
    assert!(sent.is_ok(), "{sent:?} {}", postfix.log());
    for desk in [&smtp, &lmtp] {
        // It came as far as being kept once, and was put off.
        desk.memory.waiting.acquire().await.unwrap().forget();
        desk.answer(Accepted::Stored {
            receipt: "r1".to_owned(),
        });
    }
    for desk in [&smtp, &lmtp] {
        while desk.mails().is_empty() {
            tokio::task::yield_now().await;
        }
    }
    while !postfix.is_empty() {
        tokio::task::yield_now().await;
    }
    for (desk, encrypted) in [(&smtp, true), (&lmtp, false)] {
        let mails = desk.mails();
        assert_eq!(mails.len(), 1, "{}", postfix.log());
        assert_eq!(mails[0].peer.encrypted, encrypted);
        assert!(desk.texts()[0].ends_with("\r\n\r\n.It left  today. \r\n..\r\n\r\n.\r\n"));
    }
}
