use candor_domain::address::EmailAddress;
use proptest::prelude::*;

use super::*;
use crate::parse;

fn person(name: &str, address: &str) -> NamedAddress {
    NamedAddress::named(name, EmailAddress::parse(address).unwrap())
}

fn id(text: &str) -> MessageId {
    MessageId::parse(text).unwrap()
}

fn reply() -> Outgoing {
    Outgoing {
        from: person("Lena at Harbour & Pine", "help@shop.example"),
        to: vec![person("Kim", "kim@customer.example")],
        cc: vec![],
        reply_to: Some(person("Harbour & Pine", "help+abc234@shop.example")),
        subject: "Re: Late parcel".into(),
        message_id: id("t.abc.1@shop.example"),
        in_reply_to: Some(id("2@customer.example")),
        references: vec![id("1@customer.example"), id("2@customer.example")],
        date: "2026-05-04T10:00:00Z".parse().unwrap(),
        markdown: "Hello Kim,\n\nyour **mugs** left today.".into(),
        delimiter: Some("Please write above this line".into()),
        quoted: Some(Quoted {
            introduction: "On 3 May, Kim wrote:".into(),
            text: "Where are\n\n<my> mugs?".into(),
        }),
        attachments: vec![],
        extra_headers: vec![ExtraHeader::new("Auto-Submitted", "auto-replied")],
    }
}

#[test]
fn a_reply_has_the_bytes_it_always_had() {
    let bytes = String::from_utf8(reply().compose()).unwrap();
    insta::assert_snapshot!(bytes.replace("\r\n", "\n"));
}

#[test]
fn what_went_out_reads_back() {
    let parsed = parse(&reply().compose());
    assert_eq!(parsed.defects, []);
    let message = parsed.message;
    assert_eq!(message.from, Some(reply().from));
    assert_eq!(message.to, reply().to);
    assert_eq!(message.reply_to, [reply().reply_to.unwrap()]);
    assert_eq!(message.date, Some(reply().date));
    assert_eq!(message.in_reply_to, [id("2@customer.example")]);
    assert_eq!(message.references, reply().references);
    assert_eq!(message.auto_submitted.as_deref(), Some("auto-replied"));
    assert_eq!(
        message.text,
        "Please write above this line\n\nHello Kim,\n\nyour **mugs** left today.\n\n\
         On 3 May, Kim wrote:\n> Where are\n>\n> <my> mugs?\n"
    );
    let html = message.html.unwrap();
    assert!(
        html.source().contains("<strong>mugs</strong>"),
        "{}",
        html.source()
    );
    assert!(
        html.source().contains("&lt;my&gt; mugs?"),
        "{}",
        html.source()
    );
}

#[test]
fn pictures_stand_in_the_text_and_files_below() {
    let mut mail = reply();
    mail.markdown = "Look: ![the mug](cid:mug.1@shop.example) ![no](cid:other)".into();
    mail.attachments = vec![
        OutgoingAttachment {
            name: "mug.png".into(),
            media_type: "image/png".into(),
            content_id: Some("mug.1@shop.example".into()),
            content: b"\x89PNG\r\n\x1a\n...".to_vec(),
        },
        OutgoingAttachment {
            name: "Rechnung Müller & Söhne.pdf".into(),
            media_type: "application/pdf\r\nBcc: x@y.example".into(),
            content_id: None,
            content: b"%PDF-1.7\nline\r\nline\n".to_vec(),
        },
    ];
    let message = parse(&mail.compose()).message;
    let html = message.html.unwrap();
    assert!(
        html.source().contains("src=\"cid:mug.1@shop.example\""),
        "{}",
        html.source()
    );
    assert!(!html.source().contains("cid:other"), "{}", html.source());
    let [picture, file] = message.attachments.as_slice() else {
        panic!("{:?}", message.attachments);
    };
    assert!(picture.inline);
    assert_eq!(picture.content_id.as_deref(), Some("mug.1@shop.example"));
    assert_eq!(picture.content, mail.attachments[0].content);
    assert_eq!(file.name, "Rechnung Müller & Söhne.pdf");
    assert_eq!(file.declared_type, "application/octet-stream");
    assert_eq!(file.content, mail.attachments[1].content);
    assert!(!file.inline);
}

#[test]
fn an_answer_carries_one_mark() {
    for (subject, expected) in [
        ("Late parcel", "Re: Late parcel"),
        ("Re: Late parcel", "Re: Late parcel"),
        ("AW: Paket", "AW: Paket"),
        ("Order 5: late", "Re: Order 5: late"),
        ("", "Re: "),
    ] {
        assert_eq!(reply_subject(subject), expected);
    }
}

#[test]
fn a_long_line_is_broken_on_the_way_only() {
    let mut mail = reply();
    mail.markdown = "word ".repeat(2_000) + &"x".repeat(3_000);
    mail.references = (0..300)
        .map(|n| id(&format!("{n}@customer.example")))
        .collect();
    let bytes = mail.compose();
    assert!(
        bytes
            .split(|&byte| byte == b'\n')
            .all(|line| line.len() <= 999)
    );
    let message = parse(&bytes).message;
    assert!(message.text.contains(&mail.markdown), "{}", message.text);
    assert_eq!(message.references.len(), MAX_REFERENCES);
    assert_eq!(message.references.last(), mail.references.last());
}

#[test]
#[should_panic(expected = "Bcc is no extra header")]
fn nobody_adds_a_hidden_recipient() {
    ExtraHeader::new("Bcc", "x@y.example");
}

/// Any text at all, with a liking for what breaks headers.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        any::<String>(),
        proptest::sample::select(vec![
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\nBcc: x@y.example\n",
            "\r\n\r\n",
            "=?utf-8?Q?a?=",
            "=?",
            "?=",
            "\"",
            "\\",
            "<",
            ">",
            ",",
            ";",
            ":",
            "(",
            ")",
            "@",
            " ",
            "ü",
            "日本語",
            "\u{202e}",
            "\u{2028}",
            "\u{85}",
            "'",
            "=",
            "é",
            "a@b.example",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

fn header_names(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    head.split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap().to_owned())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_adds_a_header_or_a_recipient(
        name in nasty(), other in nasty(), subject in nasty(), file in nasty(), extra in nasty(),
        markdown in nasty(), quoted in nasty(), delimiter in nasty(),
    ) {
        let mut mail = reply();
        mail.from.name = Some(name.clone());
        mail.to = vec![person(&other, "kim@customer.example"), person(&name, "sam@customer.example")];
        mail.cc = vec![person(&other, "pat@customer.example")];
        mail.subject = subject.clone();
        mail.markdown = markdown;
        mail.delimiter = Some(delimiter);
        mail.quoted = Some(Quoted { introduction: subject.clone(), text: quoted });
        mail.extra_headers = vec![ExtraHeader::new("X-Note", &extra)];
        mail.attachments = vec![OutgoingAttachment {
            name: file.clone(),
            media_type: other.clone(),
            content_id: None,
            content: subject.clone().into_bytes(),
        }];
        let bytes = mail.compose();

        prop_assert_eq!(header_names(&bytes), [
            "From", "Subject", "Message-ID", "Date", "To", "Cc", "Reply-To", "In-Reply-To",
            "References", "X-Note", "MIME-Version", "Content-Type",
        ]);
        for line in bytes.split(|&byte| byte == b'\n') {
            prop_assert!(line.len() <= 999, "a line of {} bytes", line.len());
        }
        let lonely = bytes.windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r');
        prop_assert!(!lonely, "a line feed stands alone");

        let parsed = parse(&bytes);
        let message = parsed.message;
        let address = |entry: &NamedAddress| entry.address.to_string();
        prop_assert_eq!(message.from.as_ref().map(address).unwrap(), "help@shop.example");
        prop_assert_eq!(
            message.to.iter().map(address).collect::<Vec<_>>(),
            ["kim@customer.example", "sam@customer.example"]
        );
        prop_assert_eq!(message.cc.iter().map(address).collect::<Vec<_>>(), ["pat@customer.example"]);
        prop_assert_eq!(message.attachments.len(), 1);
        prop_assert_eq!(&message.attachments[0].content, subject.as_bytes());
    }

    #[test]
    fn names_and_subjects_read_back(name in "[a-zA-Zäöüß日本éñ .,'&()@:-]{0,40}", subject in "\\PC{0,120}") {
        let mut mail = reply();
        mail.from.name = Some(name.clone());
        mail.subject = subject.clone();
        let message = parse(&mail.compose()).message;
        let expected = one_line(&subject, MAX_SUBJECT);
        prop_assume!(!expected.contains("=?"));
        prop_assert_eq!(message.subject, expected);
        let expected = one_line(&name, MAX_NAME);
        // A pair of apostrophes around a whole name is a habit of mail programs: readers take it off.
        prop_assume!(!(expected.starts_with('\'') && expected.ends_with('\'')));
        prop_assert_eq!(message.from.unwrap().name.unwrap_or_default(), expected);
    }
}
