//! Mail kept in a folder, for when no relay is configured.
//!
//! Owns: durable delivery into a Maildir. Must not know: what the messages are, who reads them.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A folder in Maildir form: `tmp`, `new`, `cur`.
#[derive(Clone, Debug)]
pub struct Maildir {
    root: PathBuf,
}

impl Maildir {
    /// Opens the folder, making it when it is not there.
    pub fn open(root: &Path) -> io::Result<Self> {
        for part in ["tmp", "new", "cur"] {
            fs::create_dir_all(root.join(part))?;
        }
        sync_folder(root)?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Delivers a message under a name that the caller keeps unique, and gives its path.
    ///
    /// The message is on disk when this returns. Delivering the same name again, as after a crash,
    /// leaves one message: the first. It blocks on the disk; call it where blocking is allowed.
    pub fn deliver(&self, name: &str, raw: &[u8]) -> io::Result<PathBuf> {
        let usable = |c: char| c.is_ascii_alphanumeric() || "-_.@".contains(c);
        if name.is_empty() || name.starts_with('.') || !name.chars().all(usable) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a message's file name holds letters, digits and -_.@ only",
            ));
        }
        if let Some(there) = self.find(name)? {
            return Ok(there);
        }
        let staged = self.root.join("tmp").join(name);
        let mut file = File::create(&staged)?;
        file.write_all(raw)?;
        file.sync_all()?;
        drop(file);
        let delivered = self.root.join("new").join(name);
        fs::rename(&staged, &delivered)?;
        sync_folder(&self.root.join("new"))?;
        Ok(delivered)
    }

    /// Where a message of this name lies: unread in `new`, or in `cur` with the reader's flags.
    fn find(&self, name: &str) -> io::Result<Option<PathBuf>> {
        let unread = self.root.join("new").join(name);
        if unread.exists() {
            return Ok(Some(unread));
        }
        for entry in fs::read_dir(self.root.join("cur"))? {
            let entry = entry?;
            let file = entry.file_name();
            let file = file.to_string_lossy();
            if file.split(':').next() == Some(name) {
                return Ok(Some(entry.path()));
            }
        }
        Ok(None)
    }
}

/// Makes a rename or a new entry survive a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Maildir;

    #[test]
    fn a_message_lies_in_new_and_tmp_is_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let maildir = Maildir::open(&folder.path().join("outgoing")).expect("opened");
        let path = maildir
            .deliver("17.desk", b"Subject: hi\r\n\r\n")
            .expect("delivered");
        assert_eq!(path, folder.path().join("outgoing/new/17.desk"));
        assert_eq!(fs::read(&path).expect("readable"), b"Subject: hi\r\n\r\n");
        let staged = fs::read_dir(folder.path().join("outgoing/tmp")).expect("there");
        assert_eq!(staged.count(), 0);
    }

    #[test]
    fn a_second_delivery_after_a_crash_makes_no_second_message() {
        let folder = tempfile::tempdir().expect("a folder");
        let maildir = Maildir::open(folder.path()).expect("opened");
        fs::write(folder.path().join("tmp/17.desk"), b"half a mess").expect("left by a crash");
        let first = maildir.deliver("17.desk", b"whole").expect("delivered");
        assert_eq!(maildir.deliver("17.desk", b"whole").expect("again"), first);
        let read = folder.path().join("cur/17.desk:2,S");
        fs::rename(&first, &read).expect("a reader marks it as seen");
        assert_eq!(
            maildir.deliver("17.desk", b"whole").expect("once more"),
            read
        );
        assert_eq!(
            fs::read_dir(folder.path().join("new"))
                .expect("there")
                .count(),
            0
        );
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let maildir = Maildir::open(folder.path()).expect("opened");
        for name in ["", "../up", "a/b", ".hidden", "nul\0", "flags:2,S"] {
            assert!(maildir.deliver(name, b"x").is_err(), "{name:?}");
        }
    }
}
