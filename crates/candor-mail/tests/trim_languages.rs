//! What programs write around a quote, in each language they speak.
//!
//! Owns: the lists under `data/trim`, each line in a mail of its own. Must not know: how they are
//! recognised.

#![expect(clippy::unwrap_used, reason = "a broken test may panic")]

use std::path::Path;

use candor_mail::{IncomingMessage, trim};

fn list(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/trim")
        .join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

fn reply(text: &str) -> String {
    let message = IncomingMessage {
        text: text.to_owned(),
        ..IncomingMessage::default()
    };
    trim(&message).reply
}

/// Everything that went wrong at once reads better than the first.
fn assert_none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn an_attribution_goes_with_its_quote() {
    let mut wrong = Vec::new();
    let lines = list("attributions.txt");
    assert!(lines.len() >= 75);
    for line in &lines {
        let (language, line) = line.split_once(" | ").unwrap();
        let half = line.floor_char_boundary(line.len() / 2);
        let at = line[half..].find(' ').map_or(half, |at| half + at);
        let (first, second) = line.split_at(at);
        for (kind, text) in [
            (
                "marked",
                format!("Yes.\n\n{line}\n\n> Would you\n> like two?\n"),
            ),
            ("close", format!("Yes.\n{line}\n> Would you like two?\n")),
            (
                "bare",
                format!("Yes.\n\n{line}\n\nWould you like two?\nYour shop\n"),
            ),
            (
                "wrapped",
                format!(
                    "Yes.\n\n{first}\n{}\n\n> Would you like two?\n",
                    second.trim()
                ),
            ),
            (
                "above",
                format!("{line}\n\n> Would you\n> like two?\n\nYes.\n"),
            ),
        ] {
            // Without a date, only a quote behind it makes the line an attribution.
            let reply = reply(&text);
            if reply != "Yes." {
                wrong.push(format!("{language} {kind}: {line}\n    left: {reply:?}"));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn header_fields_end_the_answer() {
    let mut wrong = Vec::new();
    for line in list("headers.txt") {
        let names: Vec<String> = line
            .split(" | ")
            .map(|name| {
                if name.contains(':') {
                    name.to_owned()
                } else {
                    format!("{name}:")
                }
            })
            .collect();
        let values = [
            "Candor Shop <help@shop.example>",
            "03.03.2026 14:05",
            "Kim Miller",
            "Re: Mugs",
        ];
        let fields: Vec<String> = names[1..]
            .iter()
            .zip(values)
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        let block = fields.join("\n");
        let wide = fields.join("\n\n");
        for text in [
            format!("Yes.\n\n{block}\n\nWould you like two?\n"),
            format!("Yes.\n________________________________\n{block}\n\nWould you like two?\n"),
            format!("Yes.\n\n-----xyz-----\n{block}\nWould you like two?\n")
                .replace("-----xyz-----\n", "-----\n"),
            format!("Yes.\n\n{wide}\n\nWould you like two?\n"),
        ] {
            let reply = reply(&text);
            if reply != "Yes." {
                wrong.push(format!("{line}\n    left: {reply:?}"));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn what_a_telephone_appends_goes() {
    let mut wrong = Vec::new();
    for line in list("footers.txt") {
        for text in [
            format!("Yes, two mugs.\n\n{line}\n"),
            format!(
                "Yes, two mugs.\n{line}\n\nOn 3 Mar 2026, at 14:05, Shop <help@shop.example> wrote:\n> Two?\n"
            ),
        ] {
            let reply = reply(&text);
            if reply != "Yes, two mugs." {
                wrong.push(format!("{line}\n    left: {reply:?}"));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn what_people_write_stays() {
    let mut wrong = Vec::new();
    for line in list("kept_lines.txt") {
        for text in [
            format!("Hello,\n\n{line}\nMore of it.\n\nKim"),
            format!("Hello,\n\n{line}\n\nMore of it."),
            line.clone(),
        ] {
            let reply = reply(&text);
            if reply != text {
                wrong.push(format!("{line}\n    left: {reply:?}"));
            }
        }
    }
    assert_none(&wrong);
}
