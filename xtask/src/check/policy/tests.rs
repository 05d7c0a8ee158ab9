//! Each rule of the policy, broken once.

use super::*;

const RULES: &str = r#"
    [licenses]
    allow = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]
    exceptions = [{ crate = "cssparser", allow = ["MPL-2.0"] }]
    clarify = [{ crate = "silent", expression = "MIT", license-files = [] }]
    [bans]
    multiple-versions = "allow"
    deny = [
        { crate = "openssl-sys", reason = "rustls does it" },
        { crate = "chrono", reason = "jiff is the clock", wrappers = ["async-imap"] },
    ]
    [sources]
    unknown-git = "deny"
"#;

fn found(name: &str, licence: Option<&str>) -> Foreign {
    Foreign {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        licence: licence.map(str::to_owned),
        source: Source::Registry,
        users: Vec::new(),
    }
}

/// What is said about one crate; `cssparser` stands by so that its exception is needed.
fn said_of(one: Foreign) -> Problems {
    let rules: Rules = toml::from_str(RULES).unwrap();
    judge(&[found("cssparser", Some("MPL-2.0")), one], &rules)
}

#[test]
fn either_allowed_licence_of_a_choice_is_enough() {
    assert_eq!(
        said_of(found("good", Some("GPL-2.0-only OR MIT"))),
        Problems::new()
    );
    assert_eq!(said_of(found("old", Some("MIT/GPL-3.0"))), Problems::new());
    let with_exception = "Apache-2.0 WITH LLVM-exception";
    assert_eq!(
        said_of(found("llvm", Some(with_exception))),
        Problems::new()
    );
}

#[test]
fn copyleft_is_named() {
    assert_eq!(
        said_of(found("copyleft", Some("MIT AND AGPL-3.0-only"))),
        ["copyleft 1.0.0: MIT AND AGPL-3.0-only is not allowed"]
    );
}

#[test]
fn an_exception_is_for_one_crate() {
    assert_eq!(said_of(found("other", Some("MPL-2.0"))).len(), 1);
}

#[test]
fn no_licence_is_named_unless_somebody_read_it() {
    assert_eq!(
        said_of(found("quiet", None)),
        ["quiet 1.0.0: its manifest names no licence"]
    );
    assert_eq!(said_of(found("silent", None)), Problems::new());
}

#[test]
fn a_banned_crate_is_named_with_the_reason() {
    assert_eq!(
        said_of(found("openssl-sys", Some("MIT"))),
        ["openssl-sys 1.0.0 is banned: rustls does it"]
    );
}

#[test]
fn a_banned_crate_may_stand_behind_its_wrappers_only() {
    let behind = |users: &[&str]| Foreign {
        users: users.iter().map(ToString::to_string).collect(),
        ..found("chrono", Some("MIT"))
    };
    assert!(said_of(behind(&["async-imap"])).is_empty());
    assert_eq!(
        said_of(behind(&["async-imap", "candor-post"])),
        ["chrono 1.0.0 is banned: jiff is the clock"]
    );
}

#[test]
fn a_crate_from_elsewhere_is_named() {
    let git = Foreign {
        source: Source::Elsewhere("git+https://example.org/fork".to_owned()),
        ..found("fork", Some("MIT"))
    };
    assert_eq!(
        said_of(git),
        ["fork 1.0.0 comes from git+https://example.org/fork"]
    );
}

#[test]
fn an_exception_that_nothing_needs_is_named() {
    let rules: Rules = toml::from_str(RULES).unwrap();
    assert_eq!(
        judge(&[], &rules),
        ["deny.toml: nothing needs the exception for cssparser"]
    );
}
