//! Each way of failing at each stage of the way out: nothing is lost, nothing leaves twice.

use std::sync::Arc;
use std::time::Duration;

use candor_post::testing::{Fault, Sink, SinkConfig, Stage};
use candor_post::{Login, Relay, RelayTls, Sender, SenderConfig, ServerTls};
use futures_util::future::join_all;

use super::sender::envelope;

const TEXT: &[u8] = b"Message-ID: <fixed@desk.example>\r\nSubject: hi\r\n\r\nhi\r\n";

/// Time for each step where the relay answers, on however busy a machine; and where it does not.
const PATIENT: Duration = Duration::from_mins(1);
const IMPATIENT: Duration = Duration::from_secs(1);

fn sender(time: Duration) -> Sender {
    Sender::new(SenderConfig {
        connect_time: time,
        command_time: time,
        data_time: time,
        ..SenderConfig::new("desk.example")
    })
}

/// A relay that wants TLS and a password.
async fn relay(tls: &Arc<ServerTls>) -> (Sink, Relay) {
    let login = ("ann".to_owned(), "secret".to_owned());
    let sink = Sink::start(SinkConfig {
        tls: Some(Arc::clone(tls)),
        login: Some(login.clone()),
        ..SinkConfig::default()
    })
    .await;
    let relay = Relay {
        tls: RelayTls::StartTls,
        login: Some(Login::Password {
            user: login.0,
            password: login.1,
        }),
        extra_roots: Some(std::fs::read_to_string(tls.certificate_file()).unwrap()),
        ..sink.relay()
    };
    (sink, relay)
}

/// What the sender reports of one failure, how many mails the relay has then, and how many once the
/// mail was tried again.
async fn tried(tls: &Arc<ServerTls>, stage: Stage, fault: Fault) -> String {
    let (sink, relay) = relay(tls).await;
    let told = format!("{stage:?} {}", name(&fault));
    let fault_is_silence = fault == Fault::Hang;
    sink.fail(stage, fault);
    let sender = sender(if fault_is_silence { IMPATIENT } else { PATIENT });
    let first = sender.send(&relay, &envelope(), TEXT).await;
    let after_first = sink.mails().len();
    sink.recover();
    let sent = match &first {
        Ok(_) => "sent".to_owned(),
        Err(failure) if failure.is_permanent() => format!("{} (for good)", failure.id()),
        Err(failure) => failure.id().to_owned(),
    };
    if first.as_ref().is_err_and(|failure| !failure.is_permanent()) {
        let sender = self::sender(PATIENT);
        sender.send(&relay, &envelope(), TEXT).await.unwrap();
    }
    let mails = sink.mails();
    assert!(mails.iter().all(|mail| mail.raw == TEXT), "{told}");
    format!("{told}: {sent}, {after_first} then {}", mails.len())
}

fn name(fault: &Fault) -> &'static str {
    match fault {
        Fault::Reply(text) if text.starts_with('4') => "4xx",
        Fault::Reply(_) => "5xx",
        Fault::Drop => "gone",
        Fault::KeepAndDrop => "kept, then gone",
        Fault::Hang => "silent",
        Fault::Bytes(_) => "nonsense",
        Fault::ReplyAndDrop => "answered, then gone",
    }
}

#[tokio::test]
async fn whatever_fails_wherever_one_mail_arrives_once_the_relay_is_well_again() {
    let folder = tempfile::tempdir().unwrap();
    let tls = Arc::new(ServerTls::self_made(folder.path(), "127.0.0.1").unwrap());
    let stages = [
        Stage::Greeting,
        Stage::Hello,
        Stage::StartTls,
        Stage::Login,
        Stage::Mail,
        Stage::Recipient("ann@example.org".to_owned()),
        Stage::Data,
        Stage::Text,
    ];
    let faults = [
        Fault::Reply("451 4.3.0 not now".to_owned()),
        Fault::Reply("554 5.7.1 never".to_owned()),
        Fault::Drop,
        Fault::Hang,
        Fault::Bytes(b"\xff\xfe nonsense\r\n".to_vec()),
        Fault::KeepAndDrop,
        Fault::ReplyAndDrop,
    ];
    let cases = stages.iter().flat_map(|stage| {
        let keeps = move |fault: &&Fault| *stage == Stage::Text || **fault != Fault::KeepAndDrop;
        let tls = &tls;
        let faults = faults.iter().filter(keeps);
        faults.map(move |fault| (tls, stage.clone(), fault.clone()))
    });
    // Those that wait for nothing first: their work would make the others' waiting longer.
    let (silent, busy): (Vec<_>, Vec<_>) = cases.partition(|(_, _, fault)| *fault == Fault::Hang);
    let mut told = Vec::new();
    for (tls, stage, fault) in busy {
        told.push(tried(tls, stage, fault).await);
    }
    let silent = silent
        .into_iter()
        .map(|(tls, stage, fault)| tried(tls, stage, fault));
    told.extend(join_all(silent).await);
    told.sort();
    let twice: Vec<_> = told
        .iter()
        .filter(|line| line.ends_with("then 2"))
        .collect();
    // Only here nobody can know; the second copy carries the same Message-ID.
    assert_eq!(
        twice,
        ["Text kept, then gone: send-failure-unconfirmed, 1 then 2"]
    );
    insta::assert_snapshot!(told.join("\n"));
}

#[tokio::test]
async fn a_goodbye_that_fails_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let tls = Arc::new(ServerTls::self_made(folder.path(), "127.0.0.1").unwrap());
    for fault in [Fault::Reply("554 no".to_owned()), Fault::Drop, Fault::Hang] {
        let (sink, relay) = relay(&tls).await;
        sink.fail(Stage::Quit, fault);
        let sender = sender(IMPATIENT);
        sender.send(&relay, &envelope(), TEXT).await.unwrap();
        sender.close().await;
        assert_eq!(sink.mails().len(), 1);
    }
}
