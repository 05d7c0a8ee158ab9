//! The file with a copy of every checkpoint, outside the database.
//!
//! Owns: appending durably, and reading notes one after the other. Must not know: whether they
//! are true.
//!
//! Each note is followed by an empty line. A note that a crash cut off is cut away before the next
//! one is written; it is in the database all the same.

use crate::cx::Desk;
use crate::error::DeskError;
use candor_ledger::Checkpoint;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Its name in the data folder.
pub const CHECKPOINT_FILE: &str = "checkpoints.txt";

/// A note is never longer: origin, size, root and one signature.
const LONGEST_NOTE: u64 = 8 * 1024;
const SIGNATURE_START: &str = "\u{2014} ";

pub(crate) fn path(desk: &Desk) -> PathBuf {
    desk.store().config().data_dir.join(CHECKPOINT_FILE)
}

/// Appends a note; it is on the disk when this returns.
pub(super) async fn append(desk: &Desk, note: String) -> Result<(), DeskError> {
    let path = path(desk);
    in_background(move || append_to(&path, &note)).await
}

/// What the last complete note says.
pub(super) async fn newest(desk: &Desk) -> Result<Option<Checkpoint>, DeskError> {
    let path = path(desk);
    in_background(move || {
        let Some((_, tail)) = tail_of(&path)? else {
            return Ok(None);
        };
        let complete = String::from_utf8_lossy(&tail[..complete_length(&tail)]).into_owned();
        let last = FileNotes::of(complete.as_bytes()).last();
        Ok(last.and_then(|note| body_of(&note)))
    })
    .await
}

/// What a note says, whoever signed it.
pub(crate) fn body_of(note: &str) -> Option<Checkpoint> {
    let (body, _) = note.rsplit_once("\n\n")?;
    Checkpoint::parse_body(&format!("{body}\n")).ok()
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, DeskError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| DeskError::Internal(format!("{CHECKPOINT_FILE}: {error}")))
}

fn append_to(path: &Path, note: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)?;
    if let Some((offset, tail)) = tail_of(path)? {
        file.set_len(offset + complete_length(&tail) as u64)?;
    }
    file.seek(SeekFrom::End(0))?;
    file.write_all(format!("{note}\n").as_bytes())?;
    file.sync_all()
}

/// The end of the file and where it begins; `None` where there is no file.
fn tail_of(path: &Path) -> std::io::Result<Option<(u64, Vec<u8>)>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    // Two notes: whatever is cut off, the one before is complete.
    let offset = length.saturating_sub(2 * LONGEST_NOTE);
    file.seek(SeekFrom::Start(offset))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok(Some((offset, tail)))
}

/// How much of the bytes ends with a complete note: a signature line and an empty line.
fn complete_length(bytes: &[u8]) -> usize {
    let mut complete = 0;
    let mut at = 0;
    let mut after_signature = false;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        if line == b"\n" && after_signature {
            complete = at;
        }
        after_signature = line.starts_with(SIGNATURE_START.as_bytes()) && line.ends_with(b"\n");
    }
    complete
}

/// The notes of the file, one after the other. An unreadable file ends early, which a check of the
/// history then names.
pub(crate) struct FileNotes<R> {
    lines: R,
}

impl FileNotes<BufReader<File>> {
    /// Opens the file of a desk; `None` where nothing was sealed yet.
    pub(crate) fn open(path: &Path) -> std::io::Result<Option<Self>> {
        match File::open(path) {
            Ok(file) => Ok(Some(Self {
                lines: BufReader::new(file),
            })),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl<R: BufRead> FileNotes<R> {
    /// Reads notes from bytes.
    pub(crate) fn of(lines: R) -> Self {
        Self { lines }
    }
}

impl<R: BufRead> Iterator for FileNotes<R> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut note = String::new();
        let mut after_signature = false;
        loop {
            let mut line = String::new();
            let read = (&mut self.lines)
                .take(LONGEST_NOTE)
                .read_line(&mut line)
                .ok()?;
            if read == 0 {
                return None;
            }
            if line == "\n" && after_signature {
                return Some(note);
            }
            after_signature = line.starts_with(SIGNATURE_START);
            note.push_str(&line);
            if note.len() as u64 > LONGEST_NOTE {
                return Some(note); // no note at all; whoever reads it says so
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "desk.example\n1\nAAAA\n\n\u{2014} desk.example AAAA\n";
    const SECOND: &str = "desk.example\n2\nBBBB\n\n\u{2014} desk.example BBBB\n";

    #[test]
    fn a_note_that_a_crash_cut_off_gives_way_to_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CHECKPOINT_FILE);
        append_to(&path, FIRST).unwrap();
        std::fs::write(&path, format!("{FIRST}\ndesk.example\n2\nBB")).unwrap();
        append_to(&path, SECOND).unwrap();

        let notes: Vec<String> = FileNotes::open(&path).unwrap().unwrap().collect();
        assert_eq!(notes, [FIRST, SECOND]);
    }

    #[test]
    fn a_cut_note_at_the_end_is_not_read() {
        let text = format!("{FIRST}\ndesk.example\n2\nBBBB\n\n\u{2014} desk");
        let notes: Vec<String> = FileNotes::of(text.as_bytes()).collect();
        assert_eq!(notes, [FIRST]);
    }
}
