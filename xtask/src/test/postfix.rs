//! Postfix, and a program that checks signatures, for the tests with mail servers of others.
//!
//! Owns: where they may lie, the variables that name them. Must not know: what is tested.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell;
use crate::test::packages::{self, Package};

const POSTFIX: &str = "CANDOR_TEST_POSTFIX";
const VERIFIER: &str = "CANDOR_TEST_DKIM";

const PLACES: [&str; 2] = ["/usr/sbin/postfix", "/usr/local/sbin/postfix"];
/// The system's own first: packages of the system are seen by no other.
const PYTHONS: [&str; 2] = ["/usr/bin/python3", "python3"];

const POSTFIX_PACKAGE: Package = Package {
    what: "Postfix",
    names: &[
        ("apt-get", &[&["postfix"]]),
        ("dnf", &[&["postfix"]]),
        ("pacman", &[&["postfix"]]),
        ("apk", &[&["postfix"]]),
    ],
};

const VERIFIER_PACKAGE: Package = Package {
    what: "dkimpy, which checks signatures",
    names: &[
        ("apt-get", &[&["python3-dkim"]]),
        ("dnf", &[&["python3-dkimpy"]]),
    ],
};

/// Both programs; none where Postfix could not be started anyway.
pub(crate) struct Postfix(Option<(PathBuf, PathBuf)>);

impl Postfix {
    /// Tells a test run where they lie.
    pub(crate) fn export(&self, command: &mut Command) {
        if let Some((postfix, verifier)) = &self.0 {
            command.env(POSTFIX, postfix).env(VERIFIER, verifier);
        }
    }
}

/// Finds the programs, or installs them and finds them then. Only root starts Postfix: for anybody
/// else its tests say so and end.
pub(crate) fn find_or_install() -> Result<Postfix> {
    if !packages::is_root() {
        println!("only root starts Postfix: the tests that need it find nothing out");
        return Ok(Postfix(None));
    }
    let postfix = either(postfix, &POSTFIX_PACKAGE)?;
    let verifier = either(verifier, &VERIFIER_PACKAGE)?;
    Ok(Postfix(Some((postfix, verifier))))
}

fn either(find: impl Fn() -> Option<PathBuf>, package: &Package) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    packages::install(package)?;
    find().with_context(|| format!("{} was installed but is still not found", package.what))
}

/// The variable wins, then the places where systems put it.
fn postfix() -> Option<PathBuf> {
    let given = std::env::var_os(POSTFIX).map(PathBuf::from);
    let places = PLACES.iter().map(PathBuf::from);
    given
        .into_iter()
        .chain(places)
        .find(|path| shell::is_program(path))
}

fn verifier() -> Option<PathBuf> {
    let given = std::env::var_os(VERIFIER).map(PathBuf::from);
    let places = PYTHONS.iter().map(PathBuf::from);
    let knows_dkim =
        |python: &Path| shell::read(Command::new(python).args(["-c", "import dkim"])).is_ok();
    given
        .into_iter()
        .chain(places)
        .find(|python| knows_dkim(python))
}
