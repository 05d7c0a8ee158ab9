use super::*;
use crate::parse;

fn read(raw: &str) -> Vec<String> {
    let message = parse(raw.as_bytes()).message;
    let report = DeliveryReport::read(&message);
    let line = |one: &RecipientStatus| {
        format!(
            "{} {} {} {}",
            one.recipient,
            one.action.as_str(),
            one.status,
            one.cause.as_str()
        )
    };
    report.recipients.iter().map(line).collect()
}

#[test]
fn fields_name_each_recipient() {
    let raw = "From: MAILER-DAEMON@mx.b.example\nContent-Type: multipart/report; \
        report-type=delivery-status; boundary=x\n\n--x\n\nSorry.\n--x\n\
        Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.b.example\n\n\
        Final-Recipient: rfc822; kim@b.example\nAction: failed\nStatus: 5.0.0\n\
        Diagnostic-Code: smtp; 552 5.2.2\n  mailbox is over quota\n\n\
        Final-Recipient: rfc822;<lee@b.example>\nAction: delayed\nStatus: 4.4.1 (later)\n\n\
        --x\nContent-Type: text/rfc822-headers\n\nMessage-ID: <t.7@shop.example>\n\n--x--\n";
    assert_eq!(
        read(raw),
        [
            "kim@b.example failed 5.2.2 mailbox_full",
            "lee@b.example delayed 4.4.1 unreachable"
        ]
    );
    let report = DeliveryReport::read(&parse(raw.as_bytes()).message);
    assert!(report.is_failure() && !report.is_delay());
    assert_eq!(report.original, MessageId::parse("t.7@shop.example"));
}

#[test]
fn the_refusing_server_is_believed_over_the_reporting_one() {
    let raw = "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; kim@b.example\n\
        Action: failed\nStatus: 4.5.0\nDiagnostic-Code: smtp; 550 5.5.0 no service\n";
    assert_eq!(read(raw), ["kim@b.example failed 5.5.0 unknown"]);
}

#[test]
fn prose_names_recipient_and_code() {
    let qmail = "From: MAILER-DAEMON@q.example\nTo: help@shop.example\nSubject: failure notice\n\n\
        Hi. This is the mail program at q.example.\nThis is a permanent error; I've given up.\n\n\
        <kim@b.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 no such \
        user\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <help@shop.example>\n\
        Message-ID: <t.9@shop.example>\nTo: other@b.example\n\n450 4.2.1 is our price\n";
    assert_eq!(read(qmail), ["kim@b.example failed 5.1.1 no_such_mailbox"]);
    let report = DeliveryReport::read(&parse(qmail.as_bytes()).message);
    assert_eq!(report.original, MessageId::parse("t.9@shop.example"));
}

#[test]
fn two_recipients_of_prose_have_their_own_codes() {
    let raw = "From: mailer-daemon@m.example\n\nThe following addresses failed:\n\n  \
        kim@b.example\n    host mx.b.example [192.0.2.9]: 550 5.1.1 unknown\n  lee@c.example\n    \
        host mx.c.example [192.0.2.8]: 452 4.2.2 over quota\n";
    assert_eq!(
        read(raw),
        [
            "kim@b.example failed 5.1.1 no_such_mailbox",
            "lee@c.example failed 4.2.2 mailbox_full"
        ]
    );
}

#[test]
fn a_warning_is_a_delay_until_the_server_gives_up() {
    let warning = "From: mailer-daemon@m.example\nSubject: Delivery status (Delay)\n\n\
        THIS IS A WARNING MESSAGE ONLY.\n<kim@b.example>: host not reachable\n\
        It will be retried for 4 days.\n";
    assert_eq!(read(warning), ["kim@b.example delayed 4.0.0 unreachable"]);
    let end = warning.replace("THIS IS A WARNING MESSAGE ONLY.", "Giving up now.");
    assert_eq!(read(&end), ["kim@b.example failed 5.0.0 unreachable"]);
}

#[test]
fn a_header_names_the_recipient_when_the_text_is_in_another_language() {
    let raw = "From: mailer-daemon@m.example\nX-Failed-Recipients: kim@b.example,\n lee@b.example\n\
        \nLo sentimos.\n";
    assert_eq!(
        read(raw),
        [
            "kim@b.example failed 5.0.0 unknown",
            "lee@b.example failed 5.0.0 unknown"
        ]
    );
}

#[test]
fn a_refusal_word_for_word_comes_down_to_a_code_and_a_cause() {
    let read = |words: &str| {
        let (status, cause) = refusal(words);
        format!("{status} {}", cause.as_str())
    };
    assert_eq!(
        read("550 5.1.1 <kim@b.example>: user unknown"),
        "5.1.1 no_such_mailbox"
    );
    assert_eq!(read("552 5.2.2 mailbox full"), "5.2.2 mailbox_full");
    assert_eq!(read("554 5.7.1 blocked by policy"), "5.7.1 refused");
    assert_eq!(read(""), "5.0.0 unknown");
}
