//! How hurried people write.
//!
//! Owns: filling slots, handles, greetings, lower case, typing errors, loud marks. Must not know:
//! what a message means.

use super::random::Random;

const GREETINGS: &[&str] = &[
    "Hi,",
    "Hello,",
    "Hey",
    "Hi there,",
    "Dear team,",
    "Good morning,",
    "Hi guys",
];
const CLOSINGS: &[&str] = &[
    "Thanks",
    "Thanks.",
    "thx",
    "Thank you",
    "Regards",
    "Cheers",
    "Kind regards, Ana",
];

/// Knows the slots.
pub(super) struct Writer {
    slots: Vec<(String, Vec<String>)>,
}

impl Writer {
    /// Reads `name: one|two|three` lines.
    pub(super) fn new(slots: &str) -> Self {
        let slots = slots
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(':'))
            .map(|(name, words)| {
                let words = words
                    .split('|')
                    .map(|word| word.trim().to_owned())
                    .collect();
                (format!("{{{name}}}"), words)
            })
            .collect();
        Self { slots }
    }

    /// Joins fragments to a message.
    pub(super) fn write(&self, parts: &[&str], praise: bool, random: &mut Random) -> String {
        let mut text = String::new();
        if random.below(100) < 45 {
            text.push('@');
            text.push_str(&self.fill("{brand}", random));
            text.push(' ');
        } else if random.below(100) < 25 {
            text.push_str(GREETINGS[random.below(GREETINGS.len())]);
            text.push(' ');
        }
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                text.push(' ');
            }
            text.push_str(&self.fill(part, random));
            let last = part.chars().next_back().unwrap_or(' ');
            if last.is_alphanumeric() && *part != "but" && !part.starts_with('#') {
                text.push_str(mark(random));
            }
        }
        if !praise && random.below(100) < 8 {
            text.push(' ');
            text.push_str(CLOSINGS[random.below(CLOSINGS.len())]);
        }
        self.hurry(&text, random)
    }

    /// A public remark, now and then with a name before it or an address after it.
    pub(super) fn remark(&self, text: &str, random: &mut Random) -> String {
        let text = match random.below(10) {
            0 | 1 => format!("@{} {text}", self.fill("{brand}", random)),
            2 => format!("{text} https://t.co/x"),
            3 => format!("{text} @{}", self.fill("{brand}", random)),
            _ => text.to_owned(),
        };
        self.hurry(&text, random)
    }

    /// The same text as somebody in a hurry types it; often it stays as it is.
    pub(super) fn hurry(&self, text: &str, random: &mut Random) -> String {
        let text = self.fill(text, random);
        match random.below(20) {
            0..6 => text.to_lowercase(),
            6 => text.to_uppercase(),
            7..9 => text.replace('\'', ""),
            9..11 => mistype(&text, random),
            11 => text.replace('.', "!!"),
            12 => text.replace(['.', ','], ""),
            _ => text,
        }
    }

    fn fill(&self, text: &str, random: &mut Random) -> String {
        let mut text = text.to_owned();
        for (slot, words) in &self.slots {
            while text.contains(slot.as_str()) {
                text = text.replacen(slot.as_str(), &words[random.below(words.len())], 1);
            }
        }
        text
    }
}

fn mark(random: &mut Random) -> &'static str {
    ["", ".", ".", ".", "!", "...", ","][random.below(7)]
}

/// Swaps two neighbouring letters in some words.
fn mistype(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for at in 1..letters.len().saturating_sub(1) {
        let inside = letters[at].is_alphabetic() && letters[at + 1].is_alphabetic();
        if inside && random.below(30) == 0 {
            letters.swap(at, at + 1);
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_is_filled_and_the_same_seed_writes_the_same() {
        let writer = Writer::new("# words\nitem: kettle|grinder\nplace: Leeds|Oslo");
        let write = |seed| {
            let parts = ["my {item} is in {place}", "where is the {item}"];
            writer.write(&parts, false, &mut Random::new(seed))
        };
        for seed in 0..200 {
            let text = write(seed);
            assert!(
                !text.contains("{item}") && !text.contains("{place}"),
                "{text}"
            );
            assert_eq!(text, write(seed));
        }
    }
}
