//! Chromium and its driver, for the tests that walk through the pages.
//!
//! Owns: where they may lie, the two variables that name them. Must not know: what is tested.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell;
use crate::test::packages::{self, Package};

const CHROMIUM: &str = "CANDOR_TEST_CHROMIUM";
const DRIVER: &str = "CANDOR_TEST_CHROMEDRIVER";

const CHROMIUM_NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];
const CHROMIUM_PLACES: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const DRIVER_PLACES: [&str; 3] = [
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
    "/usr/lib64/chromium-browser/chromedriver",
];

const PACKAGE: Package = Package {
    what: "Chromium with chromedriver",
    names: &[
        (
            "apt-get",
            &[
                &["chromium", "chromium-driver"],
                &["chromium-browser", "chromium-chromedriver"],
            ],
        ),
        ("dnf", &[&["chromium", "chromedriver"]]),
        ("pacman", &[&["chromium"]]),
        ("apk", &[&["chromium", "chromium-chromedriver"]]),
        ("brew", &[&["--cask", "chromium", "chromedriver"]]),
    ],
};

/// A browser and the driver that steers it.
pub(crate) struct Browser {
    chromium: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Tells a test run where both lie.
    pub(crate) fn export(&self, command: &mut Command) {
        command
            .env(CHROMIUM, &self.chromium)
            .env(DRIVER, &self.driver);
    }
}

/// Finds both programs, or installs them and finds them then.
pub(crate) fn find_or_install() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    packages::install(&PACKAGE)?;
    find().context("Chromium was installed but is still not found")
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: locate(CHROMIUM, &CHROMIUM_NAMES, &CHROMIUM_PLACES)?,
        driver: locate(DRIVER, &["chromedriver"], &DRIVER_PLACES)?,
    })
}

/// The variable wins, then the PATH, then the places where systems hide it.
fn locate(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    if let Some(given) = std::env::var_os(variable) {
        return Some(given.into()).filter(|path: &PathBuf| shell::is_program(path));
    }
    shell::find_on_path(names).or_else(|| {
        places
            .iter()
            .map(Path::new)
            .find(|path| shell::is_program(path))
            .map(Path::to_owned)
    })
}
