//! Ratings: one question, one answer, who hears of it, and what is done then.

use super::{AMIRA, DELIGHTED, FURIOUS, writes};
use candor_desk::DeskError;
use candor_desk::rating::{
    ChangeRatingSettings, MoodReport, RateTicket, RatingSettings, ReviewUpset, Reviewed, UpsetList,
};
use candor_desk::seal::seal_new;
use candor_desk::ticket::ChangeTicket;
use candor_desk::verify::verify;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::rating::Grade;
use candor_domain::ticket::{Change, Status};
use candor_store::{Sql, Tx};
use candor_testkit::{SentMail, TestDesk};
use jiff::ToSpan;

async fn switch_on(kit: &TestDesk) {
    let jonas = kit.person("jonas").await.id;
    let mara = kit.actor("mara").await;
    let mailbox = kit.desk.store().read(|tx| tx.mailboxes()).await.unwrap()[0].id;
    let change = ChangeRatingSettings {
        mailbox,
        settings: RatingSettings {
            asks: true,
            alert: Some(jonas),
        },
    };
    kit.desk.run(&mara, change).await.unwrap();
}

async fn solve(kit: &TestDesk, ticket: TicketId) {
    let solve = ChangeTicket {
        ticket,
        change: Change::Status(Status::Solved),
        version: None,
    };
    let ayla = kit.actor("ayla").await;
    kit.desk.run(&ayla, solve).await.unwrap();
}

async fn customer(kit: &TestDesk, ticket: TicketId) -> Actor {
    let ticket = kit.desk.store().read(move |tx| tx.ticket(ticket)).await;
    let ticket = ticket.unwrap().unwrap();
    Actor::Customer {
        customer: ticket.customer,
        ticket: ticket.id,
    }
}

async fn rate(kit: &TestDesk, ticket: TicketId, grade: Grade) -> Result<bool, DeskError> {
    let rate = RateTicket {
        ticket,
        grade,
        words: "Nobody told me anything.".to_owned(),
    };
    kit.desk.run(&customer(kit, ticket).await, rate).await
}

/// Lets time pass, and what comes round with it.
async fn pass(kit: &TestDesk, hours: i64) -> Vec<SentMail> {
    kit.clock.advance(hours.hours());
    kit.run_tasks().await;
    kit.run_jobs().await;
    kit.mail_out()
}

#[tokio::test]
async fn a_customer_is_asked_once_after_the_ticket_is_solved_and_never_before() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    solve(&kit, ticket).await;
    assert!(pass(&kit, 2).await.is_empty(), "off until switched on");
    assert!(rate(&kit, ticket, Grade::Happy).await.is_err());

    switch_on(&kit).await;
    let out = pass(&kit, 1).await;
    assert_eq!(out.len(), 1);
    assert_eq!(out[0].envelope.recipients, ["amira@customer.example"]);
    let text = &out[0].message.text;
    for part in ["Hello Amira", "Your beans", "/rating?grade=unhappy"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(pass(&kit, 2).await.len(), 1, "asked once");

    assert!(rate(&kit, ticket, Grade::Happy).await.unwrap());
    assert!(
        !rate(&kit, ticket, Grade::Unhappy).await.unwrap(),
        "the first one counts"
    );
}

#[tokio::test]
async fn a_bad_answer_is_told_to_whom_the_mailbox_names_and_needs_an_action() {
    let kit = TestDesk::new().await;
    switch_on(&kit).await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    solve(&kit, ticket).await;
    pass(&kit, 2).await;

    assert!(rate(&kit, ticket, Grade::Unhappy).await.unwrap());
    kit.run_jobs().await;
    let alert = kit.mail_out().pop().unwrap();
    assert_eq!(alert.envelope.recipients, ["jonas@shop.example"]);
    assert!(alert.message.text.contains("Nobody told me anything."));

    let jonas = kit.actor("jonas").await;
    let list = kit.desk.ask(&jonas, UpsetList::default()).await.unwrap();
    assert_eq!(list.rows.len(), 1);
    assert_eq!(list.rows[0].grade, Some(Grade::Unhappy));
    let review = ReviewUpset {
        ticket,
        action: "Call Amira".to_owned(),
        owner: Some(kit.person("jonas").await.id),
        due: Some("2026-03-05".parse().unwrap()),
        done: false,
    };
    kit.desk.run(&jonas, review.clone()).await.unwrap();
    let mine = UpsetList {
        mine: true,
        ..UpsetList::default()
    };
    let list = kit.desk.ask(&jonas, mine).await.unwrap();
    assert_eq!(list.rows[0].action, "Call Amira");
    let ayla = kit.actor("ayla").await;
    assert!(kit.desk.ask(&ayla, mine).await.unwrap().rows.is_empty());

    let done = ReviewUpset {
        done: true,
        ..review
    };
    kit.desk.run(&jonas, done).await.unwrap();
    assert!(
        kit.desk
            .ask(&jonas, UpsetList::default())
            .await
            .unwrap()
            .rows
            .is_empty()
    );
    let all = UpsetList {
        reviewed: Reviewed::Done,
        ..UpsetList::default()
    };
    assert_eq!(kit.desk.ask(&jonas, all).await.unwrap().rows.len(), 1);
}

#[tokio::test]
async fn the_report_counts_who_left_more_upset_among_those_who_wrote_twice() {
    let kit = TestDesk::new().await;
    for (first, last) in [(DELIGHTED, FURIOUS), (FURIOUS, DELIGHTED)] {
        let ticket = kit.mail(AMIRA, "A matter", first).await;
        writes(&kit, ticket, last).await;
        kit.run_jobs().await;
        solve(&kit, ticket).await;
    }
    let once = kit.mail(AMIRA, "Another", FURIOUS).await;
    solve(&kit, once).await;

    let ayla = kit.actor("ayla").await;
    let report = kit.desk.ask(&ayla, MoodReport::default()).await.unwrap();
    assert_eq!(
        (
            report.all.conversations,
            report.all.measured,
            report.all.upset
        ),
        (3, 2, 1)
    );
    assert_eq!(report.kappa, None, "too few answers to compare");
    let cora = kit.actor("cora").await;
    let seen = kit.desk.ask(&cora, MoodReport::default()).await.unwrap();
    assert_eq!(
        seen.all.conversations, 3,
        "the team's tickets are hers to see"
    );
}

#[tokio::test]
async fn a_rating_that_was_changed_behind_the_desk_is_found() {
    const FORGED: Sql = Sql::Same("update rating set grade = 'happy'");
    let kit = TestDesk::new().await;
    switch_on(&kit).await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    solve(&kit, ticket).await;
    pass(&kit, 2).await;
    rate(&kit, ticket, Grade::Unhappy).await.unwrap();
    seal_new(&kit.desk).await.unwrap();
    let report = verify(&kit.desk, &Actor::System, |_| {}).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);

    let forge = |tx: &mut Tx<'_>| tx.execute(FORGED, &[]).map(|_| ());
    kit.desk.store().write(forge).await.unwrap();

    let report = verify(&kit.desk, &Actor::System, |_| {}).await.unwrap();
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
}
