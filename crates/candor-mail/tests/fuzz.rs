//! Mutilated mail: nothing that anybody can send breaks a reader, keeps it busy, or gets through.
//!
//! Owns: the readers that are shown bent input, and the laws that hold for whatever comes. A fixed
//! number of cases in the gate, the same each time; as many seconds as `CANDOR_TEST_FUZZ_SECONDS`
//! says, with other cases by `CANDOR_TEST_FUZZ_SEED`. What breaks a reader is kept in the folder for
//! temporary files; mended, it goes to `tests/data/fuzz`.

#![expect(clippy::unwrap_used, reason = "a broken test may panic")]

#[path = "fuzz/active.rs"]
mod active;
#[path = "../../candor-post/tests/fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/words.rs"]
mod words;

use std::path::Path;

use candor_domain::address::EmailAddress;
use candor_mail::{
    DisplayPolicy, Envelope, IncomingMessage, MessageId, NamedAddress, Outgoing, RawHtml,
    RemoteImages, describe, front_evidence, judge, markdown_to_html, parse, trim,
};

use active::active;
use mutate::{Target, samples};

/// All kept samples of these folders.
fn corpus(folders: &[&str]) -> Vec<Vec<u8>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let found = folders
        .iter()
        .flat_map(|folder| samples(&data.join(folder)));
    found.collect()
}

fn mail(name: &'static str, seed: u64, cases: u64) -> Target {
    Target {
        name,
        seed,
        cases,
        corpus: corpus(&["mail", "fuzz/mail"]),
        words: words::MAIL,
        nests: words::MAIL_NESTS,
    }
}

fn html(name: &'static str, seed: u64, cases: u64) -> Target {
    let payloads = corpus(&["sanitize", "newsletters"]);
    let bodies = payloads.iter().filter_map(|raw| parse(raw).message.html);
    let mut corpus = corpus(&["fuzz/html"]);
    corpus.extend(bodies.map(|html| html.source().as_bytes().to_vec()));
    assert!(corpus.len() > 30, "{} samples", corpus.len());
    Target {
        name,
        seed,
        cases,
        corpus,
        words: words::HTML,
        nests: words::HTML_NESTS,
    }
}

fn lines(name: &'static str, seed: u64, cases: u64, folder: &str) -> Target {
    let files = corpus(&[folder]);
    let lines = files
        .iter()
        .flat_map(|file| file.split(|&byte| byte == b'\n'));
    let corpus: Vec<_> = lines
        .filter(|line| !line.is_empty())
        .map(<[u8]>::to_vec)
        .collect();
    Target {
        name,
        seed,
        cases,
        corpus,
        words: words::ADDRESS,
        nests: words::ADDRESS_NESTS,
    }
}

/// What holds for every message.
fn lawful(message: &IncomingMessage) {
    assert!(!message.subject.contains(['\r', '\n', '\0']), "subject");
    assert!(!message.text.contains(['\r', '\0']), "text");
    for file in &message.attachments {
        let bad = ['/', '\\', '\r', '\n', '\0'];
        assert!(
            !file.name.is_empty() && !file.name.contains(bad),
            "{:?}",
            file.name
        );
    }
    let ids = message.references.iter().chain(&message.in_reply_to);
    for id in ids.chain(&message.message_id) {
        assert_eq!(MessageId::parse(id.as_str()).as_ref(), Some(id));
    }
    for field in &message.headers {
        assert!(
            !field.name.contains([':', '\r', '\n', '\0', ' ']),
            "{:?}",
            field.name
        );
        assert!(!field.name.starts_with("x-candor-"), "{:?}", field.name);
    }
    let people = message
        .to
        .iter()
        .chain(&message.cc)
        .chain(&message.reply_to);
    people.chain(&message.from).for_each(same_address);
}

/// An address that was read is one, and reads the same again.
fn same_address(one: &NamedAddress) {
    let again = EmailAddress::parse(one.address.as_str());
    assert_eq!(again.as_ref(), Ok(&one.address));
    assert!(
        !one.address
            .as_str()
            .contains(['\r', '\n', '\0', '<', '>', ' '])
    );
    let name = one.name.as_deref().unwrap_or("someone");
    assert!(
        !name.is_empty() && !name.contains(['\r', '\n', '\0']),
        "{name:?}"
    );
}

#[test]
fn the_parser_stands_what_anybody_sends() {
    mail("parser", 0x9e37_79b9_7f4a_7c15, 1_500).show(|bytes| {
        serde_json::to_string(&describe(bytes, true)).unwrap();
        lawful(&parse(bytes).message);
    });
}

#[test]
fn the_trimmer_loses_nothing_of_what_anybody_sends() {
    let target = Target {
        corpus: corpus(&["trim", "mail", "fuzz/mail"]),
        words: words::TEXT,
        ..mail("trimmer", 0xbf58_476d_1ce4_e5b9, 500)
    };
    target.show(|bytes| {
        // As plain text, as HTML, and as a whole mail.
        let text = String::from_utf8_lossy(bytes).replace(['\r', '\0'], "");
        let plain = IncomingMessage {
            text,
            ..IncomingMessage::default()
        };
        let page = RawHtml::new(plain.text.replace('\n', "<br>\n"));
        let both = IncomingMessage {
            html: Some(page),
            ..plain.clone()
        };
        for message in [plain, both, parse(bytes).message] {
            let trimmed = trim(&message);
            let mut parts = trimmed.kept(&message.text);
            parts.extend(trimmed.removed.iter().map(|removed| removed.range.clone()));
            parts.sort_by_key(|part| part.start);
            let whole: String = parts.into_iter().map(|part| &message.text[part]).collect();
            assert_eq!(whole, message.text);
            trimmed.explain(&message.text);
        }
    });
}

#[test]
fn the_judge_stands_what_anybody_sends() {
    mail("judge", 0x94d0_49bb_1331_11eb, 4_000).show(|bytes| {
        judge(&parse(bytes).message, &Envelope::default());
    });
}

/// How many elements are open at most, of those that lay out.
fn depth(html: &str) -> usize {
    let mut open = 0_usize;
    let mut deepest = 0;
    for tag in html.split('<').skip(1) {
        let void = ["br", "col", "hr", "img", "wbr"];
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        match tag.strip_prefix('/') {
            Some(_) => open = open.saturating_sub(1),
            None => open += usize::from(!void.contains(&name)),
        }
        deepest = deepest.max(open);
    }
    deepest
}

#[test]
fn the_sanitiser_stands_what_anybody_sends() {
    html("sanitiser", 0x2545_f491_4f6c_dd1d, 1_500).show(|bytes| {
        let html = RawHtml::new(String::from_utf8_lossy(bytes));
        let clean = html.clean(&DisplayPolicy::default());
        assert_eq!(active(clean.as_str()), Vec::<String>::new(), "{clean}");
        let again = RawHtml::new(clean.as_str()).clean(&DisplayPolicy::default());
        assert_eq!(active(again.as_str()), Vec::<String>::new(), "{again}");
        // At the bound of the nesting, a parser's own `tbody` may push the innermost out.
        if depth(clean.as_str()) < 100 {
            assert_eq!(again.as_str(), clean.as_str(), "cleaning twice");
        }
        let shown = html.clean(&DisplayPolicy {
            remote_images: RemoteImages::Shown,
            ..DisplayPolicy::default()
        });
        let shown = shown.as_str().replace("src=\"http", "src=\"/own/http");
        assert_eq!(active(&shown), Vec::<String>::new(), "{shown}");
        html.to_text();
    });
}

#[test]
fn addresses_stand_what_anybody_sends() {
    lines("addresses", 0xd6e8_feb8_6659_fd93, 8_000, "fuzz/address").show(|bytes| {
        let head = [b"From: ", bytes, b"\r\nTo: ", bytes, b"\r\n\r\nhi\r\n"].concat();
        let message = parse(&head).message;
        lawful(&message);
        let Some(from) = message.from else { return };
        if message.to.is_empty() {
            return;
        }
        // What was read can be written, and is read the same.
        let answer = Outgoing {
            from: from.clone(),
            to: message.to.iter().take(20).cloned().collect(),
            cc: Vec::new(),
            reply_to: None,
            subject: "Re".to_owned(),
            message_id: MessageId::parse("a@desk.example").unwrap(),
            in_reply_to: None,
            references: Vec::new(),
            date: "2026-11-22T12:00:00Z".parse().unwrap(),
            markdown: "hi".to_owned(),
            delimiter: None,
            quoted: None,
            attachments: Vec::new(),
            extra_headers: Vec::new(),
        };
        let read = parse(&answer.compose()).message;
        assert_eq!(read.from.map(|one| one.address), Some(from.address));
        let addresses = |list: &[NamedAddress]| -> Vec<EmailAddress> {
            list.iter().map(|one| one.address.clone()).collect()
        };
        assert_eq!(addresses(&read.to), addresses(&answer.to));
    });
}

#[test]
fn headers_stand_what_anybody_sends() {
    let target = Target {
        corpus: corpus(&["fuzz/header", "fuzz/mail"]),
        words: words::MAIL,
        ..lines("headers", 0x8cb9_2ba7_2f3d_8dd7, 6_000, "fuzz/address")
    };
    target.show(|bytes| {
        for end in [b"\r\n\r\nhi".as_slice(), b"\n\nhi", b"\r\rhi"] {
            lawful(&parse(&[bytes, end].concat()).message);
        }
        let text = String::from_utf8_lossy(bytes);
        let servers = ["mx.google.com".to_owned()];
        for line in text.lines().take(50) {
            let header = format!("mx.google.com; {line}");
            front_evidence(&header, &servers, "shop.example");
            front_evidence(line, &servers, "shop.example");
        }
    });
}

#[test]
fn a_winmail_file_stands_what_anybody_sends() {
    let target = Target {
        corpus: corpus(&["fuzz/winmail"]),
        words: words::WINMAIL,
        nests: words::WINMAIL_NESTS,
        ..mail("winmail", 0xa076_1d64_78bd_642f, 30_000)
    };
    assert!(!target.corpus.is_empty());
    target.show(|bytes| {
        let mut raw = b"From: a@b.example\r\nContent-Type: application/ms-tnef; \
            name=winmail.dat\r\n\r\n"
            .to_vec();
        raw.extend_from_slice(bytes);
        let message = parse(&raw).message;
        lawful(&message);
        assert!(message.attachments.len() <= 250);
        // What comes out of it was in it, packed at best (LZFu) or inside one another.
        let taken: usize = message
            .attachments
            .iter()
            .map(|file| file.content.len())
            .sum();
        assert!(
            taken <= 32 * (bytes.len() + 64),
            "{taken} of {}",
            bytes.len()
        );
    });
}

#[test]
fn markdown_stands_what_anybody_types() {
    html("markdown", 0xe703_7ed1_a0b4_28db, 1_500).show(|bytes| {
        let page = markdown_to_html(&String::from_utf8_lossy(bytes));
        assert!(!page.as_str().to_ascii_lowercase().contains("<script"));
    });
}
