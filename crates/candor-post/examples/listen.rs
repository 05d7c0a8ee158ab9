//! An SMTP listener that keeps what it takes in a Maildir, to be tried by hand:
//! `cargo run -p candor-post --example listen -- 127.0.0.1:2525 /tmp/mail help@shop.example`

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use candor_post::{
    Accepted, BoxFuture, Fronts, IncomingMail, Intake, Limits, ListenerConfig, Maildir, Protocol,
    RecipientAnswer, ServerTls, SmtpServer,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

struct Keep {
    maildir: Maildir,
    address: String,
    count: AtomicUsize,
}

impl Intake for Keep {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientAnswer> {
        Box::pin(async move {
            if address.eq_ignore_ascii_case(&self.address) {
                RecipientAnswer::Ours
            } else {
                RecipientAnswer::NotOurs
            }
        })
    }

    fn accept(&self, mail: IncomingMail) -> BoxFuture<'_, Accepted> {
        Box::pin(async move {
            let process = std::process::id();
            let number = self.count.fetch_add(1, Ordering::Relaxed);
            let receipt = format!("{process}-{number}");
            let (maildir, name) = (self.maildir.clone(), receipt.clone());
            let kept = tokio::task::spawn_blocking(move || maildir.deliver(&name, &mail.raw)).await;
            match kept {
                Ok(Ok(_)) => Accepted::Stored { receipt },
                _ => Accepted::Full,
            }
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || {
        arguments
            .next()
            .ok_or("usage: listen ADDRESS:PORT FOLDER MAILBOX")
    };
    let (listen, folder, address) = (argument()?, PathBuf::from(argument()?), argument()?);
    let keep = Keep {
        maildir: Maildir::open(&folder)?,
        address,
        count: AtomicUsize::new(0),
    };
    let config = ListenerConfig {
        host_name: "localhost".into(),
        tls: Some(Arc::new(ServerTls::self_made(&folder, "localhost")?)),
        limits: Limits::default(),
        protocol: Protocol::default(),
        fronts: Fronts::default(),
    };
    let listener = TcpListener::bind(listen).await?;
    let server = SmtpServer::new(config, Arc::new(keep), CancellationToken::new());
    server.run(listener).await;
    Ok(())
}
