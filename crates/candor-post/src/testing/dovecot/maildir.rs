//! The mails of the test server.
//!
//! Owns: delivering, folders, looking at flags, forgetting numbers. Must not know: sockets.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The account that mail belongs to where the tests run as root, whom Dovecot does not serve.
const NOBODY: u32 = 65_534;

/// A Maildir that Dovecot reads.
pub struct TestMaildir {
    home: PathBuf,
    delivered: AtomicUsize,
}

impl TestMaildir {
    pub(super) fn make(home: &Path) -> Self {
        let maildir = Self {
            home: home.to_owned(),
            delivered: AtomicUsize::new(0),
        };
        maildir.own(home);
        maildir.make_folder("");
        let owner = fs::metadata(home).expect("the folder is there");
        let settings = format!(
            "protocols = imap\nssl = no\nlog_path = /dev/null\nfirst_valid_uid = 1\n\
             mail_location = maildir:{home}/Maildir\nmail_uid = {}\nmail_gid = {}\n\
             base_dir = {home}/run\nstate_dir = {home}/state\n",
            owner.uid(),
            owner.gid(),
            home = home.display()
        );
        fs::write(maildir.settings(), settings).expect("the folder can be written to");
        maildir
    }

    /// Where Dovecot's settings lie.
    pub fn settings(&self) -> PathBuf {
        self.home.join("dovecot.conf")
    }

    /// Delivers a mail into the inbox.
    pub fn deliver(&self, raw: &[u8]) {
        self.deliver_into("", raw);
    }

    /// Removes every mail of the inbox, as somebody does with another program.
    pub fn delete_all(&self) {
        for part in ["cur", "new"] {
            for entry in fs::read_dir(self.folder("").join(part)).expect("it was made") {
                let path = entry.expect("it can be listed").path();
                fs::remove_file(path).expect("it can be removed");
            }
        }
    }

    /// Delivers a mail into a folder beside the inbox.
    pub fn deliver_into(&self, name: &str, raw: &[u8]) {
        let number = self.delivered.fetch_add(1, Ordering::Relaxed);
        let file = format!("{}.{number}.test", 1_772_000_000 + number);
        let folder = self.folder(name);
        let (tmp, new) = (
            folder.join("tmp").join(&file),
            folder.join("new").join(&file),
        );
        fs::write(&tmp, raw).expect("the folder can be written to");
        self.own(&tmp);
        fs::rename(tmp, new).expect("both are in one folder");
    }

    /// Makes a folder beside the inbox.
    pub fn make_folder(&self, name: &str) {
        let folder = self.folder(name);
        for part in ["", "cur", "new", "tmp"] {
            fs::create_dir_all(folder.join(part)).expect("the folder can be written to");
            self.own(&folder.join(part));
        }
    }

    /// How many mails a folder holds, and how many of them are marked as read.
    pub fn count(&self, name: &str) -> (usize, usize) {
        let folder = self.folder(name);
        let mut count = (0, 0);
        for part in ["cur", "new"] {
            for entry in fs::read_dir(folder.join(part)).expect("it was made") {
                let path = entry.expect("it can be listed").path();
                count.0 += 1;
                count.1 += usize::from(is_marked(&path));
            }
        }
        count
    }

    /// Lets the numbers of the inbox mean something else from the next login on.
    pub fn forget_numbers(&self) {
        let inbox = self.folder("");
        for entry in fs::read_dir(&inbox).expect("it was made") {
            let path = entry.expect("it can be listed").path();
            if path.is_file() {
                fs::remove_file(path).expect("it can be removed");
            }
        }
    }

    fn folder(&self, name: &str) -> PathBuf {
        let maildir = self.home.join("Maildir");
        if name.is_empty() {
            maildir
        } else {
            maildir.join(format!(".{name}"))
        }
    }

    /// Takes the mails out of the inbox that are marked as read, and gives their texts.
    pub fn take_marked(&self) -> Vec<Vec<u8>> {
        let mut taken = Vec::new();
        for entry in fs::read_dir(self.folder("").join("cur")).expect("it was made") {
            let path = entry.expect("it can be listed").path();
            if is_marked(&path) {
                taken.push(fs::read(&path).expect("it can be read"));
                fs::remove_file(&path).expect("it can be removed");
            }
        }
        taken
    }

    /// Gives a path to the account that Dovecot serves.
    fn own(&self, path: &Path) {
        let mine = fs::metadata(path).expect("it was just made").uid();
        if mine == 0 {
            chown(path, Some(NOBODY), Some(NOBODY)).expect("root may give away");
        }
        debug_assert!(path.starts_with(&self.home));
    }
}

/// Whether a mail's file says that it was read.
fn is_marked(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let flags = name.split(":2,").nth(1).unwrap_or_default();
    flags.contains('S')
}
