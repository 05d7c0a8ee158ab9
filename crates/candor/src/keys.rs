//! Keys that lie beside the database, never in it.
//!
//! Owns: making them once, reading them, their file modes. Must not know: what each one signs.

use anyhow::{Context, Result, bail};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// The keys of one installation.
pub(crate) struct KeyRing {
    /// Authenticates journal entries.
    pub journal: [u8; 32],
    /// Signs reply addresses, Message-IDs and customer links.
    pub links: [u8; 32],
    /// Seals the history.
    pub seal: [u8; 32],
    /// Encrypts secrets that stand in settings.
    pub secrets: [u8; 32],
}

impl KeyRing {
    /// Reads the keys from `DATA/keys`, making those that are not there yet.
    pub(crate) fn open(data: &Path) -> Result<Self> {
        let folder = data.join("keys");
        make_private_folder(&folder)?;
        let key = |name: &str| read_or_make(&folder.join(name));
        Ok(Self {
            journal: key("journal.key")?,
            links: key("links.key")?,
            seal: key("seal.key")?,
            secrets: key("secrets.key")?,
        })
    }
}

/// A folder that only this user can enter.
pub(crate) fn make_private_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))
}

fn read_or_make(path: &Path) -> Result<[u8; 32]> {
    match std::fs::read(path) {
        Ok(bytes) => match bytes.try_into() {
            Ok(key) => Ok(key),
            Err(_) => bail!("{} is damaged: a key has 32 bytes", path.display()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(path),
        Err(error) => Err(error).with_context(|| format!("cannot read the key {}", path.display())),
    }
}

fn make(path: &Path) -> Result<[u8; 32]> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .with_context(|| format!("cannot write the key {}", path.display()))?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_only_for_us() {
        let dir = tempfile::tempdir().unwrap();
        let first = KeyRing::open(dir.path()).unwrap();
        let second = KeyRing::open(dir.path()).unwrap();
        assert_eq!(first.links, second.links);
        assert_ne!(first.links, first.seal);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &str| {
                std::fs::metadata(dir.path().join(path))
                    .unwrap()
                    .permissions()
                    .mode()
                    & 0o777
            };
            assert_eq!(mode("keys"), 0o700);
            assert_eq!(mode("keys/links.key"), 0o600);
        }
    }

    #[test]
    fn a_damaged_key_is_named_and_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        KeyRing::open(dir.path()).unwrap();
        let path = dir.path().join("keys/seal.key");
        std::fs::write(&path, b"short").unwrap();
        let error = KeyRing::open(dir.path()).err().unwrap().to_string();
        assert!(error.contains("seal.key is damaged"), "{error}");
    }
}
