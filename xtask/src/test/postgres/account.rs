//! The account that runs the throw-away server.
//!
//! Owns: stepping down from root. Must not know: what is run.

use std::os::unix::fs::chown;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::test::packages::is_root;

/// Who runs the server.
#[derive(Debug)]
pub(crate) enum Account {
    /// Ourselves, because we are nobody special.
    Own,
    /// An unprivileged account, because we are root.
    Other { name: String, user: u32, group: u32 },
}

impl Account {
    /// Ourselves, or as root the first of `postgres` and `nobody` that exists.
    pub(crate) fn choose() -> Result<Self> {
        if !is_root() {
            return Ok(Self::Own);
        }
        for name in ["postgres", "nobody"] {
            if let (Ok(user), Ok(group)) = (number("-u", name), number("-g", name)) {
                return Ok(Self::Other {
                    name: name.to_owned(),
                    user,
                    group,
                });
            }
        }
        bail!("PostgreSQL does not run as root, and there is no account postgres or nobody")
    }

    /// A command run by this account in `folder`.
    pub(crate) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = match self {
            Self::Own => Command::new(program),
            Self::Other { name, .. } => step_down(name, program),
        };
        command.current_dir(folder);
        command
    }

    /// Makes this account the owner of `folder`.
    pub(crate) fn give(&self, folder: &Path) -> Result<()> {
        match self {
            Self::Own => Ok(()),
            Self::Other { user, group, .. } => chown(folder, Some(*user), Some(*group))
                .with_context(|| format!("giving {} away", folder.display())),
        }
    }
}

/// `program` run by the account `name`: by runuser, or by su where a small system has no other.
fn step_down(name: &str, program: &Path) -> Command {
    if shell::find_on_path(&["runuser"]).is_some() {
        let mut command = Command::new("runuser");
        command.args(["-u", name, "--"]).arg(program);
        return command;
    }
    let mut command = Command::new("su");
    // The shell replaces itself by its own $0, which is the program, with all arguments after it.
    command.args(["-s", "/bin/sh", name, "-c", r#"exec "$0" "$@""#, "--"]);
    command.arg(program);
    command
}

fn number(flag: &str, name: &str) -> Result<u32> {
    Ok(shell::read(Command::new("id").args([flag, name]))?.parse()?)
}
