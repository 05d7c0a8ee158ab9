//! Mail from before the desk: counted first, then brought in as closed tickets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;
#[path = "past_mail/trouble.rs"]
mod trouble;

use candor_desk::fetch::{AfterFetch, FetchAccountFields, FetchFolder, FetchTls, SetFetching};
use candor_desk::intake::{Envelope, QuarantinedMails, ReleaseIncoming, SENT, receive};
use candor_desk::past_mail::{
    BeginCount, BringPastIn, Count, Head, LeavePast, LookAtPast, NextPast, PastCame, PastFound,
    PastItem, PastLetter, PastMail, PastOf, PastState, StopPast, Survey, bring_in, keep_survey,
};
use candor_desk::provider_account::AccountLoginField;
use candor_desk::verify::verify;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_domain::message::{Author, MessageKind};
use candor_domain::ticket::{Status, Ticket};
use house::{HELP, House, answer, mail};
use jiff::Timestamp;

const KIM: &str = "Kim Weber <kim@post.example>";
const MAILBOX: MailboxId = MailboxId(1);

/// A folder with mails of the past, each with its number by its place.
#[derive(Default)]
struct Folder(Vec<(FetchFolder, String)>);

impl Folder {
    fn came(mut self, day: &str, raw: &str) -> Self {
        let raw = format!("Received: by mx.shop.example; {day} 10:00:00 +0000\n{raw}");
        self.0.push((FetchFolder::Inbox, raw));
        self
    }

    fn sent(mut self, day: &str, to: &str, id: &str, answers: &str, text: &str) -> Self {
        let raw = format!(
            "From: Lena Brandt <{HELP}>\nTo: {to}\nMessage-ID: <{id}>\nReferences: <{answers}>\n\
             Date: {day} 11:00:00 +0000\nSubject: Re: Parcel\n\n{text}\n"
        );
        self.0.push((FetchFolder::Sent, raw));
        self
    }

    fn letters(&self) -> Vec<PastLetter> {
        let letter = |(uid, (folder, raw)): (usize, &(FetchFolder, String))| PastLetter {
            folder: *folder,
            uid: uid as i64,
            at: at("2026-06-01T00:00:00Z"),
            raw: Some(raw.replace('\n', "\r\n").into_bytes()),
            attempts: 0,
        };
        self.0.iter().enumerate().map(letter).collect()
    }

    fn survey(&self) -> Survey {
        let mut survey = Survey::default();
        for letter in self.letters() {
            let raw = letter.raw.unwrap();
            survey.take(&Head {
                folder: letter.folder,
                uid: letter.uid as u32,
                size: raw.len() as u32,
                received: Some(letter.at),
                fields: raw,
            });
        }
        survey
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Two conversations and a lonely mail, read in no order.
fn past() -> Folder {
    let question = mail(KIM, "1@post.example", "Parcel", "Where is it?");
    let thanks = answer(KIM, "2@post.example", "a@phone.example", "Thank you!");
    let other = mail(
        "Ann <ann@new.example>",
        "9@new.example",
        "Lamp",
        "Is it in stock?",
    );
    Folder::default()
        .came("Wed, 10 Jun 2026", &thanks)
        .came("Mon, 08 Jun 2026", &question)
        .sent(
            "Tue, 09 Jun 2026",
            "kim@post.example",
            "a@phone.example",
            "1@post.example",
            "Today.",
        )
        .came("Tue, 09 Jun 2026", &other)
        .sent(
            "Fri, 12 Jun 2026",
            "Bo <bo@new.example>",
            "b@phone.example",
            "none@x",
            "We write first.",
        )
}

struct Shop(House);

impl Shop {
    async fn new() -> Self {
        let house = House::new().await;
        let fields = FetchAccountFields {
            host: "imap.shop.example".to_owned(),
            port: 993,
            tls: FetchTls::Implicit,
            user: HELP.to_owned(),
            login: AccountLoginField::Password(Some("secret".to_owned())),
            folder: "INBOX".to_owned(),
            after: AfterFetch::Leave,
            since: None,
            sent: Some(("Sent".to_owned(), false)),
        };
        let set = SetFetching {
            mailbox: MAILBOX,
            fields,
        };
        house.desk.run(&house.lena, set).await.unwrap();
        Self(house)
    }

    async fn ask_for_a_count(&self) {
        let look = LookAtPast {
            mailbox: MAILBOX,
            months: 12,
            with_sent: true,
        };
        self.0.desk.run(&self.0.lena, look).await.unwrap();
    }

    async fn begin(&self) -> Count {
        let begin = BeginCount { mailbox: MAILBOX };
        let run = self.0.desk.run(&Actor::System, begin).await.unwrap();
        Count {
            mailbox: MAILBOX,
            run: run.unwrap(),
            holder: "this".to_owned(),
        }
    }

    async fn keep(&self, count: &Count, folder: &Folder) {
        keep_survey(&self.0.desk, count, (1, 1), folder.survey())
            .await
            .unwrap();
    }

    async fn count(&self, folder: &Folder) -> PastMail {
        self.ask_for_a_count().await;
        let count = self.begin().await;
        self.keep(&count, folder).await;
        self.state().await.unwrap()
    }

    async fn next(&self) -> Vec<PastItem> {
        let next = NextPast { mailbox: MAILBOX };
        let next = self.0.desk.ask(&Actor::System, next).await.unwrap();
        next.unwrap_or_default()
    }

    async fn state(&self) -> Option<PastMail> {
        let of = PastOf { mailbox: MAILBOX };
        self.0.desk.ask(&self.0.lena, of).await.unwrap()
    }

    async fn say_yes(&self) {
        let yes = BringPastIn { mailbox: MAILBOX };
        self.0.desk.run(&self.0.lena, yes).await.unwrap();
    }

    /// Brings in at most so many mails of the folder, in the order that the desk wants.
    async fn bring(&self, folder: &Folder, most: usize) -> bool {
        let letters = folder.letters();
        let wanted = self.next().await.into_iter().take(most);
        let wanted = wanted.map(|item| {
            let mut letter = letters[item.uid as usize].clone();
            (letter.at, letter.attempts) = (item.at, item.attempts);
            letter
        });
        let wanted = wanted.collect();
        bring_in(&self.0.desk, (MAILBOX, HELP), wanted)
            .await
            .unwrap()
    }

    async fn bring_all(&self, folder: &Folder) {
        self.count(folder).await;
        self.say_yes().await;
        while self.state().await.unwrap().state == PastState::Running {
            self.bring(folder, 2).await;
        }
        self.0.run_jobs().await;
    }

    async fn ticket_about(&self, subject: &str) -> Ticket {
        let mut tickets = self.0.tickets().await;
        tickets.retain(|ticket| ticket.subject == subject);
        assert_eq!(tickets.len(), 1, "one about {subject}");
        tickets.remove(0)
    }
}

#[tokio::test]
async fn what_there_is_is_told_before_anything_comes_in() {
    let shop = Shop::new().await;
    let counted = shop.count(&past()).await;

    assert_eq!(counted.state, PastState::Counted);
    assert_eq!(
        counted.found,
        PastFound {
            mails: 5,
            conversations: 3,
            known: 0,
            unreadable: 0,
            too_large: 0
        }
    );
    assert!(shop.0.tickets().await.is_empty());
    let leave = LeavePast { mailbox: MAILBOX };
    shop.0.desk.run(&shop.0.lena, leave).await.unwrap();
    assert_eq!(shop.state().await, None);
}

#[tokio::test]
async fn a_conversation_becomes_a_closed_ticket_at_its_own_time_and_nothing_follows_from_it() {
    let shop = Shop::new().await;
    shop.bring_all(&past()).await;

    let came = shop.state().await.unwrap();
    assert_eq!(came.state, PastState::Done);
    assert_eq!((came.came.brought, came.came.tickets), (5, 3));
    let ticket = shop.ticket_about("Parcel").await;
    assert_eq!(ticket.status, Status::Closed);
    assert_eq!(ticket.created_at, at("2026-06-08T10:00:00Z"));
    assert_eq!(ticket.updated_at, at("2026-06-10T10:00:00Z"));
    assert_eq!((ticket.waiting_since, ticket.solved_at), (None, None));
    let said = shop.0.messages(ticket.id).await;
    let told: Vec<_> = said
        .iter()
        .map(|message| (message.kind, message.at.to_string(), message.body.trim()))
        .collect();
    assert_eq!(
        told,
        [
            (
                MessageKind::Incoming,
                "2026-06-08T10:00:00Z".to_owned(),
                "Where is it?"
            ),
            (
                MessageKind::Reply,
                "2026-06-09T11:00:00Z".to_owned(),
                "Today."
            ),
            (
                MessageKind::Incoming,
                "2026-06-10T10:00:00Z".to_owned(),
                "Thank you!"
            ),
        ]
    );
    assert_eq!(
        said[1].author,
        Author::Person(shop.0.lena.person().unwrap())
    );
    assert!(shop.0.courier.sent().is_empty(), "nothing goes out");
    for empty in [
        "select count(*) from ticket_mood",
        "select count(*) from message_reading",
        "select count(*) from ticket_clock",
        "select count(*) from outbox",
        "select count(*) from job",
    ] {
        assert_eq!(shop.0.count(empty).await, 0, "{empty}");
    }
    shop.0.sequenced().await;
    let report = verify(&shop.0.desk, &Actor::System, |_| {}).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn an_answer_to_the_past_opens_a_ticket_that_is_linked_to_it() {
    let shop = Shop::new().await;
    shop.bring_all(&past()).await;
    let old = shop.ticket_about("Parcel").await;

    let again = answer(KIM, "3@post.example", "a@phone.example", "It is broken.");
    shop.0.deliver(&[HELP], &again).await;

    let tickets = shop.0.tickets().await;
    let new = tickets.last().unwrap();
    assert_eq!((new.follows, new.status), (Some(old.id), Status::New));
}

#[tokio::test]
async fn what_is_here_already_comes_in_no_second_time() {
    let shop = Shop::new().await;
    let question = mail(KIM, "1@post.example", "Parcel", "Where is it?");
    shop.0.deliver(&[HELP], &question).await;
    let folder = Folder::default().came("Mon, 08 Jun 2026", &question);

    assert_eq!(shop.count(&folder).await.found.known, 1);
    shop.bring_all(&folder).await;

    let came = shop.state().await.unwrap().came;
    assert_eq!((came.brought, came.known), (0, 1));
    assert_eq!(shop.0.only_ticket().await.status, Status::New);
}

#[tokio::test]
async fn an_answer_that_was_read_before_its_question_was_here_finds_its_place() {
    let shop = Shop::new().await;
    let folder = past();
    let sent = folder.letters().remove(2).raw.unwrap();
    let envelope = Envelope {
        via: SENT.to_owned(),
        mail_from: String::new(),
        recipients: vec![HELP.to_owned()],
    };
    receive(&shop.0.desk, &envelope, sent).await.unwrap();
    shop.0.run_jobs().await;
    assert!(shop.0.tickets().await.is_empty(), "it belonged nowhere");

    shop.bring_all(&folder).await;

    let ticket = shop.ticket_about("Parcel").await;
    assert_eq!(shop.0.messages(ticket.id).await.len(), 3);
}

#[tokio::test]
async fn nobody_gets_into_a_conversation_of_the_past_by_naming_it() {
    let shop = Shop::new().await;
    let early = answer(
        "Eve <eve@else.example>",
        "e@else.example",
        "1@post.example",
        "Me too.",
    );
    shop.bring_all(&past().came("Sun, 07 Jun 2026", &early))
        .await;

    let theirs = shop.ticket_about("Re: whatever").await;
    assert_eq!(shop.0.messages(theirs.id).await.len(), 1);
    let kims = shop.ticket_about("Parcel").await;
    let said = shop.0.messages(kims.id).await;
    assert!(said.iter().all(|message| !message.body.contains("Me too")));
    assert_ne!(kims.customer, theirs.customer);
}

#[tokio::test]
async fn an_unreadable_mail_waits_where_people_look_and_comes_in_as_past() {
    let shop = Shop::new().await;
    let ours = format!(
        "From: Web form <{HELP}>\nTo: {HELP}\nMessage-ID: <f@shop.example>\nSubject: Form\n\nKim asks.\n"
    );
    let folder = Folder::default()
        .came("Mon, 08 Jun 2026", "Subject: nobody\n\nText.\n")
        .came("Mon, 08 Jun 2026", &ours);
    assert_eq!(shop.count(&folder).await.found.unreadable, 1);
    shop.bring_all(&folder).await;

    let aside = shop
        .0
        .desk
        .ask(&shop.0.lena, QuarantinedMails::default())
        .await
        .unwrap();
    let mut reasons: Vec<_> = aside.rows.iter().map(|mail| mail.reason.as_str()).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["no_sender", "own_mail"]);
    let web_form = aside
        .rows
        .iter()
        .find(|mail| mail.reason == "own_mail")
        .unwrap();
    let release = ReleaseIncoming {
        incoming: web_form.id,
    };
    shop.0.desk.run(&shop.0.lena, release).await.unwrap();
    shop.0.run_jobs().await;

    let ticket = shop.0.only_ticket().await;
    assert_eq!(ticket.status, Status::Closed);
    assert_eq!(ticket.created_at, at("2026-06-08T10:00:00Z"));
}

#[tokio::test]
async fn it_stops_where_somebody_says_so_and_goes_on_without_a_double() {
    let shop = Shop::new().await;
    let folder = past();
    shop.count(&folder).await;
    shop.say_yes().await;
    assert!(shop.bring(&folder, 2).await);
    let halt = StopPast { mailbox: MAILBOX };
    shop.0.desk.run(&shop.0.lena, halt).await.unwrap();

    assert!(!shop.bring(&folder, 2).await, "nothing comes in any more");
    let came = shop.state().await.unwrap().came;
    assert_eq!(
        came,
        PastCame {
            brought: 2,
            tickets: 1,
            ..PastCame::default()
        }
    );

    shop.say_yes().await;
    while shop.state().await.unwrap().state == PastState::Running {
        shop.bring(&folder, 1).await;
    }
    let came = shop.state().await.unwrap().came;
    assert_eq!((came.brought, came.tickets), (5, 3));
    assert_eq!(shop.0.count("select count(*) from message").await, 5);
}
