//! How a customer's mail begins and ends.
//!
//! Owns: greetings, names below, pictures beside. Must not know: what happens next.

use super::Talk;
use crate::demo::script::draft;
use crate::demo::script::library::{COMMON, Section};
use crate::demo::script::step::Attachment;
use candor_domain::ticket::Status;

/// In how many of a hundred mails something else goes below.
const ASIDES: u32 = 9;
/// In how many of a hundred mails the customer greets, and signs.
const GREETS: u32 = 78;
const SIGNS: u32 = 84;

macro_rules! picture {
    ($name:literal) => {
        Attachment {
            file_name: $name,
            media_type: "image/png",
            bytes: include_bytes!(concat!("../../texts/pictures/", $name)),
        }
    };
}

const PICTURES: [(&str, Attachment); 4] = [
    ("box", picture!("open-box.png")),
    ("grinder", picture!("grinder.png")),
    ("cup", picture!("broken-cup.png")),
    ("receipt", picture!("receipt.png")),
];

/// The picture of a name that stands in a text's mark.
pub(in crate::demo::script) fn attachment(name: &str) -> Option<Attachment> {
    PICTURES
        .iter()
        .find(|picture| picture.0 == name)
        .map(|picture| picture.1)
}

impl Talk<'_> {
    /// The whole first mail around a text.
    pub(super) fn letter(&mut self, text: &str) -> String {
        let mut parts = Vec::new();
        if self.case.spam {
            parts.push(self.write(text));
            return parts.join("");
        }
        if self.random.chance(GREETS) {
            parts.extend(self.common(Section::Hello));
        }
        let mut body = self.write(text);
        if self.opening.times > 0
            && let Some(lead) = self.common(Section::Lead)
        {
            body = format!("{lead} {body}");
        }
        if !parts.is_empty() && self.facts.german() {
            draft::go_on(&mut body);
        }
        parts.push(body);
        if self.random.chance(ASIDES) && self.situation().tags.first() != Some(&"thanks") {
            parts.extend(self.common(Section::Aside));
        }
        if self.random.chance(SIGNS) {
            parts.extend(self.common(Section::Bye));
        }
        self.typed(parts.join("\n\n"))
    }

    /// A later mail: people greet less once they talk.
    pub(super) fn note_of_customer(&mut self, text: &str) -> String {
        let mut body = String::new();
        if self.status != Status::New && self.random.chance(45) {
            let agent = self.stage.shop.people[self.person].given;
            let greeting = if self.facts.german() { "Hallo" } else { "Hi" };
            body = format!("{greeting} {agent},\n\n");
        }
        let mut rest = self.write(text);
        if !body.is_empty() && self.facts.german() {
            draft::go_on(&mut rest);
        }
        body.push_str(&rest);
        if self.random.chance(60) {
            body.push_str("\n\n");
            body.push_str(&self.customer().given);
        }
        self.typed(body)
    }

    pub(super) fn letter_line(&mut self, text: &str) -> String {
        let line = self.write(text);
        self.typed(line)
    }

    fn common(&mut self, section: Section) -> Option<String> {
        let entry = self.deal(COMMON, section)?;
        Some(self.write(entry.text))
    }

    fn typed(&mut self, text: String) -> String {
        let hand = self.customer().hand;
        draft::typed(text, hand, self.random)
    }
}
