use super::*;
use crate::MediaType;

fn from_of(header: &[u8]) -> (Option<String>, Option<String>, Vec<Defect>) {
    let parsed = parse(&[header, b"\nDate: Mon, 4 May 2026 10:00:00 +0200\n\nHi\n"].concat());
    let from = parsed.message.from;
    (
        from.as_ref().and_then(|from| from.name.clone()),
        from.map(|from| from.address.to_string()),
        parsed.defects,
    )
}

fn text_of(raw: &str) -> String {
    parse(raw.replace('\n', "\r\n").as_bytes()).message.text
}

#[test]
fn a_company_with_a_comma_is_one_sender() {
    let some = |text: &str| Some(text.to_owned());
    for (header, name, address) in [
        (
            "From: LTD, Name <a@b.example>",
            some("LTD, Name"),
            "a@b.example",
        ),
        (
            "From: \"Kim\" <kim@b.example>",
            some("Kim"),
            "kim@b.example",
        ),
        (
            "From: kim@b.example (Kim Lee)",
            some("Kim Lee"),
            "kim@b.example",
        ),
        ("From: Kim <kim@b.example", some("Kim"), "kim@b.example"),
        ("From: Kim kim@b.example", some("Kim"), "kim@b.example"),
        (
            "From: Lee, Kim k@b.example",
            some("Lee, Kim"),
            "k@b.example",
        ),
        ("From: Kim [mailto:k@b.example]", some("Kim"), "k@b.example"),
        ("From: Kim <SMTP:k@b.example>", some("Kim"), "k@b.example"),
        ("From: Kim <k@b.example.>", some("Kim"), "k@b.example"),
        ("From: Kim <k @b.example>", some("Kim"), "k@b.example"),
        ("From: <<k@b.example>>", None, "k@b.example"),
        (
            "From: =?utf-8?Q?J=C3=B6rg?= <j@b.example>",
            some("Jörg"),
            "j@b.example",
        ),
        (
            "From: \"=?utf-8?Q?J=C3=B6rg?=\" <j@b.example>",
            some("Jörg"),
            "j@b.example",
        ),
        (
            "From: MAILER-DAEMON (Mail System) <m@b.example>",
            some("MAILER-DAEMON"),
            "m@b.example",
        ),
        ("From: Team: a@b.example, c@b.example;", None, "a@b.example"),
    ] {
        let found = from_of(header.as_bytes());
        assert_eq!(
            (found.0, found.1.as_deref()),
            (name, Some(address)),
            "{header}"
        );
    }
}

#[test]
fn raw_letters_in_a_header_follow_the_body_s_charset() {
    let raw = b"From: J\xf6rg <j@b.example>\nSubject: Die Fr\xf6sche\n\
        Content-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe\n";
    let parsed = parse(raw);
    assert_eq!(parsed.message.subject, "Die Frösche");
    assert_eq!(parsed.message.from.unwrap().name.as_deref(), Some("Jörg"));
    assert_eq!(parsed.message.text, "Grüße\n");
    assert!(parsed.defects.contains(&Defect::RawHeaderBytes));
}

#[test]
fn raw_letters_without_any_charset_are_guessed() {
    let subject = "Subject: Заказ не пришёл, верните деньги пожалуйста\n\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(subject);
    assert_eq!(
        parse(&bytes).message.subject,
        "Заказ не пришёл, верните деньги пожалуйста"
    );
}

#[test]
fn two_from_headers_are_named_and_the_first_counts() {
    let (_, address, defects) = from_of(b"From: kim@b.example\nFrom: boss@shop.example");
    assert_eq!(address.as_deref(), Some("kim@b.example"));
    assert_eq!(defects, [Defect::ManyFromHeaders]);
}

#[test]
fn a_message_without_a_sender_is_read_all_the_same() {
    let (_, address, defects) = from_of(b"From: undisclosed");
    assert_eq!((address, defects), (None, vec![Defect::NoSender]));
    let parsed = parse(b"");
    assert_eq!(parsed.message.text, "");
    assert!(parsed.defects.contains(&Defect::NoHeaders));
}

#[test]
fn marks_around_a_name_and_ways_before_an_address_go() {
    for (header, name) in [
        ("From: 'Kim Lee' <k@b.example>", "Kim Lee"),
        ("From: \"'Kim Lee'\" <k@b.example>", "Kim Lee"),
        ("From: \"The Smiths'\" <k@b.example>", "The Smiths'"),
        ("From: 'n Beetje <k@b.example>", "'n Beetje"),
        ("From: <Kim Lee> k@b.example", "Kim Lee"),
        ("From: Kim <@relay.example,@way.example:k@b.example>", "Kim"),
    ] {
        let (found, address, _) = from_of(header.as_bytes());
        assert_eq!(found.as_deref(), Some(name), "{header}");
        assert_eq!(address.as_deref(), Some("k@b.example"), "{header}");
    }
}

#[test]
fn a_sender_without_an_address_is_all_name() {
    for (header, from, name) in [
        ("From: Kim Lee", "Kim Lee", "Kim Lee"),
        (
            "From: POSTMASTER (Mail System)",
            "POSTMASTER",
            "Mail System",
        ),
        ("From: ", "", ""),
    ] {
        let told = crate::describe(format!("{header}\n\nHi\n").as_bytes(), false);
        let told = serde_json::to_value(&told).unwrap();
        assert_eq!(
            (&told["from"], &told["from_name"]),
            (&from.into(), &name.into()),
            "{header}"
        );
    }
}

#[test]
fn our_internal_headers_mean_nothing_from_outside() {
    let message = parse(b"X-Candor-Verified: yes\nx-CANDOR-staff: 1\nSubject: a\n\n").message;
    assert_eq!(message.header("x-candor-verified"), None);
    assert_eq!(message.headers.len(), 1);
    assert_eq!(message.header("subject"), Some("a"));
}

#[test]
fn ids_are_found_between_prose() {
    let message = parse(
        b"In-Reply-To: Your message of Monday <1@a.example>\nReferences: <0@a.example>\n\
        \t<1@a.example>\nMessage-ID: 2@a.example\n\n",
    )
    .message;
    let id = |text| MessageId::parse(text).unwrap();
    assert_eq!(message.in_reply_to, [id("1@a.example")]);
    assert_eq!(message.references, [id("0@a.example"), id("1@a.example")]);
    assert_eq!(message.message_id, Some(id("2@a.example")));
}

#[test]
fn plain_text_is_preferred_and_html_is_converted_when_alone() {
    let both = "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nplain\n--x\n\
        Content-Type: text/html\n\n<b>rich</b>\n--x--\n";
    assert_eq!(text_of(both), "plain");
    let empty = both.replace("plain", " ");
    assert_eq!(text_of(&empty), "rich");
    assert_eq!(
        text_of("Content-Type: text/html\n\n<p>Hi<p>there"),
        "Hi\n\nthere"
    );
}

#[test]
fn a_page_names_its_own_charset() {
    let raw = b"Content-Type: text/html\n\n<meta http-equiv=Content-Type content=\"text/html; \
        charset=windows-1252\"><p>\x80 5</p>";
    assert_eq!(parse(raw).message.text, "€ 5");
}

#[test]
fn pictures_of_a_page_are_inline_and_named() {
    let raw = "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n\
        <img src=\"cid:a@b\">\n--x\nContent-Type: image/jpeg\nContent-ID: <a@b>\n\n\u{1}\n--x\n\
        Content-Type: message/rfc822\n\nSubject: Old: order 5\n\nHi\n--x--\n";
    let message = parse(raw.as_bytes()).message;
    let files: Vec<_> = message
        .attachments
        .iter()
        .map(|f| (f.name.as_str(), f.inline))
        .collect();
    assert_eq!(files, [("image.jpg", true), ("Old: order 5.eml", false)]);
    assert_eq!(message.attachments[0].media_type, MediaType::Unknown);
}

#[test]
fn a_script_that_calls_itself_a_picture_is_not_believed() {
    let raw = "Content-Type: image/svg+xml; name=logo.png\n\n<svg onload=\"alert(1)\"/>";
    let message = parse(raw.as_bytes()).message;
    assert_eq!(message.attachments[0].name, "logo.png");
    assert_eq!(message.attachments[0].media_type, MediaType::Svg);
    assert!(!message.attachments[0].media_type.may_show_inline());
}

#[test]
fn limits_are_named_and_keep_the_rest() {
    let limits = Limits {
        header_bytes: 200,
        parts: 3,
        depth: 2,
        recipients: 2,
        references: 1,
        body_bytes: 10,
    };
    let read = |raw: &str| parse_within(raw.as_bytes(), &limits);

    let many = read("To: a@x.example, b@x.example\nCc: c@x.example\nReferences: <1@a> <2@a>\n\n");
    assert_eq!((many.message.to.len(), many.message.cc.len()), (2, 0));
    assert_eq!(many.message.references, [MessageId::parse("2@a").unwrap()]);
    assert!(many.defects.contains(&Defect::TooManyRecipients));

    let long = read(&format!(
        "Subject: a\nX: {}\nTo: a@x.example\n\nbody",
        "y".repeat(300)
    ));
    assert_eq!(
        (long.message.subject.as_str(), long.message.text.as_str()),
        ("a", "body")
    );
    assert!(long.message.to.is_empty() && long.defects.contains(&Defect::HeadersTooLong));

    let wide =
        read("Content-Type: multipart/mixed; boundary=x\n\n--x\n\n1\n--x\n\n2\n--x\n\n3\n--x--");
    assert_eq!(wide.message.text, "1\n2");
    assert!(wide.defects.contains(&Defect::TooManyParts));

    assert_eq!(read("\nGrüße aus Kiel").message.text, "Grüße au");
}

#[test]
fn deep_nesting_ends_somewhere() {
    let level = |n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
    let raw = (0..3_000).map(level).collect::<Vec<_>>().concat();
    let parsed = parse(raw.as_bytes());
    assert!(
        parsed.defects.contains(&Defect::NestedTooDeeply),
        "{:?}",
        parsed.defects
    );
    let nested = "Content-Type: message/rfc822\n\n".repeat(50_000);
    assert_eq!(parse(nested.as_bytes()).message.attachments.len(), 1);
}

#[test]
fn a_type_left_over_from_before_a_gateway_does_not_hide_the_parts() {
    let raw = "Content-Type: multipart/mixed; boundary=old\nContent-Type: multipart/mixed; \
        boundary=new\n\n--new\n\nHi\n--new\nContent-Type: image/png\n\nx\n--new--\n";
    let message = parse(raw.as_bytes()).message;
    assert_eq!(message.text, "Hi");
    assert_eq!(message.attachments.len(), 1);
}

#[test]
fn a_mail_that_only_carries_another_shows_its_text() {
    let raw = "From: kim@b.example\nSubject: Fwd: hello\nContent-Type: message/rfc822\n\n\
        From: Lee <lee@b.example>\nSubject: hello\n\nIs my order there?\n";
    let message = parse(raw.as_bytes()).message;
    assert_eq!(
        message.text,
        "Lee <lee@b.example>\nhello\n\nIs my order there?"
    );
    assert_eq!(message.attachments[0].name, "hello.eml");
    let report = raw
        .replace("message/rfc822", "multipart/report; boundary=x")
        .replace(
            "\n\nFrom: Lee",
            "\n\n--x\nContent-Type: message/rfc822\n\nFrom: Lee",
        );
    assert_eq!(parse(report.as_bytes()).message.text, "");
}

#[test]
fn the_body_inside_winmail_dat_is_read_when_there_is_no_other() {
    let mut tnef = vec![0x78, 0x9f, 0x3e, 0x22, 1, 0];
    // Level 1, attBody, nine bytes, their sum.
    tnef.extend([1, 0x0c, 0x80, 2, 0, 9, 0, 0, 0]);
    tnef.extend(b"Hi there\0");
    tnef.extend([0, 3]);
    let head = "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nOWN\n--x\nContent-Type: \
        application/ms-tnef; name=winmail.dat\n\n";
    let read = |own: &str| {
        let raw = [head.replace("OWN", own).as_bytes(), &tnef, b"\n--x--\n"].concat();
        let message = parse(&raw).message;
        let names: Vec<_> = message.attachments.iter().map(|f| f.name.clone()).collect();
        (message.text, names.join(" "))
    };
    assert_eq!(read(""), ("Hi there".to_owned(), String::new()));
    assert_eq!(read("Own"), ("Own".to_owned(), "body.txt".to_owned()));
    let broken = format!("{}nonsense\n--x--\n", head.replace("OWN", "Own"));
    let parsed = parse(broken.as_bytes());
    assert_eq!(parsed.message.attachments[0].name, "winmail.dat");
    assert!(parsed.defects.contains(&Defect::BrokenTnef));
}
