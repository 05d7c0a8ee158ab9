//! What may come in between: a count begun anew, a mail that always fails, a person who is needed,
//! and where the past ends.

use super::*;
use candor_desk::past_mail::{CountRuns, MOST_ATTEMPTS, PastFailed, PastStumbled, sweep_past};

#[tokio::test]
async fn a_count_that_was_begun_anew_takes_nothing_from_the_one_before() {
    let shop = Shop::new().await;
    shop.ask_for_a_count().await;
    let early = shop.begin().await;
    let later = shop.begin().await;

    shop.keep(&early, &past()).await;
    let tells = CountRuns {
        count: early.clone(),
        mails: 99,
    };
    assert!(!shop.0.desk.run(&Actor::System, tells).await.unwrap());
    assert_eq!(shop.state().await.unwrap().state, PastState::Counting);
    let leave = LeavePast { mailbox: MAILBOX };
    shop.0.desk.run(&shop.0.lena, leave).await.unwrap();
    shop.ask_for_a_count().await;
    shop.keep(&later, &past()).await;
    assert_eq!(shop.state().await.unwrap().state, PastState::Counting);

    let last = shop.begin().await;
    shop.keep(&last, &past()).await;
    let counted = shop.state().await.unwrap();
    assert_eq!(
        (counted.state, counted.found.mails),
        (PastState::Counted, 5)
    );
    assert_eq!(shop.0.count("select count(*) from past_item").await, 5);
}

#[tokio::test]
async fn what_nobody_needs_any_more_of_a_count_is_swept_away() {
    let shop = Shop::new().await;
    shop.count(&past()).await;
    shop.0.clock.advance(jiff::ToSpan::seconds(1));
    shop.count(&past()).await;
    sweep_past(&shop.0.desk).await.unwrap();
    assert_eq!(shop.0.count("select count(*) from past_item").await, 5);

    let leave = LeavePast { mailbox: MAILBOX };
    shop.0.desk.run(&shop.0.lena, leave).await.unwrap();
    shop.0.clock.advance(jiff::ToSpan::seconds(1));
    sweep_past(&shop.0.desk).await.unwrap();
    assert_eq!(shop.0.count("select count(*) from past_item").await, 0);
}

#[tokio::test]
async fn a_mail_that_always_fails_is_kept_for_a_person_and_the_others_come_in() {
    let shop = Shop::new().await;
    let folder = past();
    shop.count(&folder).await;
    shop.say_yes().await;
    let step = shop.next().await;
    assert_eq!(step.len(), 5);
    let stumbled = |items: &[PastItem]| PastStumbled {
        mailbox: MAILBOX,
        items: items.to_vec(),
    };
    shop.0
        .desk
        .run(&Actor::System, stumbled(&step))
        .await
        .unwrap();
    let wrong = shop.next().await;
    assert_eq!(wrong.len(), 1, "each goes alone");
    for _ in 1..MOST_ATTEMPTS {
        let again = stumbled(&wrong);
        shop.0.desk.run(&Actor::System, again).await.unwrap();
    }
    while shop.state().await.unwrap().state == PastState::Running {
        shop.bring(&folder, 25).await;
    }

    let came = shop.state().await.unwrap().came;
    assert_eq!((came.brought, came.set_aside), (4, 1));
    let aside = QuarantinedMails::default();
    let aside = shop.0.desk.ask(&shop.0.lena, aside).await.unwrap();
    assert!(
        aside.rows[0].reason.starts_with("unreadable"),
        "{}",
        aside.rows[0].reason
    );
}

#[tokio::test]
async fn counting_stops_too_where_a_person_is_needed_and_is_done_again_afterwards() {
    let shop = Shop::new().await;
    shop.ask_for_a_count().await;
    let failed = PastFailed {
        mailbox: MAILBOX,
        failure: "imap-failure-login",
        detail: String::new(),
        tries_again: false,
    };
    shop.0.desk.run(&Actor::System, failed).await.unwrap();
    assert_eq!(shop.state().await.unwrap().state, PastState::Stopped);

    shop.say_yes().await;

    let state = shop.state().await.unwrap();
    assert_eq!(
        (state.state, state.failure.as_str()),
        (PastState::Counting, "")
    );
}

#[tokio::test]
async fn the_past_ends_where_fetching_begins_and_our_answers_join_a_ticket_of_today() {
    let shop = Shop::new().await;
    let today = shop.0.desk.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let question = mail(KIM, "1@post.example", "Parcel", "Where is it?");
    shop.0.deliver(&[HELP], &question).await;
    let folder = Folder::default().sent(
        "Tue, 09 Jun 2026",
        "kim@post.example",
        "a@phone.example",
        "1@post.example",
        "Today.",
    );

    let counted = shop.count(&folder).await;
    let ends = (String::new(), today.to_string());
    assert_eq!(counted.until, ends, "all of the inbox is fetched");
    shop.bring_all(&folder).await;

    let ticket = shop.0.only_ticket().await;
    assert_eq!(ticket.status, Status::Waiting);
    assert_eq!(shop.0.messages(ticket.id).await.len(), 2);
}
