//! Replies: a moment to think again, and what may come in between.

use super::{conflict, draft, send, ticket, view};
use candor_desk::Conflict;
use candor_desk::ticket::{Reply, SaveDraft, TakeBack, ThrowAway};
use candor_domain::message::{Channel, MessageKind};
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Status};
use candor_testkit::TestDesk;
use jiff::ToSpan;

#[tokio::test]
async fn a_reply_goes_out_once_the_time_to_take_it_back_is_over() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail(
            "Amira <amira@customer.example>",
            "Two bags missing",
            "Where are they?",
        )
        .await;
    let written = draft(&kit, &ayla, id, "They are **found**.").await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    send(&kit, &ayla, written, seen).await.unwrap();

    kit.clock.advance(9.seconds());
    kit.run_jobs().await;
    assert!(kit.mail_out().is_empty(), "it can still be taken back");
    assert_eq!(ticket(&kit, id).await.status, Status::New);

    kit.clock.advance(1.second());
    kit.run_jobs().await;
    let out = kit.mail_out();
    assert_eq!(out.len(), 1);
    assert_eq!(out[0].envelope.recipients, ["amira@customer.example"]);
    assert_eq!(ticket(&kit, id).await.status, Status::Waiting);
    let page = view(&kit, &ayla, id).await;
    assert!(page.drafts.is_empty(), "what went out is no draft any more");
    assert_eq!(page.messages.len(), 2);
}

#[tokio::test]
async fn a_reply_that_was_taken_back_is_a_draft_again_and_never_goes_out() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail(
            "amira@customer.example",
            "Two bags missing",
            "Where are they?",
        )
        .await;
    let written = draft(&kit, &ayla, id, "Wrong text").await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    send(&kit, &ayla, written, seen).await.unwrap();
    kit.desk
        .run(&ayla, TakeBack { draft: written })
        .await
        .unwrap();

    kit.clock.advance(1.minute());
    kit.run_jobs().await;
    assert!(kit.mail_out().is_empty());
    assert_eq!(view(&kit, &ayla, id).await.drafts[0].0.body, "Wrong text");
}

#[tokio::test]
async fn a_mail_of_the_customer_in_between_holds_the_reply_back() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail(
            "amira@customer.example",
            "Two bags missing",
            "Where are they?",
        )
        .await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    let first = draft(&kit, &ayla, id, "Please wait.").await;
    send(&kit, &ayla, first, seen).await.unwrap();
    kit.clock.advance(10.seconds());
    kit.run_jobs().await;
    let reply_id = kit.mail_out()[0].message.message_id.clone().unwrap();

    let second = draft(&kit, &ayla, id, "We are still looking.").await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    send(&kit, &ayla, second, seen).await.unwrap();
    let answer = format!(
        "From: amira@customer.example\r\nTo: help@shop.example\r\nSubject: Re: Two bags missing\r\n\
         Message-ID: <x@customer.example>\r\nIn-Reply-To: <{reply_id}>\r\n\r\nForget it, I found them.\r\n"
    );
    assert_eq!(
        kit.deliver("help@shop.example", answer.as_bytes()).await,
        id
    );
    kit.clock.advance(1.minute());
    kit.run_jobs().await;

    assert_eq!(kit.mail_out().len(), 1, "the second reply stays here");
    let page = view(&kit, &ayla, id).await;
    assert_eq!(page.drafts[0].0.held_by, page.ticket.last_public_message);
    assert_eq!(page.ticket.status, Status::Open);
}

#[tokio::test]
async fn what_was_written_before_the_newest_message_is_not_sent() {
    let kit = TestDesk::new().await;
    let (ayla, ben) = (kit.actor("ayla").await, kit.actor("ben").await);
    let id = kit
        .mail(
            "amira@customer.example",
            "Two bags missing",
            "Where are they?",
        )
        .await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    let written = draft(&kit, &ayla, id, "I will look.").await;
    let answered = Reply {
        files: Vec::new(),
        ticket: id,
        body: PublicText::new("Found them!"),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen: None,
        channel: Channel::Api,
    };
    let newest = kit.desk.run(&ben, answered).await.unwrap();

    let refused = conflict(send(&kit, &ayla, written, seen).await);
    assert_eq!(refused, Conflict::NewerMessage(newest));
    assert_eq!(
        view(&kit, &ayla, id).await.drafts[0].0.body,
        "I will look.",
        "nothing typed is lost"
    );
    send(&kit, &ayla, written, newest).await.unwrap();
}

#[tokio::test]
async fn somebody_who_needs_no_time_to_think_again_sends_at_once() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let me = kit.person("ayla").await;
    let change = candor_desk::people::ChangePerson {
        name: me.name,
        language: None,
        zone: me.zone,
        undo_seconds: 0,
    };
    kit.desk.run(&ayla, change).await.unwrap();
    let id = kit
        .mail(
            "amira@customer.example",
            "Two bags missing",
            "Where are they?",
        )
        .await;
    let written = draft(&kit, &ayla, id, "Here.").await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    send(&kit, &ayla, written, seen).await.unwrap();
    kit.run_jobs().await;
    assert_eq!(kit.mail_out().len(), 1);
}

#[tokio::test]
async fn two_people_keep_their_own_drafts_in_one_ticket() {
    let kit = TestDesk::new().await;
    let (ayla, ben) = (kit.actor("ayla").await, kit.actor("ben").await);
    let id = kit
        .mail(
            "amira@customer.example",
            "Two bags missing",
            "Where are they?",
        )
        .await;
    let of_ayla = draft(&kit, &ayla, id, "A").await;
    let of_ben = draft(&kit, &ben, id, "B").await;
    assert_ne!(of_ayla, of_ben);
    assert_eq!(
        draft(&kit, &ayla, id, "A2").await,
        of_ayla,
        "saving again changes the same draft"
    );
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    assert!(
        send(&kit, &ben, of_ayla, seen).await.is_err(),
        "nobody sends another's draft"
    );
    assert_eq!(view(&kit, &ben, id).await.drafts[0].0.body, "B");
}

#[tokio::test]
async fn an_empty_reply_and_a_wrong_copy_are_refused_in_words() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail(
            "amira@customer.example",
            "Two bags missing",
            "Where are they?",
        )
        .await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    let empty = draft(&kit, &ayla, id, "  \n").await;
    let refused = send(&kit, &ayla, empty, seen).await.unwrap_err();
    assert_eq!(refused.to_string(), "body: write something first");
    let save = SaveDraft {
        ticket: id,
        kind: MessageKind::Reply,
        body: "Fine".to_owned(),
        cc: vec!["boss@shop.example, nobody".to_owned()],
        then: AfterSend::Wait,
        seen,
    };
    let wrong = kit.desk.run(&ayla, save).await.unwrap();
    let refused = send(&kit, &ayla, wrong, seen)
        .await
        .unwrap_err()
        .to_string();
    assert_eq!(
        refused,
        "cc: \"nobody\" is not an e-mail address: the @ is missing"
    );
}

#[tokio::test]
async fn a_draft_is_thrown_away_but_not_once_it_is_on_its_way() {
    let kit = TestDesk::new().await;
    let (ayla, ben) = (kit.actor("ayla").await, kit.actor("ben").await);
    let id = kit.mail("amira@customer.example", "Bags", "Where?").await;
    draft(&kit, &ayla, id, "A").await;
    let kind = MessageKind::Reply;
    let away = ThrowAway { ticket: id, kind };
    kit.desk.run(&ben, away).await.unwrap();
    assert_eq!(
        view(&kit, &ayla, id).await.drafts.len(),
        1,
        "only one's own"
    );
    kit.desk.run(&ayla, away).await.unwrap();
    assert!(view(&kit, &ayla, id).await.drafts.is_empty());
    kit.desk.run(&ayla, away).await.unwrap();

    let second = draft(&kit, &ayla, id, "B").await;
    let seen = ticket(&kit, id).await.last_public_message.unwrap();
    send(&kit, &ayla, second, seen).await.unwrap();
    let refused = conflict(kit.desk.run(&ayla, away).await);
    assert_eq!(refused, Conflict::TooLate);
}
