//! JSON lines in and out: the protocol of `candor tone read`.
//!
//! Owns: the fields of a request and of an answer. Must not know: files, standard input.

use crate::model::{Model, embedded};
use crate::read::{Dialog, Label, Reading, Role, explain, read_with};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Longest JSON line that is parsed; a longer one is answered with an error.
const LONGEST_LINE: usize = 16 << 20;

#[derive(Deserialize)]
struct Request {
    text: String,
    role: Option<String>,
    conversation: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    reading: Reading,
    #[serde(skip_serializing_if = "Option::is_none")]
    satisfaction: Option<f32>,
}

#[derive(Serialize)]
struct Refusal {
    error: String,
}

/// Reads line after line and remembers the conversations that it met.
#[derive(Debug)]
pub struct Reader<'a> {
    model: &'a Model<'a>,
    dialogs: HashMap<String, Dialog>,
}

impl Default for Reader<'static> {
    fn default() -> Self {
        Self::new(embedded())
    }
}

impl<'a> Reader<'a> {
    /// Reads with another model than the embedded one.
    pub fn new(model: &'a Model<'a>) -> Self {
        Self {
            model,
            dialogs: HashMap::new(),
        }
    }

    /// Answers one request line with one line of JSON. A line that is no request is answered with
    /// `{"error": ...}`, so that answers stay in step with requests.
    pub fn read(&mut self, line: &str) -> String {
        let answer = match parse(line) {
            Ok(request) => serde_json::to_string(&self.answer(&request)),
            Err(error) => serde_json::to_string(&Refusal { error }),
        };
        answer.expect("numbers and strings always become JSON")
    }

    /// Answers one request line with the reading and its reasons.
    pub fn explain(&self, line: &str) -> String {
        let answer = match parse(line) {
            Ok(request) => serde_json::to_string(&explain(self.model, &request.text)),
            Err(error) => serde_json::to_string(&Refusal { error }),
        };
        answer.expect("numbers and strings always become JSON")
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let reading = read_with(self.model, &request.text);
        let satisfaction = request.conversation.as_ref().map(|name| {
            let role = if request.role.as_deref() == Some("agent") {
                Role::Agent
            } else {
                Role::User
            };
            let dialog = self.dialogs.entry(name.clone()).or_default();
            dialog.turn(role, &request.text, &reading)
        });
        Answer {
            reading,
            satisfaction,
        }
    }
}

fn parse(line: &str) -> Result<Request, String> {
    if line.len() > LONGEST_LINE {
        return Err(format!(
            "the line has {} bytes; at most {LONGEST_LINE} are read",
            line.len()
        ));
    }
    serde_json::from_str(line)
        .map_err(|error| format!("expected {{\"text\": \"...\"}} on the line: {error}"))
}

/// The label as text, for tables.
impl std::fmt::Display for Label {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        })
    }
}
