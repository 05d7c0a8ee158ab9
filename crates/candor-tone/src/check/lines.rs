//! JSON lines in and out: the protocol of `candor tone check`.
//!
//! Owns: the fields of a request and of an answer. Must not know: files, standard input.

use super::{Context, Finding, Rewrite, check, rewrite};
use crate::cue::Language;
use crate::voice::VoiceProfile;
use serde::{Deserialize, Serialize};

/// Longest JSON line that is parsed; a longer one is answered with an error.
const LONGEST_LINE: usize = 16 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    text: String,
    #[serde(default)]
    context: Context,
    #[serde(default)]
    voice: Option<Voice>,
}

/// One of our voices by name, or a whole profile.
#[derive(Deserialize)]
#[serde(untagged)]
enum Voice {
    Named(String),
    Own(Box<VoiceProfile>),
}

#[derive(Serialize)]
struct Answer<'a> {
    language: Language,
    /// What a person is shown.
    shown: Vec<Shown<'a>>,
    /// How many findings there were.
    findings: usize,
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    /// Words to put in place, where there are some.
    rewrite: Option<Rewrite>,
}

#[derive(Serialize)]
struct Refusal {
    error: String,
}

/// Answers one draft with its findings, worst first, at most three of them. A line that is no
/// request is answered with `{"error": ...}`, so that answers stay in step with requests.
pub fn check_line(line: &str) -> String {
    let answer = match parse(line) {
        Ok((request, voice)) => {
            let (text, context) = (&request.text, &request.context);
            let checked = check(text, context, &voice);
            let shown = checked.shown().iter().map(|finding| Shown {
                rewrite: rewrite(text, finding, &checked, context, &voice),
                finding,
            });
            serde_json::to_string(&Answer {
                language: checked.language,
                shown: shown.collect(),
                findings: checked.findings.len(),
            })
        }
        Err(error) => serde_json::to_string(&Refusal { error }),
    };
    answer.expect("numbers and strings always become JSON")
}

fn parse(line: &str) -> Result<(Request, VoiceProfile), String> {
    if line.len() > LONGEST_LINE {
        return Err(format!(
            "the line has {} bytes; at most {LONGEST_LINE} are read",
            line.len()
        ));
    }
    let mut request: Request = serde_json::from_str(line).map_err(|error| {
        format!("expected {{\"text\": \"...\", \"context\": {{...}}, \"voice\": \"...\"}} on the line: {error}")
    })?;
    let voice = match request.voice.take() {
        None => VoiceProfile::default(),
        Some(Voice::Named(name)) => VoiceProfile::named(&name).ok_or_else(|| {
            format!(
                "there is no voice {name:?}; ours are office-professional, smart-casual and fun"
            )
        })?,
        Some(Voice::Own(profile)) => *profile,
    };
    voice
        .validate()
        .map_err(|error| format!("the voice makes no sense: {error}"))?;
    Ok((request, voice))
}

#[cfg(test)]
mod tests {
    use super::check_line;

    #[test]
    fn a_line_with_a_draft_is_answered_with_findings() {
        let line = r#"{"text": "Hello Amira,\n\nyou should have read the manual of the grinder. I send a new one today.\n\nBest, Ben",
            "context": {"mood": "irate", "kind": "complaint", "customer": ["My grinder broke!"]}, "voice": "smart-casual"}"#;
        let answer: serde_json::Value =
            serde_json::from_str(&check_line(&line.replace('\n', " "))).unwrap();
        assert_eq!(answer["language"], "english");
        assert_eq!(answer["shown"][0]["check"], "blame");
        assert_eq!(answer["findings"], 1);
    }

    #[test]
    fn a_wrong_line_says_what_is_wrong() {
        for (line, part) in [
            ("{}", "missing field `text`"),
            (r#"{"text": "x", "voice": "pirate"}"#, "there is no voice"),
            (
                r#"{"text": "x", "voice": {"humour": 8}}"#,
                "humour goes from 0 to 3",
            ),
            (r#"{"text": "x", "context": {"mood": "sunny"}}"#, "sunny"),
            ("not json", "expected"),
        ] {
            let answer = check_line(line);
            assert!(
                answer.starts_with("{\"error\"") && answer.contains(part),
                "{answer}"
            );
        }
    }
}
