//! Mail from before the desk: a real Dovecot, the real binary, a kill in between.

use crate::fetch::inbox_in;
use crate::shop::Shop;
use candor_desk::Desk;
use candor_desk::fetch::{AfterFetch, FetchAccountFields, FetchTls, SetFetching};
use candor_desk::past_mail::{BringPastIn, LookAtPast, PastMail, PastOf, PastState};
use candor_desk::provider_account::AccountLoginField;
use candor_domain::actor::Actor;
use candor_domain::id::{MailboxId, TicketId};
use candor_domain::ticket::Status;
use candor_post::testing::dovecot::{Dovecot, PASSWORD, USER};
use jiff::{Timestamp, ToSpan};

const MAILBOX: MailboxId = MailboxId(1);
const CONVERSATIONS: usize = 30;

fn account(inbox: &Dovecot) -> SetFetching {
    let account = inbox.account();
    SetFetching {
        mailbox: MAILBOX,
        fields: FetchAccountFields {
            host: account.host,
            port: account.port,
            tls: FetchTls::None,
            user: USER.to_owned(),
            login: AccountLoginField::Password(Some(PASSWORD.to_owned())),
            folder: "INBOX".to_owned(),
            after: AfterFetch::Leave,
            // New mail alone is fetched; the past is brought in.
            since: "2999-01-01".parse().ok(),
            sent: None,
        },
    }
}

/// A question, our answer, and thanks, of which each names the one before.
fn fill(inbox: &Dovecot) {
    inbox.maildir.make_folder("Sent");
    for number in 1..=CONVERSATIONS {
        let customer = format!("c{number}@customer.example");
        let asked = Timestamp::now() - (48 * number as i64).hours();
        let date = |hours: i64| {
            let at = asked + hours.hours();
            at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
        };
        let received = |hours: i64| format!("Received: by mx.shop.example; {}\r\n", date(hours));
        let question = format!(
            "{}From: {customer}\r\nTo: {USER}\r\nSubject: Past {number}\r\n\
             Message-ID: <q{number}@customer.example>\r\n\r\nA question.\r\n",
            received(0)
        );
        let reply = format!(
            "From: {USER}\r\nTo: {customer}\r\nSubject: Re: Past {number}\r\nDate: {}\r\n\
             Message-ID: <r{number}@phone.example>\r\nIn-Reply-To: <q{number}@customer.example>\r\n\
             \r\nAn answer.\r\n",
            date(1)
        );
        let thanks = format!(
            "{}From: {customer}\r\nTo: {USER}\r\nSubject: Re: Past {number}\r\n\
             Message-ID: <t{number}@customer.example>\r\nIn-Reply-To: <r{number}@phone.example>\r\n\
             References: <q{number}@customer.example> <r{number}@phone.example>\r\n\r\nThanks.\r\n",
            received(2)
        );
        inbox.maildir.deliver(thanks.as_bytes());
        inbox.maildir.deliver(question.as_bytes());
        inbox.maildir.deliver_into("Sent", reply.as_bytes());
    }
    inbox
        .maildir
        .deliver(b"Subject: nobody wrote this\r\n\r\nText.\r\n");
}

async fn past(desk: &Desk) -> PastMail {
    let of = PastOf { mailbox: MAILBOX };
    desk.ask(&Actor::System, of).await.unwrap().unwrap()
}

async fn until(desk: &Desk, reached: impl Fn(&PastMail) -> bool) -> PastMail {
    loop {
        let now = past(desk).await;
        assert!(now.failure.is_empty(), "{now:?}");
        if reached(&now) {
            return now;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_past_is_counted_then_brought_in_once_over_a_kill() {
    let shop = Shop::open().await;
    let folder = tempfile::TempDir::new().unwrap();
    let inbox = inbox_in(folder.path()).await;
    fill(&inbox);
    let desk = shop.desk_now().await;
    desk.run(&Actor::System, account(&inbox)).await.unwrap();
    let look = LookAtPast {
        mailbox: MAILBOX,
        months: 12,
        with_sent: true,
    };
    desk.run(&Actor::System, look).await.unwrap();

    let served = shop.serve().await;
    let counted = until(&desk, |past| past.state == PastState::Counted).await;
    let found = counted.found;
    let mails = 3 * CONVERSATIONS as i64 + 1;
    let expected = (mails, CONVERSATIONS as i64 + 1, 1);
    assert_eq!(
        (found.mails, found.conversations, found.unreadable),
        expected
    );
    let yes = BringPastIn { mailbox: MAILBOX };
    desk.run(&Actor::System, yes).await.unwrap();
    until(&desk, |past| past.came.brought > 0).await;
    served.kill().await;
    let served = shop.serve().await;
    let done = until(&desk, |past| past.state == PastState::Done).await;
    served.kill().await;

    assert_eq!((done.came.brought, done.came.set_aside), (mails - 1, 1));
    assert_eq!(done.came.tickets, CONVERSATIONS as i64);
    assert_eq!(inbox.maildir.count("").1, 0, "nothing was marked there");
    let tickets = desk.store().read(|tx| tx.tickets_after(TicketId(0), 1_000));
    for ticket in tickets.await.unwrap() {
        assert_eq!(ticket.status, Status::Closed, "{ticket:?}");
        assert_eq!(
            ticket
                .updated_at
                .duration_since(ticket.created_at)
                .as_hours(),
            2
        );
        let said = desk.store().read(move |tx| tx.messages_of(ticket.id, 10));
        assert_eq!(said.await.unwrap().len(), 3);
    }
    shop.expect_clean_history().await;
}
