//! Blobs as files.
//!
//! Owns: the layout of the folder, syncing, and keeping sweeper and stager apart. Must not know:
//! which blobs are named.

use std::fs::{self, File};
use std::io::{ErrorKind as Io, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::error::StoreError;
use crate::private::{create_file, create_folder, sync_folder};

/// A folder of blobs, two levels deep.
pub(super) struct Folder {
    root: PathBuf,
    /// Names temporary files; the process id in front keeps processes apart.
    next: AtomicU64,
}

impl Folder {
    pub(super) fn open(root: &Path) -> Result<Self, StoreError> {
        create_folder(&root.join("tmp"))?;
        // All at once and synced, so that staging never meets a folder that is not durable yet.
        if !root.join("ff").exists() {
            for first in 0..=u8::MAX {
                create_folder(&root.join(hex::encode([first])))?;
            }
            sync_folder(root)?;
        }
        Ok(Self {
            root: root.to_owned(),
            next: AtomicU64::new(0),
        })
    }

    /// Durable when it returns: the bytes are synced, then the name.
    pub(super) fn stage(&self, hash: &[u8; 32], bytes: &[u8]) -> Result<(), StoreError> {
        let target = self.path(hash);
        if self.refresh(&target, bytes.len())? {
            return Ok(());
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let temporary = self
            .root
            .join("tmp")
            .join(format!("{}-{number}", std::process::id()));
        let written =
            write_synced(&temporary, bytes).and_then(|()| self.publish(&temporary, &target));
        if written.is_err() {
            // A left-over is harmless; the first failure is what the caller must hear.
            drop(fs::remove_file(&temporary));
        }
        written
    }

    fn publish(&self, temporary: &Path, target: &Path) -> Result<(), StoreError> {
        let folder = target.parent().expect("a blob lies in a folder");
        let _apart = self.apart_from_sweeper()?;
        fs::rename(temporary, target).map_err(io)?;
        sync_folder(folder)
    }

    /// Gives a blob that is there already another day. A file of another length is damaged and is
    /// written anew.
    fn refresh(&self, target: &Path, size: usize) -> Result<bool, StoreError> {
        let _apart = self.apart_from_sweeper()?;
        match File::options().write(true).open(target) {
            Ok(file) if file.metadata().map_err(io)?.len() == size as u64 => {
                file.set_modified(SystemTime::from(Timestamp::now()))
                    .map_err(io)?;
                file.sync_all().map_err(io)?;
                Ok(true)
            }
            Ok(_) => Ok(false),
            Err(error) if error.kind() == Io::NotFound => Ok(false),
            Err(error) => Err(io(error)),
        }
    }

    pub(super) fn read(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.path(hash)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == Io::NotFound => Ok(None),
            Err(error) => Err(io(error)),
        }
    }

    /// Blobs last staged before a moment. Abandoned temporary files of that age are removed.
    pub(super) fn older_than(&self, before: Timestamp) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut old = Vec::new();
        for folder in list(&self.root)? {
            let prefix = folder.file_name().unwrap_or_default().to_string_lossy();
            for file in list(&folder)? {
                if !is_older(&file, before) {
                    continue;
                }
                let rest = file.file_name().unwrap_or_default().to_string_lossy();
                match hash_from(&prefix, &rest) {
                    Some(hash) => old.push(hash),
                    None if prefix == "tmp" => fs::remove_file(&file).map_err(io)?,
                    None => {}
                }
            }
        }
        Ok(old)
    }

    /// Removes blobs that are still as old as they were; one staged meanwhile stays.
    pub(super) fn remove(
        &self,
        hashes: &[[u8; 32]],
        before: Timestamp,
    ) -> Result<usize, StoreError> {
        let lock = create_file(&self.root.join("lock"))?;
        let mut removed = 0;
        for path in hashes.iter().map(|hash| self.path(hash)) {
            lock.lock().map_err(io)?;
            if is_older(&path, before) {
                fs::remove_file(&path).map_err(io)?;
                removed += 1;
            }
            lock.unlock().map_err(io)?;
        }
        Ok(removed)
    }

    /// Held while a blob becomes young; dropping it unlocks.
    fn apart_from_sweeper(&self) -> Result<File, StoreError> {
        let lock = create_file(&self.root.join("lock"))?;
        lock.lock_shared().map_err(io)?;
        Ok(lock)
    }

    fn path(&self, hash: &[u8; 32]) -> PathBuf {
        let name = hex::encode(hash);
        self.root.join(&name[..2]).join(&name[2..])
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = create_file(path)?;
    file.write_all(bytes).map_err(io)?;
    file.sync_all().map_err(io)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(io)
}

/// A file that is gone or unreadable is not old.
fn is_older(path: &Path, before: Timestamp) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|modified| modified < SystemTime::from(before))
}

fn hash_from(prefix: &str, rest: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    hex::decode_to_slice(format!("{prefix}{rest}"), &mut hash).ok()?;
    Some(hash)
}

fn io(error: std::io::Error) -> StoreError {
    StoreError::io("use a blob file", error)
}
