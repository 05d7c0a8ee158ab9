//! Names of customers from many places, and the addresses that go with them.
//!
//! Owns: the name list. Must not know: who they are; nobody's gender is known or guessed.

use super::random::Random;

const LIST: &str = include_str!("../texts/names.txt");
/// Reserved names, so that no mail of the demo can ever reach a stranger.
const HOSTS: [&str; 7] = [
    "mail.example",
    "post.example",
    "inbox.example",
    "nordmail.example",
    "fastpost.example",
    "home.example",
    "webpost.example",
];
/// In how many of a hundred cases a family name comes from another place than the given name.
const MIXED: u32 = 14;

struct Place {
    language: &'static str,
    given: Vec<&'static str>,
    family: Vec<&'static str>,
}

pub(super) struct Names(Vec<Place>);

impl Names {
    pub(super) fn load() -> Self {
        Self(LIST.lines().map(read).collect())
    }

    /// A given and a family name; `language` is `en`, `de` or `at`.
    pub(super) fn draw(&self, language: &str, random: &mut Random) -> (&'static str, String) {
        let places: Vec<&Place> = self.0.iter().filter(|p| p.language == language).collect();
        let home = *random.pick(&places);
        let other = if random.chance(MIXED) {
            *random.pick(&places)
        } else {
            home
        };
        let given = random.pick(&home.given);
        (given, random.pick(&other.family).replace('-', " "))
    }

    /// An address for a name, perhaps one that another person of that name has already.
    pub(super) fn address(given: &str, family: &str, random: &mut Random) -> String {
        let given = plain(given);
        let family = plain(family);
        let initial = &given[..1];
        let local = match random.below(6) {
            0 => format!("{given}{family}"),
            1 => format!("{initial}.{family}"),
            2 => format!("{family}.{given}"),
            3 => format!("{given}_{family}"),
            _ => format!("{given}.{family}"),
        };
        let host = random.pick(&HOSTS);
        format!("{local}@{host}")
    }
}

fn read(line: &'static str) -> Place {
    let cells: Vec<&'static str> = line.split('|').collect();
    Place {
        language: cells[0],
        given: cells[1].split(' ').collect(),
        family: cells[2].split(' ').collect(),
    }
}

/// Letters that an address may carry everywhere.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' => plain.push(letter),
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'ş' => plain.push('s'),
            'é' | 'è' => plain.push('e'),
            _ => {}
        }
    }
    plain
}
