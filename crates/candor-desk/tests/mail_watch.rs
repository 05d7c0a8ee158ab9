//! When no mail comes: who hears of it, by which way, and that it flows again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::DeskError;
use candor_desk::fetch::{
    AfterFetch, FetchAccountFields, FetchFailed, FetchFolder, FetchReached, FetchTls, SetFetching,
};
use candor_desk::intake::{Envelope, FETCHED, receive};
use candor_desk::mail_watch::{
    AcceptSilence, ChangeWatchSettings, FlowUsual, HookTold, HooksToTell, MailAlarms, MailFlow,
    Silence, WatchSettings, watch_mail,
};
use candor_desk::provider_account::AccountLoginField;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_domain::silence::HOUR_US;
use candor_store::Tx;
use candor_store::mail_watch::MailWatch;
use house::{HELP, House, mail};
use jiff::{SignedDuration, ToSpan};

const MAILBOX: MailboxId = MailboxId(1);

/// A mailbox that had five mails in every hour of the last weeks.
async fn busy(weeks: i64) -> House {
    let house = House::new().await;
    let now = house.desk.now();
    let filled: Result<(), DeskError> = house
        .desk
        .store()
        .write(move |tx: &mut Tx<'_>| {
            let hour = now.as_microsecond() / HOUR_US;
            for ago in 1..=weeks * 168 {
                tx.count_mail(MAILBOX, hour - ago, 5)?;
            }
            let mut watch = MailWatch::new(MAILBOX, now);
            watch.first_at = now - SignedDuration::from_hours(weeks * 168);
            Ok(tx.keep_mail_watch(&watch)?)
        })
        .await;
    filled.unwrap();
    house
}

async fn name_somebody(house: &House) {
    let change = ChangeWatchSettings {
        mailbox: MAILBOX,
        settings: WatchSettings {
            addresses: vec!["lena@private.example".to_owned()],
            hook: "https://bell.example/ring?key=1".to_owned(),
        },
    };
    house.desk.run(&house.lena, change).await.unwrap();
}

async fn after(house: &House, hours: i64) -> Vec<String> {
    watch_mail(&house.desk).await.unwrap();
    for _ in 0..hours * 4 {
        house.clock.advance(15.minutes());
        watch_mail(&house.desk).await.unwrap();
    }
    house.run_jobs().await;
    let sent = house.courier.sent().into_iter();
    sent.map(|mail| {
        let parsed = candor_mail::parse(&mail.raw).message;
        format!("{} > {}", parsed.from.unwrap().address, parsed.subject)
    })
    .collect()
}

#[tokio::test]
async fn silence_is_told_once_by_another_way_and_ends_with_the_next_mail() {
    let house = busy(4).await;
    name_somebody(&house).await;
    assert!(after(&house, 2).await.is_empty(), "ten mails may be late");

    let told = after(&house, 1).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("No mail for help@shop.example since"),
        "{told:?}"
    );
    assert_eq!(after(&house, 1).await.len(), 1, "once is enough");
    let alarms = house.desk.ask(&house.lena, MailAlarms).await.unwrap();
    assert_eq!(
        (alarms.len(), alarms[0].usual, alarms[0].fetch_fails),
        (1, 20, false)
    );
    let hooks = house.desk.ask(&Actor::System, HooksToTell).await.unwrap();
    assert_eq!(hooks[0].body["type"], "mail.flow_stopped");
    assert_eq!(hooks[0].url, "https://bell.example/ring?key=1");
    let told = HookTold {
        mailbox: MAILBOX,
        what: hooks[0].what.clone(),
    };
    house.desk.run(&Actor::System, told).await.unwrap();

    let question = mail(
        "Kim <kim@post.example>",
        "1@post.example",
        "Parcel",
        "Where?",
    );
    house.deliver(&[HELP], &question).await;
    // With several writers a mail is counted a moment later.
    let told = after(&house, 1).await;
    assert!(
        told.last().unwrap().contains("Mail flows again"),
        "{told:?}"
    );
    assert!(
        house
            .desk
            .ask(&house.lena, MailAlarms)
            .await
            .unwrap()
            .is_empty()
    );
    let hooks = house.desk.ask(&Actor::System, HooksToTell).await.unwrap();
    assert_eq!(hooks[0].body["type"], "mail.flows_again");
}

#[tokio::test]
async fn a_desk_that_was_switched_off_for_a_day_is_no_silence() {
    let house = busy(4).await;
    name_somebody(&house).await;
    house.clock.advance(24.hours());
    assert!(after(&house, 1).await.is_empty());
    assert_eq!(after(&house, 3).await.len(), 1, "but it stays silent");
}

#[tokio::test]
async fn without_enough_history_nobody_is_alarmed_and_the_page_can_say_so() {
    let house = busy(2).await;
    assert!(after(&house, 24).await.is_empty());
    let flow = MailFlow { mailbox: MAILBOX };
    let flow = house.desk.ask(&house.lena, flow).await.unwrap();
    assert_eq!(flow.usual, FlowUsual::NotYet);
    assert!(
        house
            .desk
            .ask(&house.lena, MailAlarms)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn an_inbox_that_cannot_be_read_for_an_hour_is_told_too() {
    let house = House::new().await;
    name_somebody(&house).await;
    let set = SetFetching {
        mailbox: MAILBOX,
        fields: FetchAccountFields {
            host: "imap.shop.example".to_owned(),
            port: 993,
            tls: FetchTls::Implicit,
            user: HELP.to_owned(),
            login: AccountLoginField::Password(Some("secret".to_owned())),
            folder: "INBOX".to_owned(),
            after: AfterFetch::Leave,
            since: None,
            sent: None,
        },
    };
    house.desk.run(&house.lena, set).await.unwrap();
    let reached = FetchReached {
        mailbox: MAILBOX,
        folder: FetchFolder::Inbox,
        place: (1, 1, 1),
        kept: 0,
        left_behind: 0,
        gone: 0,
        compared: true,
    };
    house.desk.run(&Actor::System, reached).await.unwrap();
    let failed = FetchFailed {
        mailbox: MAILBOX,
        folder: FetchFolder::Inbox,
        failure: "imap-failure-login",
        detail: String::new(),
    };
    house.desk.run(&Actor::System, failed).await.unwrap();

    assert!(after(&house, 0).await.is_empty());
    let told = after(&house, 1).await;
    assert!(told[0].contains("cannot be read"), "{told:?}");
    house.desk.run(&Actor::System, reached).await.unwrap();
    let told = after(&house, 1).await;
    assert!(told[1].contains("flows again"), "{told:?}");
}

#[tokio::test]
async fn an_alarm_never_goes_to_the_mailbox_that_it_is_about() {
    let house = House::new().await;
    let change = |addresses: Vec<String>, hook: &str| ChangeWatchSettings {
        mailbox: MAILBOX,
        settings: WatchSettings {
            addresses,
            hook: hook.to_owned(),
        },
    };
    let itself = house
        .desk
        .run(&house.lena, change(vec![HELP.to_owned()], ""))
        .await;
    assert!(matches!(itself, Err(DeskError::Invalid(faults)) if faults[0].field == "addresses"));
    let clear = house
        .desk
        .run(&house.lena, change(Vec::new(), "ftp://bell.example"))
        .await;
    assert!(matches!(clear, Err(DeskError::Invalid(faults)) if faults[0].field == "hook"));
}

#[tokio::test]
async fn silence_that_somebody_accepts_is_told_no_more_until_mail_flows_again() {
    let house = busy(4).await;
    name_somebody(&house).await;
    let accept = |accepted| AcceptSilence {
        mailbox: MAILBOX,
        accepted,
    };
    let early = house.desk.run(&house.lena, accept(true)).await;
    assert!(early.is_err(), "there is nothing to put away");
    assert_eq!(after(&house, 3).await.len(), 1);

    house.desk.run(&house.lena, accept(true)).await.unwrap();
    assert_eq!(after(&house, 12).await.len(), 1);
    let alarms = house.desk.ask(&house.lena, MailAlarms).await.unwrap();
    assert!(alarms.is_empty());
    let flow = MailFlow { mailbox: MAILBOX };
    let seen = house.desk.ask(&house.lena, flow).await.unwrap();
    assert!(matches!(seen.silence, Silence::Accepted(_)));
    house.desk.run(&house.lena, accept(false)).await.unwrap();
    let alarms = house.desk.ask(&house.lena, MailAlarms).await.unwrap();
    assert_eq!(alarms.len(), 1, "taken out again");
    house.desk.run(&house.lena, accept(true)).await.unwrap();

    let question = mail(
        "Kim <kim@post.example>",
        "1@post.example",
        "Parcel",
        "Where?",
    );
    house.deliver(&[HELP], &question).await;
    let told = after(&house, 1).await;
    assert_eq!(told.len(), 2, "it flows again: {told:?}");
    assert_eq!(after(&house, 6).await.len(), 3, "and is watched as before");
}

#[tokio::test]
async fn a_backlog_counts_into_the_hours_in_which_it_came() {
    let house = House::new().await;
    let came = house.desk.now() - SignedDuration::from_hours(30);
    let date = came.strftime("%a, %d %b %Y %H:%M:%S +0000");
    let question = mail(
        "Kim <kim@post.example>",
        "1@post.example",
        "Parcel",
        "Where?",
    );
    let raw = format!("Received: from a by mx; {date}\n{question}");
    let envelope = Envelope {
        via: FETCHED.to_owned(),
        mail_from: String::new(),
        recipients: vec![HELP.to_owned()],
    };
    receive(&house.desk, &envelope, raw.into_bytes())
        .await
        .unwrap();
    after(&house, 1).await;

    let flow = MailFlow { mailbox: MAILBOX };
    let flow = house.desk.ask(&house.lena, flow).await.unwrap();
    assert_eq!(
        flow.last_at.map(|at| at.as_second()),
        Some(came.as_second())
    );
}
