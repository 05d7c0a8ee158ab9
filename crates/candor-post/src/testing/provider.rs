//! An authorization server for tests.
//!
//! Owns: plain HTTP on loopback, answers in the order in which they were given. Must not know:
//! what they mean.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::oauth::OAuthApp;

/// Answers each request with the next of its answers, and remembers what it was asked.
pub struct Provider {
    /// Where it is.
    pub address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    /// Starts one with these answers: status and JSON.
    pub async fn start(answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = format!(
            "http://{}",
            listener.local_addr().expect("the port is bound")
        );
        let asked = Arc::new(Mutex::new(Vec::new()));
        let mut answers: Vec<(u16, String)> = answers
            .iter()
            .rev()
            .map(|(status, body)| (*status, (*body).to_owned()))
            .collect();
        let heard = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Some((status, body)) = answers.pop() {
                let Ok((stream, _)) = listener.accept().await else {
                    return;
                };
                // Heard before it is answered: whoever has the answer finds the request here.
                let told = Arc::clone(&heard);
                if answer(stream, status, &body, &told).await.is_err() {
                    return;
                }
            }
        });
        Self { address, asked }
    }

    /// The app that is registered there.
    pub fn app(&self) -> OAuthApp {
        OAuthApp {
            authorize: format!("{}/consent", self.address),
            token: format!("{}/token", self.address),
            device: Some(format!("{}/device", self.address)),
            client_id: "app-1".to_owned(),
            client_secret: Some("app secret".to_owned()),
            scopes: vec!["mail".to_owned(), "offline".to_owned()],
            asks: vec![("prompt", "consent")],
        }
    }

    /// The requests so far, word for word.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panics here").clone()
    }
}

async fn answer(
    mut stream: TcpStream,
    status: u16,
    body: &str,
    requests: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream.read(&mut piece).await?;
        if read == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&request);
        let Some((fields, sent)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = fields.lines().find_map(|line| {
            line.to_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        });
        if sent.len() >= length.unwrap_or(0) {
            break;
        }
    }
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    let request = String::from_utf8_lossy(&request).into_owned();
    requests.lock().expect("nobody panics here").push(request);
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await
}
