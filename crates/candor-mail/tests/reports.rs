//! Reports as the mail servers of the world write them.
//!
//! Owns: one mail in the manner of each product, with addresses of our own. Must not know: how a
//! report is read.

use candor_mail::{Envelope, MailKind, judge, parse};

/// What is understood: for each recipient its address, what happened, the code and the cause.
fn understood(raw: &str) -> String {
    let message = parse(raw.as_bytes()).message;
    match judge(&message, &Envelope::default()).kind {
        MailKind::DeliveryReport(report) => report
            .recipients
            .iter()
            .map(|one| {
                let (action, cause) = (one.action.as_str(), one.cause.as_str());
                format!("{} {action} {} {cause}", one.recipient, one.status)
            })
            .collect::<Vec<_>>()
            .join("; "),
        other => other.as_str().to_owned(),
    }
}

fn mail(from: &str, subject: &str, body: &str) -> String {
    format!("From: {from}\nTo: help@shop.example\nSubject: {subject}\n\n{body}\n")
}

fn check(cases: &[(&str, String, &str)]) {
    for (name, raw, expected) in cases {
        assert_eq!(understood(raw), *expected, "{name}");
    }
}

#[test]
fn servers_that_name_themselves() {
    check(&[
        (
            "OpenSMTPD",
            mail(
                "Mailer Daemon <MAILER-DAEMON@m.example>",
                "Delivery status notification: error",
                "Hi!\n\nThis is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\nAn error has \
                 occurred while attempting to deliver a message for\nthe following list of \
                 recipients:\n\nkim@b.example: 550 5.2.2 <kim@b.example>... Mailbox Full\n\nBelow is a \
                 copy of the original message:\n\nReceived: from x\nTo: lee@c.example",
            ),
            "kim@b.example failed 5.2.2 mailbox_full",
        ),
        (
            "James",
            mail(
                "postmaster@m.example",
                "[BOUNCE]",
                "Hi. This is the James mail server at m.example.\nI'm afraid I wasn't able to deliver \
                 your message to the following addresses.\nThis is a permanent error; I've given \
                 up.\n\n<kim@b.example>\n\nError message:\n550 no such user\n",
            ),
            "kim@b.example failed 5.0.0 no_such_mailbox",
        ),
        (
            "Yahoo",
            mail(
                "MAILER-DAEMON@y.example",
                "Failure Notice",
                "Sorry, we were unable to deliver your message to the following address.\n\n\
                 <kim@b.example>:\nNo mx record found for domain=b.example\n\n--- Below this line is a \
                 copy of the message.\n\nMessage-ID: <t.1@shop.example>",
            ),
            "kim@b.example failed 5.0.0 no_such_domain",
        ),
        (
            "Facebook",
            mail(
                "Social <mailer-daemon@mx.s.example>",
                "Sorry, your message could not be delivered",
                "This message was created automatically by the mail system.\n\nThe user <kim@b.example> \
                 takes no mail.\n550 5.1.1 RCP-P2",
            ),
            "kim@b.example failed 5.1.1 no_such_mailbox",
        ),
        (
            "Exim",
            mail(
                "Mail Delivery System <Mailer-Daemon@m.example>",
                "Warning: message 1abc delayed 24 hours",
                "This message was created automatically by mail delivery software.\nA message that you \
                 sent has not yet been delivered to one or more of its\nrecipients after more than 24 \
                 hours on the queue on m.example.\n\nThe address to which the message has not yet been \
                 delivered is:\n\n  kim@b.example\n\nNo action is required on your part. Delivery \
                 attempts will continue for\nsome time.",
            ),
            "kim@b.example delayed 4.0.0 unknown",
        ),
    ]);
}

#[test]
fn gateways_that_do_not() {
    check(&[
        (
            "MailFoundry",
            mail(
                "<postmaster@m.example>",
                "Message delivery has failed",
                "This is a MIME encoded message.\n\nUnable to deliver message to: <kim@b.example>\n\
                 Delivery failed for the following reason:\nServer mx.b.example[192.0.2.2] failed with: \
                 550 <kim@b.example> No such user here",
            ),
            "kim@b.example failed 5.0.0 no_such_mailbox",
        ),
        (
            "MailMarshal",
            mail(
                "\"postmaster\" <postmaster@m.example>",
                "Undeliverable Mail: \"Your order\"",
                "Your message:\n   From:    help@shop.example\n   Subject: Your order\n\nCould not be \
                 delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were \
                 affected: \n    kim@b.example\n\nAdditional Information",
            ),
            "kim@b.example failed 5.1.1 no_such_mailbox",
        ),
        (
            "InterScan",
            mail(
                "\"InterScan MSS\" <scanner@m.example>",
                "Mail could not be delivered",
                "****** Message from InterScan Messaging Security Suite ******\n\nSent <<< \
                 RCPT TO:<kim@b.example>\nReceived >>> 550 5.1.1 <kim@b.example>... user unknown\n\n\
                 Unable to deliver message to <kim@b.example>.",
            ),
            "kim@b.example failed 5.1.1 no_such_mailbox",
        ),
        (
            "a phone company",
            mail(
                "post_master@v.example",
                "Undeliverable Message",
                "Your message to kim@b.example could not be delivered.\nERROR: 550 - Recipient unknown",
            ),
            "kim@b.example failed 5.0.0 no_such_mailbox",
        ),
        (
            "a form mailer",
            mail(
                "Mail Deliver System <system@m.example>",
                "Returned Mail",
                "The original message was received at Thu, 29 Apr 2010\nfrom shop.example\n\nThe \
                 following addresses had delivery errors\n\nkim@b.example [User unknown]\n",
            ),
            "kim@b.example failed 5.0.0 no_such_mailbox",
        ),
        (
            "a filter with marks",
            mail(
                "POSTMASTER <postmaster@m.example>",
                "failure notice",
                "kim@b.example\n\n-------server message\n550 unknown user <kim@b.example>\n\n\
                 -------SMTP command\nDATA\n\n-------original message\nReceived: from x\n",
            ),
            "kim@b.example failed 5.0.0 no_such_mailbox",
        ),
    ]);
}

#[test]
fn reports_in_other_languages() {
    check(&[
        (
            "Exchange, German",
            mail(
                "Microsoft Exchange <postmaster@m.example>",
                "Unzustellbar: Ihre Bestellung",
                "Die Nachricht konnte nicht zugestellt werden:\n\nkim@b.example\n\nDiagnoseinformationen \
                 für Administratoren:\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found ##",
            ),
            "kim@b.example failed 5.1.10 no_such_mailbox",
        ),
        (
            "Exchange, French",
            mail(
                "postmaster@m.example",
                "Non remis : Votre commande",
                "Votre message n'a pas pu être remis à kim@b.example.\n\nRemote Server returned '550 \
                 5.7.1 access denied'",
            ),
            "kim@b.example failed 5.7.1 refused",
        ),
        (
            "Domino, Spanish",
            mail(
                "Postmaster@m.example",
                "No se ha podido entregar: su pedido",
                "Su mensaje no se ha podido entregar a:\n\nkim@b.example\n\nError 554 5.0.0",
            ),
            "kim@b.example failed 5.0.0 unknown",
        ),
    ]);
}

#[test]
fn people_who_write_about_undelivered_things() {
    for (subject, body) in [
        (
            "Undelivered parcel",
            "It could not be delivered. Tracking 550 512 998, 4 5 1",
        ),
        (
            "Fwd: failure notice",
            "What is this?\n\n<kim@b.example>:\n550 5.1.1 no such user",
        ),
        (
            "Re: Mail delivery failed",
            "I tried again. It said 550 5.1.1 user unknown",
        ),
        ("delivery status?", "Where is my order 5.1.1?"),
        (
            "Returned mail order",
            "I sent it back. It was not delivered: order 550.",
        ),
    ] {
        let raw = mail("Kim <kim@b.example>", subject, body);
        assert_eq!(understood(&raw), "personal", "{subject}");
    }
}

#[test]
fn an_answering_machine_is_no_report() {
    let raw = "Return-Path: <>\nFrom: Kim <kim@b.example>\nSubject: Automatic reply: Delivery failure\n\
        \nI am out of the office. Messages that could not be delivered are sent to lee@b.example.";
    assert_eq!(understood(raw), "out_of_office");
    let message = parse(raw.as_bytes()).message;
    assert!(judge(&message, &Envelope::default()).is_automatic());
    assert!(message.from.unwrap().address.as_str().starts_with("kim@"));
}
