//! Laws of trimming that hold for every text.
//!
//! Owns: arbitrary, hostile and real-looking texts. Must not know: what a good reply is.

use std::path::Path;

use candor_mail::{
    IncomingMessage, RawHtml, TrimContext, Trimmed, detect_language, parse, trim_within,
};
use proptest::prelude::*;

fn holds(message: &IncomingMessage, context: &TrimContext) -> Result<Trimmed, TestCaseError> {
    let text = &message.text;
    let trimmed = trim_within(message, context);
    let mut at = 0;
    let mut whole = String::new();
    let kept = trimmed.kept(text);
    for part in &trimmed.removed {
        prop_assert!(at <= part.range.start && part.range.start < part.range.end);
        prop_assert!(part.range.end <= text.len());
        at = part.range.end;
    }
    let removed = trimmed.removed.iter().map(|part| part.range.clone());
    let mut parts: Vec<_> = kept.iter().cloned().chain(removed).collect();
    parts.sort_by_key(|part| part.start);
    for part in parts {
        whole.push_str(&text[part]);
    }
    prop_assert_eq!(&whole, text);
    let kept_text: String = kept.iter().map(|part| &text[part.clone()]).collect();
    prop_assert_eq!(visible(&kept_text), visible(&trimmed.reply));
    for cut in trimmed.explain(text) {
        prop_assert!(cut.first_line <= cut.last_line);
        prop_assert!(cut.last_line <= text.matches('\n').count() + 1);
    }
    detect_language(text);
    Ok(trimmed)
}

/// Without what nobody sees at either end: a line of signs without width counts as blank.
fn visible(text: &str) -> &str {
    let without_width = |c: char| {
        let marks = [
            '\u{200b}'..='\u{200f}',
            '\u{202a}'..='\u{202e}',
            '\u{2060}'..='\u{2069}',
        ];
        ['\u{ad}', '\u{feff}'].contains(&c) || marks.iter().any(|range| range.contains(&c))
    };
    text.trim_matches(|c: char| c.is_whitespace() || without_width(c))
}

fn mail(text: String, html: Option<String>) -> IncomingMessage {
    IncomingMessage {
        text,
        html: html.map(RawHtml::new),
        ..IncomingMessage::default()
    }
}

/// Lines as they stand around quotes, in any order.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[a-zA-Z ,.!?é\u{200b}\u{a0}]{0,40}",
        "(> ?){1,4}[a-z ]{0,20}",
        Just(String::new()),
        Just("On Tue, 3 Mar 2026 at 14:05, Kim <kim@a.example> wrote:".to_owned()),
        Just("Am 3. März 2026".to_owned()),
        Just("<kim@a.example> schrieb:".to_owned()),
        Just("> wrote:".to_owned()),
        Just("-----Original Message-----".to_owned()),
        Just("---------- Forwarded message ---------".to_owned()),
        Just("From: Kim <kim@a.example>".to_owned()),
        Just("Subject: Mugs".to_owned()),
        Just("Sent: 3 March 2026 14:05".to_owned()),
        Just("--".to_owned()),
        Just("________".to_owned()),
        Just("Best regards".to_owned()),
        Just("Sent from my iPhone".to_owned()),
        Just("Please write above this line.".to_owned()),
        Just("yes--- On Monday, kim@a.example wrote:".to_owned()),
        Just("```".to_owned()),
    ];
    proptest::collection::vec(line, 0..25).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_kept_or_folded(text in "\\PC{0,400}", html in proptest::option::of("\\PC{0,400}")) {
        holds(&mail(text, html), &TrimContext::default())?;
    }

    #[test]
    fn any_order_of_lines_is_kept_or_folded(
        text in lines(),
        other in lines(),
        html in proptest::option::of(lines()),
        delimiter in "[a-z ]{0,10}",
    ) {
        let html = html.map(|lines| {
            let quoted = lines.replace("> ", "<blockquote type=cite>").replace("--", "<div class=gmail_quote>");
            quoted.replace('\n', "<br>\n")
        });
        let context = TrimContext { delimiters: vec![delimiter], earlier: vec![other] };
        holds(&mail(text, html), &context)?;
    }

    #[test]
    fn any_bytes_can_be_trimmed(raw in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        holds(&parse(&raw).message, &TrimContext::default())?;
    }

    #[test]
    fn trimming_a_reply_again_only_takes_more(text in lines()) {
        let first = holds(&mail(text, None), &TrimContext::default())?;
        let second = holds(&mail(first.reply.clone(), None), &TrimContext::default())?;
        prop_assert!(second.reply.len() <= first.reply.len());
    }
}

#[test]
fn real_messages_are_kept_or_folded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mail");
    for entry in std::fs::read_dir(folder).unwrap() {
        let raw = std::fs::read(entry.unwrap().path()).unwrap();
        holds(&parse(&raw).message, &TrimContext::default()).unwrap();
    }
}

#[test]
fn what_lies_behind_the_bounds_shares_the_fate_of_the_last_line() {
    let introduction = "Yes.\n\nOn 3 Mar 2026, at 14:05, Shop <help@shop.example> wrote:\n";
    let quoted = format!("{introduction}{}", "> two?\n".repeat(30_000));
    let trimmed = holds(&mail(quoted, None), &TrimContext::default()).unwrap();
    assert_eq!(trimmed.reply, "Yes.");
    let long = "a word and another\n".repeat(80_000);
    let trimmed = holds(&mail(long.clone(), None), &TrimContext::default()).unwrap();
    assert_eq!(trimmed.reply, long.trim_end());
}
