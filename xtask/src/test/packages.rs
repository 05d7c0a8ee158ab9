//! Installing what the tests need, with the package manager of the system.
//!
//! Owns: which packages carry what, asking before anything is installed.
//! Must not know: where programs lie afterwards.

use std::io::{IsTerminal, Write};
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// Something a test needs, under the names it has with each package manager.
pub(crate) struct Package {
    /// How people call it.
    pub(crate) what: &'static str,
    /// Per manager one or more sets of packages; the first set that installs is taken.
    pub(crate) names: &'static [(&'static str, &'static [&'static [&'static str]])],
}

/// Installs `package`: at once where `CI=true`, after a "yes" on a terminal, else not at all.
pub(crate) fn install(package: &Package) -> Result<()> {
    let Some((manager, sets)) = package
        .names
        .iter()
        .find(|(manager, _)| shell::find_on_path(&[manager]).is_some())
    else {
        bail!(
            "{} is missing and no package manager that we know was found; install it by hand",
            package.what
        );
    };
    let first = sets.first().map(|set| set.join(" ")).unwrap_or_default();
    if !may_install(package.what, manager, &first)? {
        bail!(
            "{} is missing; install it (for instance: {manager} install {first}) or set CI=true",
            package.what
        );
    }
    refresh(manager)?;
    let mut last = None;
    for set in *sets {
        match shell::run(&mut install_command(manager, set)) {
            Ok(()) => return Ok(()),
            Err(error) => last = Some(error),
        }
    }
    bail!(
        "{} could not be installed: {}",
        package.what,
        last.map_or_else(|| "no package is known".to_owned(), |e| e.to_string())
    )
}

fn may_install(what: &str, manager: &str, packages: &str) -> Result<bool> {
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("{what} is missing. Install {packages} with {manager}? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// A fresh machine has no package lists yet.
fn refresh(manager: &str) -> Result<()> {
    match manager {
        "apt-get" => shell::run(as_root("apt-get").args(["update", "-q"])),
        "pacman" => shell::run(as_root("pacman").arg("-Sy")),
        _ => Ok(()),
    }
}

fn install_command(manager: &str, packages: &[&str]) -> Command {
    let mut command = match manager {
        // Homebrew refuses to run as root.
        "brew" => Command::new("brew"),
        _ => as_root(manager),
    };
    match manager {
        "apt-get" => command.env("DEBIAN_FRONTEND", "noninteractive").args([
            "install",
            "-y",
            "-q",
            "--no-install-recommends",
        ]),
        "dnf" => command.args(["install", "-y"]),
        "pacman" => command.args(["-S", "--noconfirm", "--needed"]),
        "apk" => command.arg("add"),
        _ => command.arg("install"),
    };
    command.args(packages);
    command
}

fn as_root(program: &str) -> Command {
    if is_root() {
        Command::new(program)
    } else {
        let mut command = Command::new("sudo");
        command.arg(program);
        command
    }
}

/// Whether we run as the superuser.
pub(crate) fn is_root() -> bool {
    shell::read(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_manager_has_its_own_words() {
        let words = |manager| {
            install_command(manager, &["thing"])
                .get_args()
                .map(|word| word.to_string_lossy().into_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert!(words("apt-get").contains("install -y"));
        assert!(words("apk").contains("add thing"));
        assert!(words("brew").ends_with("install thing"));
        assert!(words("pacman").contains("-S --noconfirm"));
    }

    #[test]
    fn an_unknown_system_gets_a_clear_answer() {
        let package = Package {
            what: "a flux capacitor",
            names: &[("no-such-manager", &[&["flux"]])],
        };
        let error = install(&package).unwrap_err().to_string();
        assert!(error.contains("a flux capacitor is missing"), "{error}");
    }
}
