//! Hands one message from standard input to a relay, to be tried by hand:
//! `cargo run -p candor-post --example send -- smtp://127.0.0.1:2525 me@here.example you@there.example`

use std::io::Read as _;

use candor_post::{Envelope, Relay, Sender, SenderConfig};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().ok_or("usage: send RELAY FROM TO");
    let relay = Relay::parse(&argument()?)?;
    let envelope = Envelope {
        from: argument()?,
        recipients: vec![argument()?],
    };
    let mut raw = Vec::new();
    std::io::stdin().read_to_end(&mut raw)?;
    let sender = Sender::new(SenderConfig::new("localhost"));
    let delivered = sender.send(&relay, &envelope, &raw).await?;
    tracing::info!(answer = delivered.answer, "delivered");
    sender.close().await;
    Ok(())
}
