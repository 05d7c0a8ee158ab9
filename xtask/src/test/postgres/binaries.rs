//! Where PostgreSQL's programs lie.
//!
//! Owns: the places of each system, the packages that carry the server.
//! Must not know: how the server is started.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::answers;
use crate::shell;
use crate::test::packages::{self, Package};

const PACKAGE: Package = Package {
    what: "the PostgreSQL server",
    names: &[
        ("apt-get", &[&["postgresql"]]),
        ("dnf", &[&["postgresql-server"]]),
        ("pacman", &[&["postgresql"]]),
        ("apk", &[&["postgresql"], &["postgresql16"]]),
        ("brew", &[&["postgresql@17"], &["postgresql"]]),
    ],
};

/// Folders whose subfolders are one version each.
const VERSIONED: [&str; 3] = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

/// The folder with `initdb` and `pg_ctl`, installed if need be.
pub(crate) fn find_or_install() -> Result<PathBuf> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    packages::install(&PACKAGE)?;
    find().context("PostgreSQL was installed but initdb is still not found")
}

/// The folder with `initdb` and `pg_ctl`, if there is one.
pub(crate) fn find() -> Option<PathBuf> {
    candidates()
        .into_iter()
        .find(|folder| answers(&folder.join("initdb")) && answers(&folder.join("pg_ctl")))
}

fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(initdb) = shell::find_on_path(&["initdb"]) {
        folders.extend(initdb.parent().map(PathBuf::from));
        // A link on the PATH may stand alone; its target has the other programs beside it.
        let target = initdb.canonicalize().ok();
        folders.extend(target.and_then(|path| path.parent().map(PathBuf::from)));
    }
    if let Ok(folder) = shell::read(Command::new("pg_config").arg("--bindir")) {
        folders.push(folder.into());
    }
    for place in VERSIONED {
        folders.extend(versions(place));
    }
    folders.push("/usr/bin".into());
    folders
}

/// The `bin` folders of the versions below `place`, the newest first.
fn versions(place: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(place) else {
        return Vec::new();
    };
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let digits = name.strip_prefix("postgresql@").unwrap_or(&name);
            let digits = digits.strip_prefix("postgresql").unwrap_or(digits);
            let version = if digits.is_empty() {
                0
            } else {
                digits.parse().ok()?
            };
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}
