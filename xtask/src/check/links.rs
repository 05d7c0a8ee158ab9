//! Links between the documents lead somewhere.
//!
//! Owns: relative links and images in Markdown. Must not know: the world outside.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::check::{Problems, shown};
use crate::workspace;

/// Follows the relative links of every document at the root and below `docs`.
pub(crate) fn check() -> Result<Problems> {
    let root = workspace::root();
    let mut pages = workspace::files_below(&root.join("docs"), &["md"])?;
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    let mut problems = Problems::new();
    for page in pages {
        let folder = page.parent().unwrap_or(root);
        for link in dead_links(&fs::read_to_string(&page)?, folder) {
            problems.push(format!(
                "{} links to {link}, which does not exist",
                shown(&page)
            ));
        }
    }
    Ok(problems)
}

fn dead_links(page: &str, folder: &Path) -> Vec<String> {
    targets(page)
        .into_iter()
        .filter(|target| !target.contains("://") && !target.starts_with(['#', '/']))
        .filter(|target| !target.starts_with("mailto:"))
        .filter(|target| {
            let path = target.split('#').next().unwrap_or(target);
            !folder.join(path).exists()
        })
        .collect()
}

/// What stands in `](...)`.
fn targets(page: &str) -> Vec<String> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ', '\n']).next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dead_relative_links_are_named() {
        let page = "[a](Cargo.toml) [b](gone.md#part) ![c](img/none.png \"t\") \
                    [d](https://example.org/x) [e](#here)";
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(dead_links(page, folder), ["gone.md#part", "img/none.png"]);
    }
}
