//! A mailbox at a provider, with the real binary: replies leave under its sign-in, and what the
//! team sends from elsewhere comes in.

use crate::fetch::inbox_in;
use crate::shop::Shop;
use candor_desk::Desk;
use candor_desk::fetch::{AfterFetch, FetchAccountFields, FetchTls, SetFetching};
use candor_desk::intake::{Envelope, receive};
use candor_desk::outbox::{RelayTls, SendLimits};
use candor_desk::people::access_of;
use candor_desk::provider_account::AccountLoginField;
use candor_desk::send_account::{SendAccountFields, SetSendAccount};
use candor_desk::sign_in::{
    Endpoints, Provider, SetSignInApp, SignInAppFields, SignInStateOf, begin_device,
};
use candor_desk::ticket::Reply;
use candor_domain::actor::Actor;
use candor_domain::id::{MailboxId, PersonId, TicketId};
use candor_domain::message::{Channel, Message, MessageKind};
use candor_domain::text::PublicText;
use candor_domain::ticket::AfterSend;
use candor_post::testing::dovecot::{PASSWORD, USER};
use candor_post::testing::provider::Provider as ProviderServer;
use candor_post::testing::{Fault, Sink, SinkConfig, Stage};
use candor_testkit::ScriptedConsent;

const MAILBOX: MailboxId = MailboxId(1);
const ON_LOOPBACK: [(&str, &str); 1] = [("CANDOR_OUTBOUND_ALLOW", "127.0.0.1")];

async fn sign_in(desk: &Desk, owner: &Actor, provider: &ProviderServer) {
    let app = SetSignInApp {
        provider: Provider::Other,
        fields: SignInAppFields {
            client_id: "app-1".to_owned(),
            client_secret: None,
            tenant: String::new(),
            endpoints: Endpoints {
                authorize: format!("{}/consent", provider.address),
                token: format!("{}/token", provider.address),
                device: String::new(),
                scopes: "mail".to_owned(),
                server: "127.0.0.1".to_owned(),
                sending_server: "127.0.0.1".to_owned(),
                mail_api: format!("{}/sendMail", provider.address),
            },
        },
    };
    desk.run(owner, app).await.unwrap();
    let consent = ScriptedConsent::default();
    let begun = begin_device(desk, owner, &consent, (MAILBOX, Provider::Other)).await;
    begun.unwrap().unwrap();
    consent.enter_code();
    let state = SignInStateOf { mailbox: MAILBOX };
    while desk.ask(owner, state).await.unwrap().signed_in.is_none() {
        tokio::task::yield_now().await;
    }
}

async fn owner_of(desk: &Desk) -> Actor {
    let access = desk.store().read(|tx| access_of(tx, PersonId(1))).await;
    Actor::Person(access.unwrap().unwrap())
}

fn mail(id: &str, headers: &str, text: &str) -> Vec<u8> {
    format!("Message-ID: <{id}>\r\nSubject: Parcel\r\n{headers}\r\n{text}\r\n").into_bytes()
}

async fn messages(desk: &Desk) -> Vec<Message> {
    let asked = desk.store().read(|tx| tx.messages_of(TicketId(1), 100));
    asked.await.unwrap()
}

async fn until_there_are(desk: &Desk, count: usize) -> Vec<Message> {
    loop {
        let now = messages(desk).await;
        if now.len() >= count {
            return now;
        }
        tokio::task::yield_now().await;
    }
}

async fn reply(desk: &Desk, owner: &Actor, text: &str) {
    let reply = Reply {
        ticket: TicketId(1),
        body: PublicText::new(text),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen: None,
        files: Vec::new(),
        channel: Channel::Desk,
    };
    desk.run(owner, reply).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_leaves_under_the_sign_in_and_over_http_where_smtp_is_shut() {
    let shop = Shop::open().await;
    let desk = shop.desk_now().await;
    let owner = owner_of(&desk).await;
    let token = r#"{"access_token": "short", "token_type": "Bearer", "expires_in": 3599}"#;
    let provider = ProviderServer::start(&[(200, token), (200, token), (202, "")]).await;
    sign_in(&desk, &owner, &provider).await;
    let sink = Sink::start(SinkConfig {
        token: Some((USER.to_owned(), "short".to_owned())),
        ..SinkConfig::default()
    })
    .await;
    let account = SetSendAccount {
        mailbox: MAILBOX,
        fields: SendAccountFields {
            host: "127.0.0.1".to_owned(),
            port: sink.address().port(),
            tls: RelayTls::None,
            user: USER.to_owned(),
            login: AccountLoginField::SignIn,
            limits: SendLimits::NONE,
            plus: true,
        },
    };
    desk.run(&owner, account).await.unwrap();
    let envelope = Envelope {
        via: "pipe".to_owned(),
        mail_from: String::new(),
        recipients: vec![USER.to_owned()],
    };
    let first = mail("1@post.example", "From: kim@post.example\r\n", "Where?");
    receive(&desk, &envelope, first).await.unwrap();
    let served = shop.serve_with(&ON_LOOPBACK).await;
    until_there_are(&desk, 1).await;

    reply(&desk, &owner, "It left today.").await;
    let sent = sink.wait_for(1).await;
    assert_eq!(sent[0].envelope.from, USER);
    sink.fail(
        Stage::Login,
        Fault::Reply("535 5.7.139 SmtpClientAuthentication is disabled".to_owned()),
    );
    sink.fail(Stage::Reset, Fault::Drop);
    reply(&desk, &owner, "And arrives tomorrow.").await;
    while provider.asked().len() < 3 {
        tokio::task::yield_now().await;
    }
    served.kill().await;

    let asked = provider.asked();
    assert!(asked[2].starts_with("POST /sendMail "), "{}", asked[2]);
    assert!(asked[2].contains("authorization: Bearer short"));
    assert_eq!(sink.mails().len(), 1, "no mail went both ways");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_in_the_folder_of_sent_mail_of_a_real_server_becomes_the_reply() {
    let shop = Shop::open().await;
    let desk = shop.desk_now().await;
    let owner = owner_of(&desk).await;
    let folder = tempfile::TempDir::new().unwrap();
    let inbox = inbox_in(folder.path()).await;
    inbox.maildir.make_folder("Sent");
    let account = inbox.account();
    let set = SetFetching {
        mailbox: MAILBOX,
        fields: FetchAccountFields {
            host: account.host,
            port: account.port,
            tls: FetchTls::None,
            user: USER.to_owned(),
            login: AccountLoginField::Password(Some(PASSWORD.to_owned())),
            folder: "INBOX".to_owned(),
            after: AfterFetch::MarkRead,
            since: None,
            sent: Some(("Sent".to_owned(), false)),
        },
    };
    desk.run(&owner, set).await.unwrap();
    let from_kim = format!("From: kim@post.example\r\nTo: {USER}\r\n");
    inbox
        .maildir
        .deliver(&mail("1@post.example", &from_kim, "Where?"));
    let served = shop.serve_with(&ON_LOOPBACK).await;
    until_there_are(&desk, 1).await;

    let from_us = format!(
        "From: {USER}\r\nTo: kim@post.example\r\nIn-Reply-To: <1@post.example>\r\n\
         Date: Fri, 15 Jan 2027 10:05:00 +0100\r\n"
    );
    let answer = mail("p1@phone.example", &from_us, "It left today.");
    inbox.maildir.deliver_into("Sent", &answer);
    let said = until_there_are(&desk, 2).await;
    served.kill().await;

    assert_eq!(said[1].kind, MessageKind::Reply);
    assert_eq!(said[1].body, "It left today.");
    assert_eq!(inbox.maildir.count("Sent").1, 0, "nothing is marked there");
}
