//! Findings in plain words.
//!
//! Owns: how rows, fields and values are called. Must not know: how they were compared.

use candor_domain::id::TicketId;
use serde_json::Value;

/// `ticket 12`, or `message 40 of ticket 12`.
pub(super) fn place_of(subject: &str, ticket: Option<TicketId>) -> String {
    let (kind, id) = subject.split_once(':').unwrap_or((subject, ""));
    match ticket {
        Some(ticket) => format!("{kind} {id} of ticket {ticket}"),
        None => format!("{kind} {id}"),
    }
}

/// What differs, field by field: `status is solved, the history says open`.
pub(super) fn difference(subject: &str, row: &Value, said: &Value) -> String {
    let (Some(row), Some(said)) = (row.as_object(), said.as_object()) else {
        return "it is not what the history says".to_owned();
    };
    let mut names: Vec<&String> = row.keys().chain(said.keys()).collect();
    names.sort();
    names.dedup();
    let sentences: Vec<String> = names
        .into_iter()
        .filter(|&name| row.get(name) != said.get(name))
        .map(|name| {
            if name == "content" {
                return format!("{} not what the history vouches for", content_of(subject));
            }
            let (is, was) = (value_of(row.get(name)), value_of(said.get(name)));
            format!("{} is {is}, the history says {was}", name.replace('_', " "))
        })
        .collect();
    if sentences.is_empty() {
        return "it is not what the history says".to_owned();
    }
    sentences.join("; ")
}

/// What the committed content of a row is, with its verb.
fn content_of(subject: &str) -> &'static str {
    match subject.split(':').next().unwrap_or_default() {
        "ticket" => "the subject line is",
        "message" => "the text, the sender, the recipients or a file are",
        "person" => "the name or the address is",
        "customer" => "the name, the language or the note is",
        "identity" | "suppression" => "the address is",
        "setting" => "the value is",
        "absence" => "the reason is",
        "password" => "it is",
        _ => "the content is",
    }
}

fn value_of(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_difference_names_the_field_and_both_values() {
        let row = json!({ "status": "solved", "spam": false, "content": "aa" });
        let said = json!({ "status": "open", "spam": false, "content": "bb" });
        assert_eq!(
            difference("ticket:12", &row, &said),
            "the subject line is not what the history vouches for; \
             status is solved, the history says open"
        );
        assert_eq!(
            place_of("message:40", Some(TicketId(12))),
            "message 40 of ticket 12"
        );
    }
}
