//! Fetching from a real Dovecot: what is kept, marked, moved and waited for.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use candor_post::imap::{
    AfterReading, FolderPlace, ImapAccount, ImapFailure, ImapLogin, ImapTimes, Kept, MailSink,
    follow, look,
};
use candor_post::intake::BoxFuture;
use candor_post::testing::dovecot::{Dovecot, DovecotConfig, TOKEN, USER};
use candor_post::{ConnectProblem, ServerTls, TlsProblem};
use tempfile::TempDir;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const LARGEST: u32 = 10_000;

fn mail(number: usize) -> Vec<u8> {
    format!("From: ann@customer.example\r\nSubject: Mail {number}\r\n\r\nText.\r\n").into_bytes()
}

/// Keeps mails in memory.
struct Shelf {
    mails: Mutex<Vec<String>>,
    count: watch::Sender<usize>,
    place: Mutex<Option<FolderPlace>>,
    left: Mutex<Vec<u32>>,
    /// What each comparison with the folder's numbers found.
    gone: std::sync::Mutex<Vec<u32>>,
    /// Answers "try later" so often before it keeps anything.
    refusals: Mutex<usize>,
}

impl Shelf {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            mails: Mutex::default(),
            count: watch::Sender::new(0),
            place: Mutex::default(),
            left: Mutex::default(),
            gone: std::sync::Mutex::default(),
            refusals: Mutex::default(),
        })
    }

    async fn holds(&self, count: usize) -> Vec<String> {
        let mut counted = self.count.subscribe();
        counted.wait_for(|now| *now >= count).await.unwrap();
        self.mails.lock().await.clone()
    }
}

impl MailSink for Shelf {
    fn largest(&self) -> u32 {
        LARGEST
    }

    fn keep(&self, raw: Vec<u8>) -> BoxFuture<'_, Kept> {
        Box::pin(async move {
            let mut refusals = self.refusals.lock().await;
            if *refusals > 0 {
                *refusals -= 1;
                return Kept::TryLater;
            }
            let text = String::from_utf8(raw).unwrap();
            let subject = text.lines().find_map(|line| line.strip_prefix("Subject: "));
            self.mails.lock().await.push(subject.unwrap().to_owned());
            Kept::Stored
        })
    }

    fn left_behind(&self, bytes: u32) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.left.lock().await.push(bytes) })
    }

    fn compared(&self, gone: u32) {
        self.gone.lock().unwrap().push(gone);
    }

    fn reached(&self, place: FolderPlace) -> BoxFuture<'_, bool> {
        Box::pin(async move {
            *self.place.lock().await = Some(place);
            let kept = self.mails.lock().await.len();
            self.count.send_replace(kept);
            true
        })
    }
}

struct Inbox {
    server: Dovecot,
    shelf: Arc<Shelf>,
    stop: CancellationToken,
    certificate_file: Option<PathBuf>,
    _folder: TempDir,
}

impl Inbox {
    async fn open() -> Self {
        Self::with(|_| DovecotConfig::default()).await
    }

    async fn with(config: impl FnOnce(&TempDir) -> DovecotConfig) -> Self {
        let folder = TempDir::new().unwrap();
        let config = config(&folder);
        let certificate_file = config
            .tls
            .as_ref()
            .map(|tls| tls.certificate_file().to_owned());
        let home = folder.path().join("home");
        std::fs::create_dir(&home).unwrap();
        open_to_all(folder.path());
        Self {
            server: Dovecot::start(&home, config).await,
            shelf: Shelf::new(),
            stop: CancellationToken::new(),
            certificate_file,
            _folder: folder,
        }
    }

    /// The certificate of a server that made its own.
    fn certificate(&self) -> String {
        std::fs::read_to_string(self.certificate_file.as_ref().unwrap()).unwrap()
    }

    /// Follows the folder on a task of its own, from where the shelf was.
    async fn follow(&self, account: ImapAccount) -> JoinHandle<Result<(), ImapFailure>> {
        let (mails, until) = (Arc::clone(&self.shelf), self.stop.clone());
        let place = *self.shelf.place.lock().await;
        tokio::spawn(
            async move { follow(&account, place, ImapTimes::default(), &*mails, &until).await },
        )
    }
}

/// Dovecot serves another account where the tests run as root.
fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn what_lies_there_is_read_in_order_and_what_comes_later_as_it_comes() {
    let inbox = Inbox::open().await;
    for number in 1..=3 {
        inbox.server.maildir.deliver(&mail(number));
    }

    let following = inbox.follow(inbox.server.account()).await;
    assert_eq!(inbox.shelf.holds(3).await, ["Mail 1", "Mail 2", "Mail 3"]);
    inbox.server.maildir.deliver(&mail(4));
    inbox.shelf.holds(4).await;
    inbox.stop.cancel();

    following.await.unwrap().unwrap();
    assert_eq!(inbox.server.maildir.count(""), (4, 4), "all marked as read");
    assert_eq!(inbox.server.connections(), 1);
}

#[tokio::test]
async fn a_mail_is_marked_only_after_it_was_kept() {
    let inbox = Inbox::open().await;
    inbox.server.maildir.deliver(&mail(1));
    *inbox.shelf.refusals.lock().await = 1;

    let refused = inbox.follow(inbox.server.account()).await.await.unwrap();
    assert_eq!(refused, Err(ImapFailure::NotKept));
    assert_eq!(inbox.server.maildir.count(""), (1, 0));
    assert_eq!(*inbox.shelf.place.lock().await, None);

    let again = inbox.follow(inbox.server.account()).await;
    inbox.shelf.holds(1).await;
    inbox.stop.cancel();
    again.await.unwrap().unwrap();
    assert_eq!(inbox.server.maildir.count(""), (1, 1));
}

#[tokio::test]
async fn a_cut_connection_goes_on_where_it_was() {
    let inbox = Inbox::open().await;
    inbox.server.maildir.deliver(&mail(1));
    let following = inbox.follow(inbox.server.account()).await;
    inbox.shelf.holds(1).await;

    inbox.server.cut();
    let broken = following.await.unwrap();
    assert_eq!(broken, Err(ImapFailure::Connect(ConnectProblem::Broken)));
    inbox.server.maildir.deliver(&mail(2));

    let again = inbox.follow(inbox.server.account()).await;
    assert_eq!(inbox.shelf.holds(2).await, ["Mail 1", "Mail 2"]);
    inbox.stop.cancel();
    again.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_folder_whose_numbers_mean_something_else_is_read_anew() {
    let inbox = Inbox::open().await;
    inbox.server.maildir.deliver(&mail(1));
    let following = inbox.follow(inbox.server.account()).await;
    inbox.shelf.holds(1).await;
    inbox.stop.cancel();
    following.await.unwrap().unwrap();

    // As after a restore: another validity, and the numbers begin again.
    let mut place = inbox.shelf.place.lock().await.unwrap();
    place.uid_validity -= 1;
    let stop = CancellationToken::new();
    let (account, shelf) = (inbox.server.account(), Arc::clone(&inbox.shelf));
    let until = stop.clone();
    let again = tokio::spawn(async move {
        follow(&account, Some(place), ImapTimes::default(), &*shelf, &until).await
    });

    assert_eq!(inbox.shelf.holds(2).await, ["Mail 1", "Mail 1"]);
    stop.cancel();
    again.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_came_and_left_unread_is_counted_once_and_what_we_moved_is_not() {
    let inbox = Inbox::open().await;
    inbox.server.maildir.make_folder("Done");
    let account = ImapAccount {
        after: AfterReading::MoveTo("Done".to_owned()),
        ..inbox.server.account()
    };
    inbox.server.maildir.deliver(&mail(1));
    let following = inbox.follow(account.clone()).await;
    inbox.shelf.holds(1).await;
    inbox.stop.cancel();
    following.await.unwrap().unwrap();

    // While nobody looks two mails come; a telephone sees and deletes both.
    for number in [2, 3] {
        inbox.server.maildir.deliver(&mail(number));
    }
    look(&inbox.server.account(), ImapTimes::default())
        .await
        .unwrap();
    inbox.server.maildir.delete_all();
    inbox.server.maildir.deliver(&mail(4));
    for _ in 0..2 {
        let stop = CancellationToken::new();
        let (until, shelf) = (stop.clone(), Arc::clone(&inbox.shelf));
        let (own, place) = (account.clone(), *inbox.shelf.place.lock().await);
        let again = tokio::spawn(async move {
            follow(&own, place, ImapTimes::default(), &*shelf, &until).await
        });
        inbox.shelf.holds(2).await;
        stop.cancel();
        again.await.unwrap().unwrap();
    }

    let counted: u32 = inbox.shelf.gone.lock().unwrap().iter().sum();
    assert_eq!(counted, 2);
    assert_eq!(inbox.shelf.holds(2).await, ["Mail 1", "Mail 4"]);
}

#[tokio::test]
async fn the_folder_of_sent_mail_is_known_by_its_name() {
    let inbox = Inbox::open().await;
    let account = inbox.server.account();
    let before = look(&account, ImapTimes::default()).await.unwrap();
    assert_eq!(before.sent, None);
    inbox.server.maildir.make_folder("Sent");
    let after = look(&account, ImapTimes::default()).await.unwrap();
    assert_eq!(after.sent.as_deref(), Some("Sent"));
}

#[tokio::test]
async fn what_was_kept_can_be_moved_away() {
    let inbox = Inbox::open().await;
    inbox.server.maildir.make_folder("Done");
    inbox.server.maildir.deliver(&mail(1));
    let account = ImapAccount {
        after: AfterReading::MoveTo("Done".to_owned()),
        ..inbox.server.account()
    };

    let following = inbox.follow(account).await;
    inbox.shelf.holds(1).await;
    inbox.stop.cancel();
    following.await.unwrap().unwrap();

    assert_eq!(inbox.server.maildir.count("").0, 0);
    assert_eq!(inbox.server.maildir.count("Done").0, 1);
}

#[tokio::test]
async fn a_mail_that_is_too_large_stays_where_it_is() {
    let inbox = Inbox::open().await;
    let mut large = mail(1);
    large.resize(LARGEST as usize + 1, b'a');
    inbox.server.maildir.deliver(&large);
    inbox.server.maildir.deliver(&mail(2));

    let following = inbox.follow(inbox.server.account()).await;
    assert_eq!(inbox.shelf.holds(1).await, ["Mail 2"]);
    inbox.stop.cancel();
    following.await.unwrap().unwrap();

    assert_eq!(inbox.server.maildir.count(""), (2, 1));
    assert_eq!(inbox.shelf.left.lock().await.len(), 1);
}

#[tokio::test]
async fn a_look_tells_folders_and_counts_and_changes_nothing() {
    let inbox = Inbox::open().await;
    inbox.server.maildir.make_folder("Sent");
    inbox.server.maildir.deliver(&mail(1));
    let account = ImapAccount {
        since: Some(jiff::civil::date(2999, 1, 1)),
        ..inbox.server.account()
    };

    let found = look(&account, ImapTimes::default()).await.unwrap();

    assert!(found.folders.contains(&"Sent".to_owned()), "{found:?}");
    assert_eq!(
        (found.mails, found.to_fetch, found.tells_news),
        (1, 0, true)
    );
    assert_eq!(inbox.server.maildir.count(""), (1, 0));
}

#[tokio::test]
async fn a_login_by_token_works_and_a_wrong_one_is_told() {
    let inbox = Inbox::open().await;
    let with = |token: &str| ImapAccount {
        login: ImapLogin::Bearer {
            user: USER.to_owned(),
            token: token.to_owned(),
        },
        ..inbox.server.account()
    };

    look(&with(TOKEN), ImapTimes::default()).await.unwrap();
    let refused = look(&with("stale"), ImapTimes::default()).await;

    let Err(ImapFailure::Login(words)) = refused else {
        panic!("{refused:?}");
    };
    assert!(words.contains("Wrong"), "{words}");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let inbox = Inbox::open().await;
    let account = ImapAccount {
        folder: "Nowhere".to_owned(),
        ..inbox.server.account()
    };
    let failed = look(&account, ImapTimes::default()).await;
    assert!(matches!(failed, Err(ImapFailure::Folder(_))), "{failed:?}");
}

#[tokio::test]
async fn a_protected_connection_is_made_both_ways_and_only_to_the_right_server() {
    for implicit_tls in [true, false] {
        let inbox = Inbox::with(|folder| {
            let tls = ServerTls::self_made(folder.path(), "127.0.0.1").unwrap();
            DovecotConfig {
                tls: Some(Arc::new(tls)),
                implicit_tls,
            }
        })
        .await;
        let mut account = inbox.server.account();
        let unknown = look(&account, ImapTimes::default()).await;
        assert_eq!(unknown, Err(ImapFailure::Tls(TlsProblem::UnknownIssuer)));
        account.extra_roots = Some(inbox.certificate());
        look(&account, ImapTimes::default()).await.unwrap();
    }
}

#[tokio::test]
async fn a_port_without_a_server_is_told() {
    let inbox = Inbox::open().await;
    let mut account = inbox.server.account();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    account.port = free.local_addr().unwrap().port();
    drop(free);
    let failed = look(&account, ImapTimes::default()).await;
    assert_eq!(failed, Err(ImapFailure::Connect(ConnectProblem::Refused)));
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let inbox = Inbox::open().await;
    let mut account = inbox.server.account();
    account.port = silent.local_addr().unwrap().port();
    let times = ImapTimes {
        answer: Duration::from_millis(50),
        ..ImapTimes::default()
    };
    let failed = look(&account, times).await;
    assert_eq!(failed, Err(ImapFailure::Connect(ConnectProblem::Broken)));
}
