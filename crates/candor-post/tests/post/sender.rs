//! Handing mail to a relay that takes it, puts it off, refuses it, or fails half-way.

use std::time::Duration;

use candor_post::testing::{Fault, Sink, SinkConfig, Stage};
use candor_post::{
    ConnectProblem, Delivered, Envelope, Login, LoginProblem, Relay, RelayTls, SendFailure, Sender,
    SenderConfig,
};
use tokio::net::TcpListener;

const TEXT: &[u8] =
    b"Message-ID: <fixed@desk.example>\r\nSubject: Re: Grinder\r\n\r\n.dot\r\nend\r\n";

/// A sender that waits for nothing longer than a test can bear.
pub(crate) fn sender() -> Sender {
    Sender::new(SenderConfig {
        connect_time: Duration::from_millis(500),
        command_time: Duration::from_millis(500),
        data_time: Duration::from_millis(500),
        ..SenderConfig::new("desk.example")
    })
}

pub(crate) fn envelope() -> Envelope {
    Envelope {
        from: "help@shop.example".into(),
        recipients: vec!["ann@example.org".into()],
    }
}

async fn send(sink: &Sink) -> Result<Delivered, SendFailure> {
    sender().send(&sink.relay(), &envelope(), TEXT).await
}

fn reply(text: &str) -> Fault {
    Fault::Reply(text.into())
}

#[tokio::test]
async fn a_message_arrives_byte_for_byte() {
    let sink = Sink::start(SinkConfig::default()).await;
    let delivered = send(&sink).await.unwrap();
    assert_eq!(delivered.answer, "2.0.0 kept");
    assert!(delivered.refused.is_empty());
    let mail = sink.mails().remove(0);
    assert_eq!(mail.raw, TEXT);
    assert_eq!(mail.envelope, envelope());
    assert_eq!(mail.parameters, format!("SIZE={}", TEXT.len()));
}

#[tokio::test]
async fn one_connection_serves_many_messages() {
    let sink = Sink::start(SinkConfig::default()).await;
    let sender = sender();
    for _ in 0..5 {
        sender.send(&sink.relay(), &envelope(), TEXT).await.unwrap();
    }
    assert_eq!((sink.mails().len(), sink.connections()), (5, 1));
    sender.close().await;
    sender.send(&sink.relay(), &envelope(), TEXT).await.unwrap();
    assert_eq!((sink.mails().len(), sink.connections()), (6, 2));
}

#[tokio::test]
async fn a_kept_connection_that_died_is_replaced_without_a_failure() {
    let sink = Sink::start(SinkConfig::default()).await;
    let sender = sender();
    sink.fail(Stage::Text, Fault::ReplyAndDrop);
    sender.send(&sink.relay(), &envelope(), TEXT).await.unwrap();
    sink.recover();
    sender.send(&sink.relay(), &envelope(), TEXT).await.unwrap();
    assert_eq!((sink.mails().len(), sink.connections()), (2, 2));
}

#[tokio::test]
async fn not_now_is_temporary_and_never_is_permanent() {
    let sink = Sink::start(SinkConfig::default()).await;
    for stage in [Stage::Greeting, Stage::Mail, Stage::Data, Stage::Text] {
        sink.recover();
        sink.fail(stage.clone(), reply("451 4.7.1 greylisted"));
        let failure = send(&sink).await.unwrap_err();
        let temporary = SendFailure::Temporary {
            code: 451,
            text: "4.7.1 greylisted".into(),
        };
        assert_eq!(failure, temporary, "{stage:?}");
        assert!(!failure.is_permanent());
        if stage == Stage::Greeting {
            // Not a word about the mail was said yet.
            sink.fail(stage, reply("554 5.7.1 no service here"));
            assert!(!send(&sink).await.unwrap_err().is_permanent());
            continue;
        }

        sink.fail(
            stage.clone(),
            reply("554-5.7.1 blocked\r\n554 5.7.1 for spam"),
        );
        let failure = send(&sink).await.unwrap_err();
        let permanent = SendFailure::Permanent {
            code: 554,
            text: "5.7.1 blocked 5.7.1 for spam".into(),
        };
        assert_eq!(failure, permanent, "{stage:?}");
        assert!(failure.is_permanent());
    }
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn one_bad_recipient_does_not_keep_the_message_from_the_others() {
    let sink = Sink::start(SinkConfig::default()).await;
    sink.fail(
        Stage::Recipient("gone@example.org".into()),
        reply("550 5.1.1 unknown"),
    );
    let mut envelope = envelope();
    envelope.recipients.push("gone@example.org".into());
    let delivered = sender().send(&sink.relay(), &envelope, TEXT).await.unwrap();
    let refused = &delivered.refused[0];
    assert_eq!(
        (refused.address.as_str(), refused.code),
        ("gone@example.org", 550)
    );
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn when_all_are_refused_a_later_try_is_made_if_it_can_help_one_of_them() {
    let sink = Sink::start(SinkConfig::default()).await;
    let mut envelope = envelope();
    envelope.recipients.push("late@example.org".into());
    sink.fail(
        Stage::Recipient("ann@example.org".into()),
        reply("550 5.1.1 unknown"),
    );
    sink.fail(
        Stage::Recipient("late@example.org".into()),
        reply("452 4.2.2 full"),
    );
    let failure = sender()
        .send(&sink.relay(), &envelope, TEXT)
        .await
        .unwrap_err();
    assert!(matches!(failure, SendFailure::Temporary { code: 452, .. }));
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn a_connection_lost_before_the_message_was_sent_is_known_to_have_sent_nothing() {
    let sink = Sink::start(SinkConfig::default()).await;
    for stage in [Stage::Greeting, Stage::Hello, Stage::Mail, Stage::Data] {
        sink.recover();
        sink.fail(stage.clone(), Fault::Drop);
        let failure = send(&sink).await.unwrap_err();
        assert_eq!(
            failure,
            SendFailure::Connect(ConnectProblem::Broken),
            "{stage:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_lost_after_the_message_leaves_it_open_whether_it_arrived() {
    let sink = Sink::start(SinkConfig::default()).await;
    for (fault, kept) in [(Fault::Drop, 0), (Fault::KeepAndDrop, 1), (Fault::Hang, 1)] {
        sink.fail(Stage::Text, fault);
        assert_eq!(send(&sink).await, Err(SendFailure::Unconfirmed));
        assert_eq!(sink.mails().len(), kept);
    }
    // The second attempt carries the same Message-ID, so that the receiver can tell.
    sink.recover();
    send(&sink).await.unwrap();
    let mails = sink.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].raw, mails[1].raw);
}

#[tokio::test]
async fn a_confirmed_message_counts_even_if_the_connection_ends_with_it() {
    let sink = Sink::start(SinkConfig::default()).await;
    sink.fail(Stage::Text, Fault::ReplyAndDrop);
    send(&sink).await.unwrap();
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn a_relay_that_falls_silent_is_not_waited_for_for_ever() {
    let sink = Sink::start(SinkConfig::default()).await;
    for stage in [Stage::Greeting, Stage::Hello, Stage::Mail, Stage::Data] {
        sink.recover();
        sink.fail(stage.clone(), Fault::Hang);
        let failure = send(&sink).await.unwrap_err();
        assert_eq!(
            failure,
            SendFailure::Connect(ConnectProblem::TimedOut),
            "{stage:?}"
        );
    }
}

#[tokio::test]
async fn the_login_is_given_in_either_way_that_relays_ask_for() {
    let sink = Sink::start(SinkConfig {
        login: Some(("ann".into(), "s:cret ü".into())),
        ..SinkConfig::default()
    })
    .await;
    let mut relay = sink.relay();
    relay.login = Some(Login::Password {
        user: "ann".into(),
        password: "s:cret ü".into(),
    });
    sender().send(&relay, &envelope(), TEXT).await.unwrap();
    sink.fail(Stage::Hello, reply("250-sink\r\n250 AUTH LOGIN"));
    sender().check(&relay).await.unwrap();
}

async fn sink_with_token() -> (Sink, Relay) {
    let sink = Sink::start(SinkConfig {
        token: Some(("help@shop.example".into(), "short".into())),
        ..SinkConfig::default()
    })
    .await;
    let mut relay = sink.relay();
    relay.login = Some(Login::Bearer {
        user: "help@shop.example".into(),
        token: "short".into(),
    });
    (sink, relay)
}

#[tokio::test]
async fn a_sign_in_opens_the_way_out_and_an_old_one_is_told_apart() {
    let (sink, mut relay) = sink_with_token().await;
    sender().send(&relay, &envelope(), TEXT).await.unwrap();
    assert_eq!(sink.mails().len(), 1);

    relay.login = Some(Login::Bearer {
        user: "help@shop.example".into(),
        token: "old".into(),
    });
    let refused = sender().check(&relay).await.unwrap_err();
    assert_eq!(refused.id(), "send-failure-token-refused");
    assert_eq!(refused.detail().as_deref(), Some("535 5.7.3 no"));
    assert!(refused.refuses_sign_in() && !refused.is_permanent());
}

#[tokio::test]
async fn smtp_that_is_switched_off_is_named_so() {
    let (sink, relay) = sink_with_token().await;
    let words = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled";
    sink.fail(Stage::Login, reply(words));
    let refused = sender().check(&relay).await.unwrap_err();
    assert_eq!(refused.id(), "send-failure-switched-off");
    assert!(refused.refuses_sign_in());

    sink.recover();
    sink.fail(Stage::Hello, reply("250-sink\r\n250 AUTH PLAIN"));
    let refused = sender().check(&relay).await.unwrap_err();
    assert_eq!(refused.id(), "send-failure-no-tokens");
}

#[tokio::test]
async fn a_wrong_password_is_told_apart_from_everything_else() {
    let sink = Sink::start(SinkConfig {
        login: Some(("ann".into(), "right".into())),
        ..SinkConfig::default()
    })
    .await;
    let mut relay = sink.relay();
    relay.login = Some(Login::Password {
        user: "ann".into(),
        password: "wrong".into(),
    });
    let rejected = SendFailure::Login(LoginProblem::Rejected {
        code: 535,
        text: "5.7.8 no".into(),
    });
    assert_eq!(sender().check(&relay).await, Err(rejected.clone()));
    sink.fail(Stage::Hello, reply("250-sink\r\n250 AUTH LOGIN"));
    assert_eq!(sender().check(&relay).await, Err(rejected));
    sink.fail(Stage::Hello, reply("250-sink\r\n250 AUTH GSSAPI"));
    assert_eq!(
        sender().check(&relay).await,
        Err(SendFailure::Login(LoginProblem::NotOffered))
    );
    sink.recover();
    sink.fail(Stage::Mail, reply("530 5.7.0 log in first"));
    assert_eq!(
        send(&sink).await.unwrap_err().id(),
        "send-failure-login-required"
    );
}

#[tokio::test]
async fn what_a_relay_cannot_carry_is_said_before_anything_is_sent() {
    let sink = Sink::start(SinkConfig {
        offers: vec![],
        ..SinkConfig::default()
    })
    .await;
    let relay = sink.relay();
    let mut foreign = envelope();
    foreign.recipients = vec!["jürgen@bücher.example".into()];
    let mut hostile = envelope();
    hostile.recipients = vec!["a@b.example>\r\nRCPT TO:<victim@example.org".into()];
    let nobody = Envelope::default();
    for (envelope, text) in [
        (envelope(), "Grüße".as_bytes()),
        (foreign, TEXT),
        (hostile, TEXT),
        (nobody, TEXT),
    ] {
        let failure = sender().send(&relay, &envelope, text).await.unwrap_err();
        assert_eq!(failure.id(), "send-failure-unsuitable", "{envelope:?}");
        assert!(failure.is_permanent());
    }
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn eight_bit_text_and_foreign_addresses_are_announced() {
    let sink = Sink::start(SinkConfig::default()).await;
    let mut envelope = envelope();
    envelope.recipients = vec!["jürgen@bücher.example".into()];
    let text = "Subject: Grüße\r\n\r\n€\r\n";
    sender()
        .send(&sink.relay(), &envelope, text.as_bytes())
        .await
        .unwrap();
    let mail = sink.mails().remove(0);
    assert_eq!(
        mail.parameters,
        format!("SMTPUTF8 BODY=8BITMIME SIZE={}", text.len())
    );
    assert_eq!(mail.raw, text.as_bytes());
}

#[tokio::test]
async fn a_relay_that_is_not_there_is_named_as_such() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut relay = Relay::parse(&format!("smtp://127.0.0.1:{port}")).unwrap();
    assert_eq!(
        sender().check(&relay).await,
        Err(SendFailure::Connect(ConnectProblem::Refused))
    );
    relay.host = "no such host".into();
    relay.tls = RelayTls::NoneAnywhere;
    assert_eq!(
        sender().check(&relay).await,
        Err(SendFailure::Connect(ConnectProblem::NoSuchHost))
    );
    relay.tls = RelayTls::NoneOnLoopback;
    assert_eq!(
        sender().check(&relay).await,
        Err(SendFailure::Connect(ConnectProblem::NotLoopback))
    );
}

#[tokio::test]
async fn what_is_no_mail_server_is_named_as_such() {
    let sink = Sink::start(SinkConfig::default()).await;
    sink.fail(Stage::Greeting, reply("HTTP/1.1 400 Bad Request"));
    assert_eq!(
        send(&sink).await,
        Err(SendFailure::Connect(ConnectProblem::NotSmtp))
    );
}

#[test]
fn every_failure_has_an_id_of_its_own_and_words_that_help() {
    let failure = SendFailure::Login(LoginProblem::Rejected {
        code: 535,
        text: "5.7.8 bad".into(),
    });
    assert_eq!(failure.id(), "send-failure-login-rejected");
    assert_eq!(
        failure.explain(),
        "The mail server does not accept this user and password. \
         Some providers need an app password here. (535 5.7.8 bad)"
    );
    assert_eq!(failure.to_string(), failure.explain());
}
