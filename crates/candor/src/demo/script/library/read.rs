//! Reading a text file.
//!
//! Owns: the form of the files. Must not know: what the texts are used for.

use super::{Audience, Entry, MARKS, Pile, REASONS, SECTIONS, Section, Situation};
use crate::demo::script::shop::Team;
use candor_domain::ticket::Kind;

const HEADING: &str = "\n# ";
const SECTION: &str = "\n## ";
const ENTRY: &str = "\n---\n";
const ANSWER: &str = "\n>>>\n";

/// The situations of one file; what stands before the first one is a remark.
pub(super) fn situations(file: &'static str) -> impl Iterator<Item = Situation> {
    file.split(HEADING).skip(1).map(situation)
}

fn situation(text: &'static str) -> Situation {
    let mut parts = text.split(SECTION);
    let head = parts.next().unwrap_or_default();
    let mut situation = empty(head.lines().next().unwrap_or_default());
    for line in head.lines().skip(1) {
        if let Some((key, value)) = line.split_once(": ") {
            set(&mut situation, key, value);
        }
    }
    for part in parts {
        let (heading, body) = part.split_once('\n').unwrap_or((part, ""));
        let (section, german) = place(heading);
        let entries = body.split(ENTRY).map(|entry| read(entry.trim(), section));
        let pile = &mut situation.piles[section as usize][usize::from(german)];
        pile.entries.extend(
            entries
                .filter(|entry| !entry.text.is_empty())
                .map(|entry| (0, entry)),
        );
    }
    situation
}

fn empty(id: &'static str) -> Situation {
    Situation {
        id,
        reasons: Vec::new(),
        share: 10,
        audience: Audience::Retail,
        team: Team::Support,
        kind: Kind::Inquiry,
        tags: Vec::new(),
        urgent: 4,
        normal: 26,
        ordered: (6, 10),
        piles: SECTIONS
            .iter()
            .map(|_| [Pile::default(), Pile::default()])
            .collect(),
    }
}

fn set(situation: &mut Situation, key: &str, value: &'static str) {
    let number = || value.parse().expect("shares are whole numbers");
    match key {
        "reasons" => situation.reasons = value.split(", ").map(reason).collect(),
        "share" => situation.share = number(),
        "urgent" => situation.urgent = number(),
        "normal" => situation.normal = number(),
        "tags" => situation.tags = value.split(", ").collect(),
        "ordered" => situation.ordered = days(value),
        "kind" => situation.kind = Kind::parse(value).expect("the kind is one of the desk's"),
        "team" => situation.team = Team::named(value),
        _ => {
            situation.audience = match value {
                "wholesale" => Audience::Wholesale,
                "story" => Audience::Story,
                _ => Audience::Retail,
            }
        }
    }
}

fn reason(name: &str) -> usize {
    REASONS
        .iter()
        .position(|reason| reason.0 == name)
        .expect("the reason is one of the list")
}

fn days(value: &str) -> (i64, i64) {
    let (low, high) = value.split_once('-').expect("days are a span");
    let day = |text: &str| text.parse().expect("days are whole numbers");
    (day(low), day(high))
}

fn place(heading: &str) -> (Section, bool) {
    let (name, language) = heading.split_once(' ').unwrap_or((heading, "en"));
    let section = SECTIONS
        .iter()
        .find(|section| section.0 == name)
        .expect("the section is one of the list");
    (section.1, language.trim() == "de")
}

fn read(text: &'static str, section: Section) -> Entry {
    match section {
        Section::Ask | Section::Spam => titled(text),
        _ => {
            let (marks, text) = marks(text);
            let (text, answer) = text.split_once(ANSWER).unwrap_or((text, ""));
            let (text, answer) = (text.trim(), answer.trim());
            Entry {
                text,
                answer,
                marks,
                ..Entry::default()
            }
        }
    }
}

/// The signed keys before a text, and the text.
fn marks(mut text: &'static str) -> ([&'static str; MARKS], &'static str) {
    let mut marks = [""; MARKS];
    let mut count = 0;
    while let Some((word, rest)) = text.split_once(' ') {
        if word.len() < 2 || !word.starts_with(['#', '-', '+', '=']) || count == MARKS {
            break;
        }
        marks[count] = word;
        count += 1;
        text = rest;
    }
    (marks, text)
}

/// The subject line; before it stand signed keys, then `!` urgent, `*` complaint, `+` Club,
/// `@name` a picture.
fn titled(text: &'static str) -> Entry {
    let (subject, body) = text.split_once('\n').unwrap_or((text, ""));
    let (marks, mut subject) = marks(subject);
    let mut entry = Entry {
        text: body.trim(),
        marks,
        ..Entry::default()
    };
    while let Some((mark, rest)) = subject.split_once(' ') {
        match mark {
            "!" => entry.urgent = true,
            "*" => entry.complaint = true,
            "+" => entry.club = true,
            _ if mark.starts_with('@') => entry.picture = Some(&mark[1..]),
            _ => break,
        }
        subject = rest;
    }
    entry.subject = subject;
    entry
}
