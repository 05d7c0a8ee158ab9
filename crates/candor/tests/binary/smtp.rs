//! A sender that speaks plain SMTP over loopback.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// An open session.
pub(crate) struct SmtpTalk {
    stream: BufReader<TcpStream>,
}

impl SmtpTalk {
    /// Connects and greets; `None` when nobody answers.
    pub(crate) async fn open(port: u16) -> Option<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        let mut talk = Self {
            stream: BufReader::new(stream),
        };
        talk.answer().await?;
        (talk.command("EHLO sender.example").await? == 250).then_some(talk)
    }

    /// Sends one mail; gives the code after its text, or the first refusal.
    pub(crate) async fn send(&mut self, to: &str, mail: &str) -> Option<u16> {
        for (command, wanted) in [
            ("MAIL FROM:<sender@customer.example>".to_owned(), 250),
            (format!("RCPT TO:<{to}>"), 250),
            ("DATA".to_owned(), 354),
        ] {
            let code = self.command(&command).await?;
            if code != wanted {
                self.command("RSET").await?;
                return Some(code);
            }
        }
        self.command(&format!("{mail}.")).await
    }

    async fn command(&mut self, line: &str) -> Option<u16> {
        self.stream
            .get_mut()
            .write_all(format!("{line}\r\n").as_bytes())
            .await
            .ok()?;
        self.answer().await
    }

    async fn answer(&mut self) -> Option<u16> {
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.get(..3)?.parse().ok();
            }
        }
    }
}
