//! Laws that hold for every message.
//!
//! Owns: arbitrary and mutilated bytes. Must not know: what a good message looks like.

#![expect(clippy::unwrap_used, reason = "a broken test may panic")]

use std::path::Path;

use candor_mail::{
    Envelope, Limits, MailKind, ReplyKey, dedupe_digest, judge, may_answer, parse, sniff,
    thread_candidates,
};
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
    let envelope = Envelope::default();
    let verdict = judge(message, &envelope);
    prop_assert_eq!(
        verdict.kind == MailKind::Personal,
        verdict.reasons.is_empty()
    );
    if let MailKind::DeliveryReport(report) = &verdict.kind {
        prop_assert!(!report.recipients.is_empty() && report.recipients.len() <= 200);
        for one in &report.recipients {
            prop_assert!(matches!(one.status.class, 2 | 4 | 5));
            prop_assert!(!one.recipient.contains(['\r', '\n']) && !one.diagnostic.contains('\n'));
        }
    }
    let ours: Vec<_> = message.to.iter().map(|one| one.address.clone()).collect();
    let answer = may_answer(message, &verdict, &envelope, &ours);
    prop_assert!(answer.is_err() || !verdict.is_automatic());
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
    fn report_like_text_can_be_read(
        subject in "(Undeliverable|failure notice|Automatic reply|退信|Zurück am)?[ -~éüß]{0,20}",
        text in "((550|4\\.2\\.2|<a@b\\.example>|Final-Recipient|Status|Action|to|bis|until|30|November|12\\.|-|said|--- copy of the message|é|退)[ :;.#\n-]{0,2}){0,60}",
    ) {
        let from = "From: MAILER-DAEMON@b.example\nDate: Mon, 4 May 2026 10:00:00 +0000\n";
        holds(format!("{from}Subject: {subject}\n\n{text}").as_bytes())?;
        holds(format!("Auto-Submitted: auto-replied\n{from}Subject: {subject}\n\n{text}").as_bytes())?;
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
