//! Messages composed from the project's own fragments.
//!
//! Owns: which fragments go together, what that teaches, and the manners of hurried writers. Must
//! not know: features, weights.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use candor_tone::model::Head;

use super::corpus::Item;
use super::manner;
use super::random::Random;
use super::review;

/// Fragments always give the same messages; the seed of the training only moves its weights.
const SEED: u64 = 0x0063_616e_646f_7221;
const MESSAGES: usize = 14_000;
/// How often each short public remark is told.
const REMARKS: usize = 4;

/// Lines by heading.
pub(super) type Sections = BTreeMap<String, Vec<String>>;

/// What a message is about, with its share of all messages in percent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plot {
    Problem,
    Outburst,
    Question,
    Pressing,
    Information,
    Praise,
    Mixed,
}

const PLOTS: &[(Plot, usize)] = &[
    (Plot::Problem, 38),
    (Plot::Outburst, 6),
    (Plot::Question, 17),
    (Plot::Pressing, 4),
    (Plot::Information, 13),
    (Plot::Praise, 18),
    (Plot::Mixed, 4),
];

/// Reads the fragments and composes messages; a folder without them gives none.
pub(super) fn messages(own: &Path) -> Result<Vec<Item>> {
    let folder = own.join("training");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let customer = sections(&folder.join("customer.txt"))?;
    let remarks = sections(&folder.join("opinions.txt"))?;
    let mut random = Random::new(SEED);
    let writer = manner::Writer::new(&fs::read_to_string(folder.join("slots.txt"))?);
    let mut items = Vec::new();
    for _ in 0..MESSAGES {
        items.push(message(&customer, &writer, &mut random));
    }
    for (sentiment, lines) in remarks.iter().filter(|(name, _)| !name.contains(' ')) {
        let shares = match sentiment.as_str() {
            "positive" => [0.0, 0.05, 0.95],
            "negative" => [0.95, 0.05, 0.0],
            _ => [0.03, 0.94, 0.03],
        };
        for line in lines.iter().flat_map(|line| [line; REMARKS]) {
            let text = writer.remark(line, &mut random);
            items.push(
                Item::new(&text)
                    .sentiment(shares)
                    .teach(Head::Complaint, 0.0),
            );
        }
    }
    let requests = sections(&folder.join("requests.txt"))?;
    items.extend(forum_requests(&requests, &writer, &mut random));
    items.extend(review::remarks(&remarks, &mut random));
    Ok(items)
}

/// Requests among members of a technical forum; for each, how polite a reader finds it.
fn forum_requests(sections: &Sections, writer: &manner::Writer, random: &mut Random) -> Vec<Item> {
    let mut items = Vec::new();
    for (manner, lines) in sections {
        let polite = match manner.as_str() {
            "polite" => 0.85,
            "impolite" => 0.15,
            _ => 0.45,
        };
        for line in lines.iter().flat_map(|line| [line; REMARKS]) {
            let text = writer.hurry(line, random);
            items.push(Item::new(&text).teach(Head::PoliteForum, polite));
        }
    }
    items
}

fn sections(path: &Path) -> Result<Sections> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut sections = Sections::new();
    let mut heading = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut heading);
        } else if !heading.is_empty() {
            sections
                .entry(heading.clone())
                .or_default()
                .push(line.to_owned());
        }
    }
    Ok(sections)
}

/// The fragments of a message while they are collected.
struct Draft<'a> {
    parts: Vec<&'a str>,
    sections: &'a Sections,
}

impl Draft<'_> {
    fn add(&mut self, role: &str, random: &mut Random) {
        if let Some(lines) = self.sections.get(role) {
            self.parts.push(&lines[random.below(lines.len())]);
        }
    }

    /// Adds a fragment so often in a hundred times, and says whether it did.
    fn maybe(&mut self, role: &str, percent: usize, random: &mut Random) -> bool {
        let drawn = random.below(100) < percent;
        if drawn {
            self.add(role, random);
        }
        drawn
    }
}

fn message(sections: &Sections, writer: &manner::Writer, random: &mut Random) -> Item {
    let mut draft = Draft {
        parts: Vec::new(),
        sections,
    };
    let plot = draw(random);
    let taught = fill(plot, &mut draft, random);
    if matches!(plot, Plot::Problem | Plot::Outburst) && random.below(3) == 0 {
        random.shuffle(&mut draft.parts);
    }
    let text = writer.write(&draft.parts, plot == Plot::Praise, random);
    let mut item = Item::new(&text).sentiment(taught.sentiment);
    for head in [Head::Complaint, Head::Urgent, Head::Angry, Head::Offensive] {
        let yes = taught.yes.contains(&head);
        item = item.teach(head, f32::from(u8::from(yes)));
    }
    item
}

fn draw(random: &mut Random) -> Plot {
    let mut left = random.below(100);
    for (plot, share) in PLOTS {
        if left < *share {
            return *plot;
        }
        left -= share;
    }
    Plot::Problem
}

/// What a composed message teaches: shares of sentiment, and the heads that say yes.
struct Taught {
    sentiment: [f32; 3],
    yes: Vec<Head>,
}

impl Taught {
    fn note(&mut self, head: Head, drawn: bool) {
        if drawn {
            self.yes.push(head);
        }
    }

    fn insult(&mut self, drawn: bool) {
        self.note(Head::Offensive, drawn);
        self.note(Head::Angry, drawn);
    }
}

fn fill(plot: Plot, draft: &mut Draft<'_>, random: &mut Random) -> Taught {
    let mut taught = Taught {
        sentiment: [0.92, 0.08, 0.0],
        yes: Vec::new(),
    };
    match plot {
        Plot::Problem => {
            draft.add("problem", random);
            taught.note(Head::Complaint, true);
            taught.note(Head::Angry, draft.maybe("anger", 35, random));
            draft.maybe("consequence", 20, random);
            taught.note(Head::Urgent, draft.maybe("urgent", 10, random));
            draft.maybe("ask", 22, random);
            taught.note(Head::Angry, draft.maybe("churn", 7, random));
            taught.insult(draft.maybe("insult", 5, random));
        }
        Plot::Outburst => {
            let leaving = draft.maybe("churn", 30, random);
            if !leaving {
                draft.add("anger", random);
            }
            taught.insult(draft.maybe("insult", 25, random));
            taught.note(Head::Angry, true);
            taught.note(Head::Complaint, true);
        }
        Plot::Question => {
            draft.add("question", random);
            draft.maybe("information", 20, random);
            taught.sentiment = [0.02, 0.96, 0.02];
        }
        Plot::Pressing => {
            draft.add("question", random);
            draft.add("urgent", random);
            taught.note(Head::Urgent, true);
            taught.sentiment = [0.3, 0.7, 0.0];
        }
        Plot::Information => {
            draft.add("information", random);
            draft.maybe("information", 25, random);
            taught.sentiment = [0.02, 0.95, 0.03];
        }
        Plot::Praise => {
            draft.add("praise", random);
            draft.maybe("praise", 20, random);
            taught.sentiment = [0.0, 0.05, 0.95];
            if draft.maybe("question", 6, random) {
                taught.sentiment = [0.0, 0.35, 0.65];
            }
        }
        Plot::Mixed => {
            draft.add("praise", random);
            draft.parts.push("but");
            draft.add("problem", random);
            taught.note(Head::Complaint, true);
            taught.sentiment = [0.8, 0.1, 0.1];
        }
    }
    taught
}
