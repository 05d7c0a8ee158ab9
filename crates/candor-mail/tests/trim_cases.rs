//! Whole mails and what their writers added.
//!
//! Owns: reading `data/trim/cases.txt` and `clients.txt`. Must not know: how a mail is trimmed.

#![expect(clippy::unwrap_used, reason = "a broken test may panic")]

use candor_domain::address::EmailAddress;
use candor_mail::{IncomingMessage, NamedAddress, RawHtml, TrimContext, trim, trim_within};

const CASES: [&str; 2] = [
    include_str!("data/trim/cases.txt"),
    include_str!("data/trim/clients.txt"),
];

struct Case {
    name: String,
    message: IncomingMessage,
    reply: String,
}

fn cases() -> Vec<Case> {
    CASES
        .iter()
        .flat_map(|list| list.split("\n=== ").skip(1).map(read))
        .collect()
}

fn read(source: &str) -> Case {
    let (name, body) = source.split_once('\n').unwrap();
    let mut case = Case {
        name: name.to_owned(),
        message: IncomingMessage::default(),
        reply: String::new(),
    };
    for part in format!("\n{body}").split("\n--- ").skip(1) {
        let (head, content) = part.split_once('\n').unwrap_or((part, ""));
        let message = &mut case.message;
        match head.split_once(' ').unwrap_or((head, "")) {
            ("text", _) => content.clone_into(&mut message.text),
            ("html", _) => message.html = Some(RawHtml::new(content)),
            ("subject", subject) => subject.clone_into(&mut message.subject),
            ("from", name) => {
                let address = EmailAddress::parse("kim@a.example").unwrap();
                message.from = Some(NamedAddress::named(name, address));
            }
            ("reply", _) => content.trim().clone_into(&mut case.reply),
            _ => panic!("{name}: {head}"),
        }
    }
    if case.message.text.is_empty() {
        case.message.text = case.message.html.as_ref().unwrap().to_text();
        case.message.text_is_converted = true;
    }
    case
}

#[test]
fn a_reply_is_what_its_writer_added() {
    let cases = cases();
    assert!(cases.len() >= 90, "{}", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let trimmed = trim(&case.message);
            let cuts: Vec<_> = trimmed
                .removed
                .iter()
                .map(|part| part.reason.as_str())
                .collect();
            let (name, reply, wanted) = (&case.name, &trimmed.reply, &case.reply);
            (reply != wanted)
                .then(|| format!("== {name} {cuts:?}\n{reply}\n-- instead of\n{wanted}\n"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn plain(text: &str) -> IncomingMessage {
    IncomingMessage {
        text: text.to_owned(),
        ..IncomingMessage::default()
    }
}

#[test]
fn each_cut_says_why_and_where() {
    let message = plain(
        "Two, please.\n\nSent from my iPhone\n\nOn 3 Mar 2026, at 14:05, Shop <help@shop.example> wrote:\n\n> One\n> or two?\n",
    );
    let lines: Vec<String> = trim(&message)
        .explain(&message.text)
        .iter()
        .map(|cut| {
            format!(
                "{}-{} {}: {}",
                cut.first_line,
                cut.last_line,
                cut.reason.as_str(),
                cut.excerpt
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    3-4 mobile_footer: Sent from my iPhone
    5-6 attribution: On 3 Mar 2026, at 14:05, Shop <help@shop.example> wrote:
    7-8 quote: > One
    > or two?
    ");
}

#[test]
fn a_signature_is_learned_from_earlier_mails() {
    let first = "The mug broke.\n\nsee you at the sea\nKim and the cat\ntea, all day long";
    let second = "And the pot too.\n\nsee you at the sea\nKim and the cat\ntea, all day long";
    assert_eq!(trim(&plain(second)).reply, second);
    let context = TrimContext {
        earlier: vec![first.to_owned()],
        ..TrimContext::default()
    };
    let trimmed = trim_within(&plain(second), &context);
    assert_eq!(trimmed.reply, "And the pot too.");
    assert_eq!(trimmed.removed[0].reason.as_str(), "repeated");
    // The same mail again is no signature.
    assert_eq!(trim_within(&plain(first), &context).reply, first);
}

#[test]
fn the_desk_names_its_own_line() {
    let message = plain("Two.\n\n~~ anything below stays with us ~~\n\nHello Kim, one or two?");
    let context = TrimContext {
        delimiters: vec!["Anything below stays with us.".to_owned()],
        ..TrimContext::default()
    };
    assert_eq!(trim_within(&message, &context).reply, "Two.");
    assert_ne!(trim(&message).reply, "Two.");
}

#[test]
fn a_mail_of_nothing_but_a_quote_has_an_empty_reply() {
    let quote = "On 3 Mar 2026, at 14:05, Shop <help@shop.example> wrote:\n> One or two?\n";
    assert_eq!(trim(&plain(quote)).reply, "");
    assert_eq!(
        trim(&plain("-- \nKim Miller\nTea")).reply,
        "-- \nKim Miller\nTea"
    );
    assert_eq!(trim(&plain("")).reply, "");
}
