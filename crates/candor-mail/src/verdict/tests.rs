use super::*;
use candor_domain::address::EmailAddress;

use crate::parse;

fn verdict_of(raw: &str) -> Verdict {
    judge(&parse(raw.as_bytes()).message, &Envelope::default())
}

fn kind_of(raw: &str) -> String {
    verdict_of(raw).kind.as_str().to_owned()
}

fn absence_of(subject: &str, body: &str) -> (Option<String>, Option<String>) {
    let raw = format!(
        "From: Kim <kim@b.example>\nDate: Wed, 18 Nov 2026 10:00:00 +0000\nAuto-Submitted: \
         auto-replied\nSubject: {subject}\n\n{body}\n"
    );
    match verdict_of(&raw).kind {
        MailKind::OutOfOffice(away) => {
            let written = |day: Option<Date>| day.map(|day| day.to_string());
            (written(away.until), written(away.back))
        }
        other => panic!("{other:?}"),
    }
}

const KIM: &str = "From: Kim <kim@b.example>\nTo: help@shop.example\n";

#[test]
fn a_person_is_a_person() {
    for mail in [
        "Subject: my order\n\nHi",
        "Subject: Re: Automatic reply: my order\n\nWhen are you back?",
        "Subject: Fwd: Undeliverable: my order\n\nWhat is this?\n\n<a@b.example>:\n550 5.1.1 no",
        "Subject: Undeliverable parcel\n\nThe parcel could not be delivered, I paid 450 EUR.",
        "Auto-Submitted: no\nX-Auto-Response-Suppress: All\nSubject: hello\n\nHi",
        "Subject: delivery failed again\n\nYour driver was unable to deliver my sofa.",
        "Subject: failure notice\n\nI got a failure notice. Is the shop closed?",
        "Subject: autumn sale\n\nI am on holiday until Monday, please send it later.",
    ] {
        assert_eq!(kind_of(&format!("{KIM}{mail}")), "personal", "{mail}");
    }
}

#[test]
fn machines_that_answer_are_known() {
    for mail in [
        "Auto-Submitted: auto-replied\nSubject: Re: hi\n\nThank you.",
        "Subject: Automatische Antwort: Bestellung\n\nDanke.",
        "X-Autoreply: yes\nSubject: Re: hi\n\nThanks.",
        "Precedence: auto_reply\nSubject: Re: hi\n\nThanks.",
        "Return-Path: <>\nSubject: Thank you\n\nWe got your mail.",
    ] {
        assert_eq!(
            kind_of(&format!("{KIM}{mail}")),
            "automatic_reply",
            "{mail}"
        );
    }
    let away = format!("{KIM}Return-Path: <>\nSubject: Abwesenheitsnotiz\n\nIch bin im Urlaub.");
    assert_eq!(kind_of(&away), "out_of_office");
}

#[test]
fn notices_and_lists_are_told_apart() {
    for (mail, kind) in [
        ("Auto-Submitted: auto-generated\n\nYour invoice", "notice"),
        ("List-Unsubscribe: <https://x.example>\n\nNews!", "notice"),
        ("Precedence: bulk\n\nNews!", "notice"),
        (
            "List-Post: <mailto:l@x.example>\nList-Id: <l.x>\n\nHi all",
            "mailing_list",
        ),
        ("List-Post: NO\nList-Id: <l.x>\n\nAnnouncement", "notice"),
        ("Precedence: list\nList-Id: <l.x>\n\nHi all", "mailing_list"),
        ("Precedence: list\n\nHi all", "notice"),
        (
            "List-Post: <mailto:l@x.example>\nAuto-Submitted: auto-generated\n\nBuild 7",
            "notice",
        ),
    ] {
        assert_eq!(kind_of(&format!("{KIM}{mail}")), kind, "{mail}");
    }
    let shop = "From: Shop <no-reply@x.example>\nSubject: Your parcel\n\nIt is on its way.";
    assert_eq!(kind_of(shop), "notice");
}

#[test]
fn reports_of_servers_are_known_with_their_reasons() {
    let verdict = verdict_of(
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@m.example>\n\
        Subject: Undelivered Mail Returned to Sender\n\nYour message could not be delivered.\n\n\
        <kim@b.example>: unknown user\n",
    );
    let rules: Vec<_> = verdict.reasons.iter().map(|reason| reason.rule).collect();
    assert_eq!(
        rules,
        [
            Rule::DaemonSender,
            Rule::Subject,
            Rule::Text,
            Rule::NullSender
        ]
    );
    assert!(verdict.bounce().is_some_and(DeliveryReport::is_failure));
    let postmaster = "From: postmaster@m.example\nSubject: Our new rules\n\nDear all, ...";
    assert_eq!(kind_of(postmaster), "personal");
    let filter = "From: Gate <gate@m.example>\nSubject: Undeliverable mail\n\nYour mail could not \
        be delivered to lee@b.example:\n550 5.7.1 refused\n";
    assert_eq!(kind_of(filter), "delivery_report");
}

#[test]
fn a_success_is_a_report_and_no_bounce() {
    let verdict = verdict_of(
        "From: MAILER-DAEMON@m.example\nContent-Type: message/delivery-status\n\n\
        Final-Recipient: rfc822; kim@b.example\nAction: delivered\nStatus: 2.0.0\n",
    );
    assert_eq!(verdict.kind.as_str(), "delivery_report");
    assert!(verdict.bounce().is_none() && verdict.is_automatic());
}

#[test]
fn complaints_and_receipts_are_known() {
    let complaint = verdict_of(
        "From: fbl@p.example\nContent-Type: multipart/report; report-type=feedback-report; \
        boundary=x\n\n--x\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\
        User-Agent: P/1\nOriginal-Rcpt-To: <kim@b.example>\n\n--x--\n",
    );
    match complaint.kind {
        MailKind::Complaint(complaint) => {
            assert_eq!(complaint.feedback_type, "abuse");
            assert_eq!(complaint.recipient.as_deref(), Some("kim@b.example"));
        }
        other => panic!("{other:?}"),
    }
    let receipt = "From: kim@b.example\nContent-Type: multipart/report; \
        report-type=disposition-notification; boundary=x\n\n--x\n\nRead.\n--x--\n";
    assert_eq!(kind_of(receipt), "read_receipt");
}

fn check_absences(cases: &[(&str, &str, Option<&str>, Option<&str>)]) {
    for &(subject, body, until, back) in cases {
        let found = absence_of(subject, body);
        let found = (found.0.as_deref(), found.1.as_deref());
        assert_eq!(found, (until, back), "{subject}: {body}");
    }
}

#[test]
fn the_day_of_return_is_read_where_it_is_written() {
    let office = "Out of office";
    check_absences(&[
        (
            office,
            "I am away until 27 November.",
            Some("2026-11-27"),
            None,
        ),
        (
            office,
            "I'll be back on Monday, November 30, 2026.",
            None,
            Some("2026-11-30"),
        ),
        (
            office,
            "I am away from 20.11.2026 to 4.1.2027.",
            Some("2027-01-04"),
            None,
        ),
        (
            office,
            "I will not be back until January 4th.",
            None,
            Some("2027-01-04"),
        ),
        (
            office,
            "I am traveling on December 10-21.",
            Some("2026-12-21"),
            None,
        ),
        (
            office,
            "Returning 2026-12-01, out till 11/30/2026.",
            Some("2026-11-30"),
            Some("2026-12-01"),
        ),
    ]);
    let away = Absence {
        until: Date::new(2026, 12, 31).ok(),
        back: None,
    };
    assert_eq!(away.returns(), Date::new(2027, 1, 1).ok());
}

#[test]
fn the_day_of_return_is_read_in_other_languages() {
    check_absences(&[
        (
            "Abwesenheit",
            "Ich bin bis einschließlich Freitag, den 27.11. nicht da.",
            Some("2026-11-27"),
            None,
        ),
        (
            "Abwesenheit",
            "Ab dem 30. November bin ich wieder da.",
            None,
            Some("2026-11-30"),
        ),
        (
            "Réponse automatique",
            "Je suis absent du bureau jusqu'au 2 décembre.",
            Some("2026-12-02"),
            None,
        ),
        (
            "Respuesta automática",
            "Fuera de la oficina hasta el 3 de enero de 2027.",
            Some("2027-01-03"),
            None,
        ),
        (
            "Risposta automatica",
            "Sono fuori ufficio fino al 5 dicembre.",
            Some("2026-12-05"),
            None,
        ),
        (
            "Automatisch antwoord",
            "Ik ben afwezig tot en met 4 december.",
            Some("2026-12-04"),
            None,
        ),
    ]);
}

#[test]
fn a_day_that_may_mean_two_things_is_not_read() {
    let office = "Out of office";
    check_absences(&[
        (office, "I am away until 05/06/2027.", None, None),
        (
            office,
            "Our shop opened on 3 May 2019. I return soon.",
            None,
            None,
        ),
        (office, "Please call 30.11 or 2.5 times.", None, None),
        (
            office,
            "Back soon. Order 12-34-5678 left on 20 November.",
            None,
            None,
        ),
    ]);
}

#[test]
fn machines_are_not_answered_by_a_machine() {
    let ours = [EmailAddress::parse("help@shop.example").unwrap()];
    let ask = |mail: &str, sender: Option<&str>| {
        let message = parse(format!("{KIM}{mail}\n\nHi").as_bytes()).message;
        let envelope = Envelope { sender };
        let verdict = judge(&message, &envelope);
        may_answer(&message, &verdict, &envelope, &ours).map(|to| to.to_string())
    };
    let kim = || Ok("kim@b.example".to_owned());
    assert_eq!(ask("Subject: hi", None), kim());
    assert_eq!(
        ask("Subject: hi", Some("<kim+x@b.example>")),
        Ok("kim+x@b.example".to_owned())
    );
    assert_eq!(ask("Subject: hi", Some("")), Err(Silence::NullSender));
    assert_eq!(
        ask("Auto-Submitted: auto-replied", None),
        Err(Silence::Automatic)
    );
    assert_eq!(
        ask("List-Post: <mailto:l@x.example>", None),
        Err(Silence::List)
    );
    assert_eq!(ask("List-Post: <mailto:help@shop.example>", None), kim());
    let machine = "List-Post: <mailto:help@shop.example>\nX-Autoreply: yes";
    assert_eq!(ask(machine, None), Err(Silence::Automatic));
    let bulk = "List-Post: <mailto:help@shop.example>\nPrecedence: bulk";
    assert_eq!(ask(bulk, None), kim());
    assert_eq!(
        ask("X-Auto-Response-Suppress: DR, OOF", None),
        Err(Silence::Suppressed)
    );
    assert_eq!(ask("X-Auto-Response-Suppress: DR, RN", None), kim());
    for sender in [
        "owner-l@x.example",
        "l-request@x.example",
        "noreply@x.example",
    ] {
        assert_eq!(
            ask("Subject: hi", Some(sender)),
            Err(Silence::MachineAddress)
        );
    }
    let echo = ask("Subject: hi", Some("help@shop.example"));
    assert_eq!(echo, Err(Silence::OurOwn));
    let other = parse(b"From: kim@b.example\nBcc: help@shop.example\n\nHi").message;
    let verdict = judge(&other, &Envelope::default());
    let answer = may_answer(&other, &verdict, &Envelope::default(), &ours);
    assert_eq!(answer, Err(Silence::NotToUs));
}
