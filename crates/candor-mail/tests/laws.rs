//! Laws that hold for every message.
//!
//! Owns: arbitrary and mutilated bytes. Must not know: what a good message looks like.

#![expect(clippy::unwrap_used, reason = "a broken test may panic")]

use std::path::Path;

use candor_mail::{Limits, ReplyKey, dedupe_digest, parse, sniff, thread_candidates};
use proptest::prelude::*;

fn samples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mail");
    let read = |entry: std::io::Result<std::fs::DirEntry>| std::fs::read(entry.unwrap().path());
    let mut found: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| read(entry).unwrap())
        .filter(|raw| raw.len() < 20_000)
        .collect();
    found.sort();
    found
}

fn holds(raw: &[u8]) -> Result<(), TestCaseError> {
    let parsed = parse(raw);
    let message = &parsed.message;
    let limits = Limits::default();
    prop_assert!(!message.subject.contains(['\r', '\n', '\0']));
    prop_assert!(!message.text.contains(['\r', '\0']));
    prop_assert!(message.attachments.len() <= limits.parts);
    for file in &message.attachments {
        prop_assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\r', '\n', '\0']));
        prop_assert_eq!(file.media_type, sniff(&file.content));
    }
    prop_assert!(
        message
            .headers
            .iter()
            .all(|field| !field.name.starts_with("x-candor-"))
    );
    thread_candidates(message, &[], &ReplyKey::new([0; 32]));
    dedupe_digest(raw);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_can_be_read(raw in proptest::collection::vec(any::<u8>(), 0..3_000)) {
        holds(&raw)?;
    }

    #[test]
    fn header_like_bytes_can_be_read(
        raw in "((From|To|Subject|Date|Content-Type|Content-Disposition|References|Content-Transfer-Encoding|X-Candor-A): [ -~\\n\\t=?;\"<>éü]{0,60}\n){0,8}\n[ -~\n]{0,80}",
    ) {
        holds(raw.as_bytes())?;
    }

    #[test]
    fn mutilated_messages_can_be_read(
        pick in any::<prop::sample::Index>(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..40_usize), 1..12),
    ) {
        let samples = samples();
        let mut raw = pick.get(&samples).clone();
        for (at, byte, length) in cuts {
            if raw.is_empty() {
                break;
            }
            let at = at.index(raw.len());
            let end = (at + length).min(raw.len());
            raw.splice(at..end, [byte]);
        }
        holds(&raw)?;
    }
}
