//! The mail log of a mailbox.

use super::{KIM, answered, last_sent_id};
use crate::house::{HELP, House, mail};
use candor_desk::intake::{Envelope, SENT, receive};
use candor_desk::mailbox::{LineAbout, MailKinds, MailboxLine, MailboxLog, MailboxLogWhat};
use candor_desk::seal;
use candor_desk::ticket::{LogWhat, OutboxState};
use candor_desk::verify::verify;
use candor_desk::{DeskError, Stretch};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_domain::permission::{Access, Permission};
use candor_store::mail_log::{LogOf, LogRow};
use candor_store::{Engine, Sql, Tx};

const HELP_ID: MailboxId = MailboxId(1);

fn word(what: &MailboxLogWhat) -> String {
    match what {
        MailboxLogWhat::Told(line) => match &line.what {
            LogWhat::Received(_, reading) => format!("received: {}", reading.joined_by),
            LogWhat::Sent(mail, _) if mail.state == OutboxState::Sent => "sent".to_owned(),
            LogWhat::Sent(mail, _) => mail.state.as_str().to_owned(),
            LogWhat::Told(told) => told.action.clone(),
        },
        MailboxLogWhat::Arriving(_) => "arriving".to_owned(),
        MailboxLogWhat::PutAside(mail) => mail.error.clone(),
        MailboxLogWhat::Left(mail) => format!("left: {}", mail.error),
    }
}

async fn lines_for(house: &House, actor: &Actor, kinds: MailKinds) -> Vec<MailboxLine> {
    let log = MailboxLog {
        mailbox: HELP_ID,
        kinds,
        stretch: Stretch::Top,
    };
    house.desk.ask(actor, log).await.unwrap().rows
}

async fn words(house: &House, kinds: MailKinds) -> Vec<String> {
    let lines = lines_for(house, &house.lena, kinds).await;
    lines.iter().map(|line| word(&line.what)).collect()
}

async fn comes_back(house: &House) {
    let report = format!(
        "From: mailer-daemon@post.example\nTo: {HELP}\nMessage-ID: <r@post.example>\n\
         Subject: Undelivered\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=xx\n\n\
         --xx\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; post.example\n\n\
         Final-Recipient: rfc822; kim@post.example\nAction: failed\nStatus: 5.2.2\n\
         --xx\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{}>\n\n--xx--\n",
        last_sent_id(house)
    );
    house.accept_from("", &[HELP], &report).await;
    house.run_jobs().await;
}

/// A mailbox with a mail of each kind, all but one at the same moment.
async fn lived_in() -> House {
    let (house, ticket) = answered().await;
    comes_back(&house).await;
    let hops = "Received: from mx by mx\n".repeat(51);
    let circles = format!("{hops}{}", mail(KIM, "2@post.example", "Hello", "Hi"));
    house
        .deliver(&["help+anything@shop.example"], &circles)
        .await;
    // A provider's copy of what we sent says nothing new, and what was sent to nobody we know does.
    let own = mail(HELP, &last_sent_id(&house), "Re: Late parcel", "It left.");
    let other = mail(HELP, "3@shop.example", "Lunch?", "Pizza.");
    for text in [own, other] {
        let envelope = Envelope {
            via: SENT.to_owned(),
            mail_from: String::new(),
            recipients: vec![HELP.to_owned()],
        };
        let raw = text.replace('\n', "\r\n").into_bytes();
        receive(&house.desk, &envelope, raw).await.unwrap();
    }
    house.run_jobs().await;
    house.clock.advance(jiff::SignedDuration::from_mins(5));
    house.courier.refuse_next("550 no");
    house.reply(ticket.id, "Are you there?").await;
    house.run_jobs().await;
    house
}

#[tokio::test]
async fn every_mail_of_a_mailbox_stands_in_its_log_once() {
    let house = lived_in().await;
    assert_eq!(
        words(&house, MailKinds::All).await,
        [
            "failed",
            "failed",
            "sent",
            "left: no_ticket",
            "too_many_hops",
            "received: opened"
        ]
    );
    assert_eq!(words(&house, MailKinds::Sent).await, ["sent"]);
    assert_eq!(words(&house, MailKinds::Returned).await, ["failed"; 2]);
    assert_eq!(
        words(&house, MailKinds::Quarantined).await,
        ["too_many_hops"]
    );
    assert_eq!(words(&house, MailKinds::Waiting).await, [""; 0]);
    house
        .accept(&[HELP], &mail(KIM, "9@post.example", "Now", "Now"))
        .await;
    assert_eq!(
        words(&house, MailKinds::Received).await,
        ["arriving", "left: no_ticket", "received: opened"]
    );
}

#[tokio::test]
async fn paging_on_and_back_shows_each_line_once_even_of_one_moment() {
    let house = lived_in().await;
    let page = |stretch: Stretch<_>| {
        house.read(move |tx| {
            let kinds = [
                LogOf::Came(candor_store::intake::IncomingState::Understood),
                LogOf::Came(candor_store::intake::IncomingState::Quarantined),
                LogOf::Went(OutboxState::Sent),
                LogOf::Went(OutboxState::Failed),
                LogOf::Told("failed"),
            ];
            let read = |stretch, most| tx.mail_log(HELP_ID, &kinds, stretch, most);
            Ok::<_, DeskError>(stretch.page(2, LogRow::place, read)?)
        })
    };
    let places = |rows: &[LogRow]| rows.iter().map(LogRow::place).collect::<Vec<_>>();
    let first = page(Stretch::Top).await;
    let second = page(Stretch::After(first.next.unwrap())).await;
    let third = page(Stretch::After(second.next.unwrap())).await;
    assert_eq!(third.next, None);
    let mut all = places(&first.rows);
    all.extend(places(&second.rows));
    all.extend(places(&third.rows));
    let mut sorted = all.clone();
    sorted.sort();
    sorted.dedup();
    sorted.reverse();
    assert_eq!((all.len(), &all), (6, &sorted));
    let back = page(Stretch::Before(third.previous.unwrap())).await;
    assert_eq!(places(&back.rows), places(&second.rows));
    let written: candor_desk::mailbox::LogPlace = all[3].to_string().parse().unwrap();
    assert_eq!(written, all[3]);
}

#[tokio::test]
async fn who_may_not_see_the_ticket_sees_that_a_mail_came_and_no_more() {
    let house = lived_in().await;
    let Actor::Person(lena) = &house.lena else {
        panic!("Lena is a person");
    };
    let grants = lena.grants.iter();
    let only = grants.filter(|grant| grant.permission == Permission::ManageMailboxes);
    let postmaster = Actor::Person(Access {
        grants: only.copied().collect(),
        ..lena.clone()
    });
    let lines = lines_for(&house, &postmaster, MailKinds::All).await;
    assert_eq!(lines.len(), 6);
    assert!(lines.iter().all(|line| line.about == LineAbout::Hidden));
    let nobody = Actor::Person(Access {
        grants: Vec::new(),
        ..lena.clone()
    });
    let log = MailboxLog {
        mailbox: HELP_ID,
        kinds: MailKinds::All,
        stretch: Stretch::Top,
    };
    let refused = house.desk.ask(&nobody, log).await;
    assert!(matches!(refused, Err(DeskError::NotAllowed(_))));
}

#[tokio::test]
async fn a_line_that_left_its_log_is_named() {
    let house = lived_in().await;
    house.sequenced().await;
    seal::seal_new(&house.desk).await.unwrap();
    let check = || verify(&house.desk, &Actor::System, |_| {});
    assert_eq!(check().await.unwrap().findings, []);
    house
        .tamper("update outbox set mailbox_id = null where state = 'sent'")
        .await;
    let found = check().await.unwrap().findings;
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["ticket 1: a mail of it is missing in the mail log of its mailbox"]
    );
}

/// The steps that bring an older database here.
const STEPS: (&str, &str) = (
    include_str!("../../../candor-store/migrations/2026-11-23-mail-log/sqlite.sql"),
    include_str!("../../../candor-store/migrations/2026-11-23-mail-log/postgres.sql"),
);

#[tokio::test]
async fn mails_from_before_the_log_stand_in_it_too() {
    let house = lived_in().await;
    let before = words(&house, MailKinds::All).await;
    let emptied: Result<(), DeskError> = house
        .desk
        .store()
        .write(|tx: &mut Tx<'_>| {
            for empty in [
                "update incoming set mailbox_id = null",
                "update outbox set mailbox_id = null",
                "update delivery set mailbox_id = null",
            ] {
                tx.execute(Sql::Same(empty), &[])?;
            }
            Ok(())
        })
        .await;
    emptied.unwrap();
    assert_eq!(words(&house, MailKinds::All).await, [""; 0]);
    let filled: Result<(), DeskError> = house
        .desk
        .store()
        .write(|tx: &mut Tx<'_>| {
            let steps = match tx.engine() {
                Engine::Sqlite => STEPS.0,
                Engine::Postgres => STEPS.1,
            };
            let updates = steps.split(';').filter(|step| step.contains("update "));
            for update in updates {
                tx.execute(Sql::Same(update), &[])?;
            }
            Ok(())
        })
        .await;
    filled.unwrap();
    assert_eq!(words(&house, MailKinds::All).await, before);
}
