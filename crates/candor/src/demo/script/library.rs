//! The shop's written texts, by situation and language.
//!
//! Owns: reading the text files and dealing their entries like cards, so that an entry comes
//! back only when all others of its pile were used. Must not know: who says them when.
//! The form of the files is described in `demo/texts/README.md`.

mod read;

use super::random::Random;
use super::shop::Team;
use candor_domain::ticket::Kind;

const FILES: [&str; 9] = [
    include_str!("../texts/common.md"),
    include_str!("../texts/delivery.md"),
    include_str!("../texts/damage.md"),
    include_str!("../texts/returns.md"),
    include_str!("../texts/product.md"),
    include_str!("../texts/money.md"),
    include_str!("../texts/subscription.md"),
    include_str!("../texts/voices.md"),
    include_str!("../texts/wholesale.md"),
];

/// The situation that stands first and holds what fits everywhere.
pub(super) const COMMON: usize = 0;

/// What customers write about, with its share in a hundred.
pub(super) const REASONS: [(&str, u32); 9] = [
    ("wismo", 28),
    ("damaged", 11),
    ("returns", 14),
    ("brewing", 17),
    ("price", 9),
    ("invoice", 6),
    ("subscription", 7),
    ("complaint", 5),
    ("other", 3),
];

/// What an entry is for; the names stand in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Opens a ticket.
    Ask,
    /// The first answer.
    Reply,
    /// The customer asks on, staff answer.
    Turn,
    /// The customer comes back after it was solved, staff answer.
    Again,
    /// Among staff.
    Note,
    /// One answer to many tickets.
    Mass,
    /// The customer is content.
    Thanks,
    /// The customer asks for news before any answer.
    Chase,
    /// Begins a customer's mail.
    Hello,
    /// Ends a customer's mail.
    Bye,
    /// Goes below a customer's mail.
    Aside,
    /// A short answer that could be better.
    Curt,
    /// A broken template was sent; the customer wonders, staff answer.
    Macro,
    /// Nobody wants this.
    Spam,
}

const SECTIONS: [(&str, Section); 14] = [
    ("ask", Section::Ask),
    ("reply", Section::Reply),
    ("turn", Section::Turn),
    ("again", Section::Again),
    ("note", Section::Note),
    ("mass", Section::Mass),
    ("thanks", Section::Thanks),
    ("chase", Section::Chase),
    ("hello", Section::Hello),
    ("bye", Section::Bye),
    ("aside", Section::Aside),
    ("curt", Section::Curt),
    ("macro", Section::Macro),
    ("spam", Section::Spam),
];

/// One text, or a customer's text with the answer to it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub(super) subject: &'static str,
    pub(super) text: &'static str,
    pub(super) answer: &'static str,
    /// The customer cannot wait.
    pub(super) urgent: bool,
    /// The customer is not content.
    pub(super) complaint: bool,
    /// Only a Club member writes this.
    pub(super) club: bool,
    /// The picture that goes with it.
    pub(super) picture: Option<&'static str>,
}

/// Entries of one section and language.
#[derive(Debug, Default)]
pub(super) struct Pile {
    pub(super) entries: Vec<Entry>,
    dealt: usize,
}

/// Who writes about a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    Retail,
    Wholesale,
    /// Only a story of the plot uses it.
    Story,
}

/// Something that happens to customers, with everything that is said about it.
#[derive(Debug)]
pub(super) struct Situation {
    pub(super) id: &'static str,
    pub(super) reasons: Vec<usize>,
    /// How often, beside the others of its reason.
    share: u32,
    pub(super) audience: Audience,
    pub(super) team: Team,
    pub(super) kind: Kind,
    pub(super) tags: Vec<&'static str>,
    /// Of a hundred, how many are urgent and how many normal; the others can wait.
    pub(super) urgent: u32,
    pub(super) normal: u32,
    /// How many days before the mail the order was placed.
    pub(super) ordered: (i64, i64),
    piles: Vec<[Pile; 2]>,
}

pub(super) struct Library {
    pub(super) situations: Vec<Situation>,
}

impl Library {
    pub(super) fn load(random: &mut Random) -> Self {
        let mut situations: Vec<Situation> = FILES.into_iter().flat_map(read::situations).collect();
        for pile in situations.iter_mut().flat_map(|s| s.piles.iter_mut().flatten()) {
            random.shuffle(&mut pile.entries);
        }
        Self { situations }
    }

    /// The place of a situation that a story names.
    pub(super) fn find(&self, id: &str) -> usize {
        self.situations
            .iter()
            .position(|situation| situation.id == id)
            .expect("stories name situations that exist, as a test shows")
    }

    /// One of the situations of a reason.
    pub(super) fn choose(&self, reason: usize, audience: Audience, random: &mut Random) -> usize {
        let fits = |s: &Situation| s.audience == audience && s.reasons.contains(&reason);
        let weights: Vec<u32> = self
            .situations
            .iter()
            .map(|situation| if fits(situation) { situation.share } else { 0 })
            .collect();
        random.weighted(&weights)
    }

    pub(super) fn pile(&self, situation: usize, section: Section, german: bool) -> &Pile {
        &self.situations[situation].piles[section as usize][usize::from(german)]
    }

    /// Deals the next entry. Entries for Club members are passed over for others.
    pub(super) fn deal(&mut self, situation: usize, key: (Section, bool), club: bool) -> Option<Entry> {
        let (section, german) = key;
        let pile = &mut self.situations[situation].piles[section as usize][usize::from(german)];
        for _ in 0..pile.entries.len() {
            let entry = pile.entries[pile.dealt % pile.entries.len()];
            pile.dealt += 1;
            if club || !entry.club {
                return Some(entry);
            }
        }
        None
    }
}
