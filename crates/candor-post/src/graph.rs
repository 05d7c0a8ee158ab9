//! Sending over an HTTP interface in the manner of Microsoft Graph, where SMTP is switched off.
//!
//! Owns: one request with the whole mail in it, and what its refusals mean. Must not know: the
//! outbox, SMTP, where tokens come from.
//!
//! `sendMail` takes a mail as it is (MIME in Base64) and reads its recipients from the headers;
//! whoever stands on the envelope alone is named in a `Bcc` line, which the provider takes out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request, Url};
use serde::Deserialize;

use crate::Envelope;
use crate::http::{HttpAnswer, HttpClient, HttpFailure};
use crate::sender::failure::{ConnectProblem, LoginProblem, SendFailure};

/// Where Microsoft takes mail.
pub const MICROSOFT: &str = "https://graph.microsoft.com/v1.0/me/sendMail";
/// What a token for it is asked for.
pub const MICROSOFT_SCOPE: &str = "https://graph.microsoft.com/Mail.Send";

/// What stands around the addresses of a header.
const BETWEEN_ADDRESSES: [char; 9] = [' ', '\t', '\n', ',', ';', ':', '<', '>', '"'];

/// Hands one message over; `Ok` means that the provider took it.
///
/// # Errors
/// Says why it did not, in the words of the SMTP way.
pub async fn send(
    http: &HttpClient,
    address: &str,
    token: &str,
    (envelope, raw): (&Envelope, &[u8]),
) -> Result<(), SendFailure> {
    let request = request(address, token, &with_hidden_recipients(envelope, raw))?;
    let answer = http.ask(request).await.map_err(|failure| match failure {
        HttpFailure::NotAllowed(what) => SendFailure::Unsuitable { what },
        HttpFailure::NoAnswer(_) | HttpFailure::TooLarge => {
            SendFailure::Connect(ConnectProblem::Broken)
        }
    })?;
    judge(&answer)
}

fn request(address: &str, token: &str, raw: &[u8]) -> Result<Request, SendFailure> {
    let unsuitable = |what: String| SendFailure::Unsuitable { what };
    let url = Url::parse(address).map_err(|error| unsuitable(format!("{address}: {error}")))?;
    let mut bearer = HeaderValue::try_from(format!("Bearer {token}"))
        .map_err(|_| unsuitable("the access token is none".to_owned()))?;
    bearer.set_sensitive(true);
    let mut request = Request::new(Method::POST, url);
    let headers = request.headers_mut();
    headers.insert(AUTHORIZATION, bearer);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    *request.body_mut() = Some(STANDARD.encode(raw).into());
    Ok(request)
}

/// The mail with a line for those recipients that none of its headers names.
fn with_hidden_recipients(envelope: &Envelope, raw: &[u8]) -> Vec<u8> {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n");
    let headers = String::from_utf8_lossy(&raw[..end.unwrap_or(raw.len())]).to_lowercase();
    let lines = recipient_lines(&headers);
    let named: Vec<&str> = lines.split(BETWEEN_ADDRESSES).collect();
    let hidden: Vec<&str> = envelope
        .recipients
        .iter()
        .map(String::as_str)
        .filter(|address| !named.contains(&address.to_lowercase().as_str()))
        .filter(|address| !address.contains(|c: char| c.is_control() || ", <>".contains(c)))
        .collect();
    if hidden.is_empty() {
        return raw.to_vec();
    }
    let mut mail = format!("Bcc: {}\r\n", hidden.join(",\r\n ")).into_bytes();
    mail.extend_from_slice(raw);
    mail
}

/// The header lines that name recipients, with those that continue them.
fn recipient_lines(headers: &str) -> String {
    let mut named = String::new();
    let mut counts = false;
    for line in headers.lines() {
        if !line.starts_with([' ', '\t']) {
            counts = ["to:", "cc:"].iter().any(|name| line.starts_with(name));
        }
        if counts {
            named.push_str(line);
            named.push('\n');
        }
    }
    named
}

#[derive(Deserialize)]
struct Refusal {
    error: RefusalWords,
}

#[derive(Deserialize)]
struct RefusalWords {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

fn judge(answer: &HttpAnswer) -> Result<(), SendFailure> {
    let code = answer.status;
    if (200..300).contains(&code) {
        return Ok(());
    }
    let text = serde_json::from_slice::<Refusal>(&answer.body).map_or_else(
        |_| {
            String::from_utf8_lossy(&answer.body)
                .chars()
                .take(200)
                .collect()
        },
        |refusal| format!("{}: {}", refusal.error.code, refusal.error.message),
    );
    Err(match code {
        401 => SendFailure::Login(LoginProblem::TokenRefused { code, text }),
        403 => SendFailure::Login(LoginProblem::NoRight { code, text }),
        400 | 413 => SendFailure::Permanent { code, text },
        _ => SendFailure::Temporary { code, text },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(recipients: &[&str]) -> Envelope {
        Envelope {
            from: "help@shop.example".to_owned(),
            recipients: recipients.iter().map(|&one| one.to_owned()).collect(),
        }
    }

    const MAIL: &[u8] = b"From: help@shop.example\r\nTo: Kim <kim@one.example>,\r\n \
        Lee <LEE@two.example>\r\nSubject: for max@three.example\r\n\r\nHello max@three.example\r\n";

    #[test]
    fn whoever_is_named_nowhere_gets_a_hidden_line() {
        let all = envelope(&["kim@one.example", "lee@two.example"]);
        assert_eq!(with_hidden_recipients(&all, MAIL), MAIL);
        let more = envelope(&["kim@one.example", "max@three.example"]);
        let mail = with_hidden_recipients(&more, MAIL);
        assert!(mail.starts_with(b"Bcc: max@three.example\r\nFrom:"));
        // An address that ends like one that is named is another one.
        let alike = envelope(&["im@one.example"]);
        assert!(with_hidden_recipients(&alike, MAIL).starts_with(b"Bcc: im@one.example\r\n"));
        let hostile = envelope(&["kim@one.example", "x@y\r\nTo: z@z"]);
        assert_eq!(with_hidden_recipients(&hostile, MAIL), MAIL);
    }

    #[test]
    fn each_refusal_means_what_it_means_over_smtp() {
        let words = br#"{"error": {"code": "ErrorAccessDenied", "message": "Access is denied."}}"#;
        let judged = |status| {
            let answer = HttpAnswer {
                status,
                content_type: None,
                body: words.to_vec(),
            };
            judge(&answer).err().map(|failure| failure.id())
        };
        assert_eq!(judged(202), None);
        assert_eq!(judged(401), Some("send-failure-token-refused"));
        assert_eq!(judged(403), Some("send-failure-no-right"));
        assert_eq!(judged(413), Some("send-failure-permanent"));
        assert_eq!(judged(429), Some("send-failure-temporary"));
        assert_eq!(judged(503), Some("send-failure-temporary"));
    }
}
