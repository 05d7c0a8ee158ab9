//! Every word that a person reads exists in every language.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use candor_web::failure::Failure;
use candor_web::i18n::{Language, ids, missing_variables};

#[test]
fn all_languages_have_the_same_texts_with_the_same_values() {
    let english = ids(Language::English);
    for language in Language::ALL {
        let own = ids(language);
        let missing: Vec<_> = english.difference(&own).collect();
        let surplus: Vec<_> = own.difference(&english).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{language:?} lacks {missing:?} and has beyond English {surplus:?}"
        );
    }
}

#[test]
fn every_text_that_a_page_asks_for_exists() {
    let known = known_ids();
    let mut missing = Vec::new();
    for path in sources() {
        let source = code(&path);
        for id in asked_ids(&source) {
            if !known.contains(&id) {
                missing.push(format!("{}: {id}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no such text: {missing:#?}");
}

#[test]
fn a_text_gets_the_values_it_names() {
    let mut wrong = Vec::new();
    for path in sources() {
        let source = code(&path);
        for id in literals_after(&source, "t.get(") {
            let missing = missing_variables(Language::English, &id, &[]);
            if !missing.is_empty() {
                wrong.push(format!("{}: {id} needs {missing:?}", path.display()));
            }
        }
        for (id, name) in calls_with_one_value(&source) {
            let missing = missing_variables(Language::English, &id, &[&name]);
            if !missing.is_empty() {
                wrong.push(format!("{}: {id} needs {missing:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "texts without their values: {wrong:#?}");
}

#[test]
fn every_failure_says_what_happened_what_is_safe_and_what_next() {
    let known = known_ids();
    for failure in Failure::every_kind() {
        for part in ["what", "safe", "next"] {
            let id = format!("error-{}-{part}", failure.key());
            assert!(known.contains(&id), "{id}");
        }
    }
}

#[test]
fn every_field_that_the_desk_refuses_has_its_sentence() {
    let known = known_ids();
    let desk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../candor-desk/src");
    let mut missing = BTreeSet::new();
    for path in files_below(&[desk]) {
        for (at, _) in code(&path).match_indices("\"error-") {
            if let Some((id, _)) = literal(&code(&path)[at..])
                && !known.contains(&id)
            {
                missing.insert(id);
            }
        }
    }
    assert!(missing.is_empty(), "no such text: {missing:#?}");
}

#[test]
fn the_check_finds_ids_on_one_line_and_on_several() {
    let source = "t.get(\"a-b\") x t.arg(\n    \"c\", \"n\", 1) key(\"d\") headers.get(\"host\")";
    assert_eq!(asked_ids(source), ["a-b", "c", "d"]);
    assert_eq!(
        calls_with_one_value(source),
        [("c".to_owned(), "n".to_owned())]
    );
}

fn known_ids() -> BTreeSet<String> {
    ids(Language::English)
        .into_iter()
        .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
        .collect()
}

/// Templates and Rust sources of this crate.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = files_below(&[root.join("src"), root.join("templates")]);
    assert!(found.len() > 20, "the sources were found");
    found
}

fn files_below(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = folders.to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a source folder is readable") {
            let path = entry.expect("an entry is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
                found.push(path);
            }
        }
    }
    found
}

/// A source without its comments, whose examples ask for texts that nobody wrote.
fn code(path: &Path) -> String {
    let source = fs::read_to_string(path).expect("a source file is readable");
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The literal ids in calls on a [`candor_web::i18n::Texts`] named `t`, and in `key("…")`.
fn asked_ids(source: &str) -> Vec<String> {
    ["t.get(", "t.arg(", "t.args(", "key("]
        .iter()
        .flat_map(|call| literals_after(source, call))
        .collect()
}

fn literals_after(source: &str, call: &str) -> Vec<String> {
    source
        .match_indices(call)
        // `headers.key("…")` and `next.get("…")` are other people's.
        .filter(|(at, _)| {
            let before = source[..*at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || (c == '.' && call == "key("))
        })
        .filter_map(|(at, _)| literal(&source[at + call.len()..]).map(|(id, _)| id))
        .collect()
}

fn calls_with_one_value(source: &str) -> Vec<(String, String)> {
    source
        .match_indices("t.arg(")
        .filter_map(|(at, call)| {
            let (id, rest) = literal(&source[at + call.len()..])?;
            let (name, _) = literal(rest.trim_start().strip_prefix(',')?)?;
            Some((id, name))
        })
        .collect()
}

fn literal(source: &str) -> Option<(String, &str)> {
    let (text, rest) = source.trim_start().strip_prefix('"')?.split_once('"')?;
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    plain.then(|| (text.to_owned(), rest))
}
