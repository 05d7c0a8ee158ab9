//! The shop's written texts, by situation and language.
//!
//! Owns: reading the text files and dealing their entries like cards, so that an entry comes
//! back only when all others that fit were used. Must not know: who says them when.
//! The form of the files is described in `demo/texts/README.md`.

mod read;
mod thread;

pub(super) use thread::Thread;

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

/// The most keys that one entry has.
const MARKS: usize = 8;

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
    /// Comes before a text that another customer wrote already.
    Lead,
    /// A subject line that always fits.
    Title,
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

const SECTIONS: [(&str, Section); 16] = [
    ("ask", Section::Ask),
    ("reply", Section::Reply),
    ("turn", Section::Turn),
    ("again", Section::Again),
    ("note", Section::Note),
    ("mass", Section::Mass),
    ("thanks", Section::Thanks),
    ("chase", Section::Chase),
    ("hello", Section::Hello),
    ("lead", Section::Lead),
    ("title", Section::Title),
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
    /// Signs and keys that say what it fits.
    pub(super) marks: [&'static str; MARKS],
    /// The customer cannot wait.
    pub(super) urgent: bool,
    /// The customer is not content.
    pub(super) complaint: bool,
    /// Only a Club member writes this.
    pub(super) club: bool,
    /// How often somebody said it already.
    pub(super) times: u32,
    /// The picture that goes with it.
    pub(super) picture: Option<&'static str>,
}

/// Entries of one section and language, each with how often it was dealt.
#[derive(Debug, Default)]
pub(super) struct Pile {
    pub(super) entries: Vec<(u32, Entry)>,
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
        for pile in situations
            .iter_mut()
            .flat_map(|s| s.piles.iter_mut().flatten())
        {
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

    #[cfg(test)]
    pub(super) fn pile(&self, situation: usize, section: Section, german: bool) -> &Pile {
        &self.situations[situation].piles[section as usize][usize::from(german)]
    }

    /// Deals one of the entries that fit and were dealt least. What only Club members write is
    /// kept for them.
    pub(super) fn deal(
        &mut self,
        situation: usize,
        (section, german): (Section, bool),
        thread: &mut Thread,
        club: bool,
    ) -> Option<Entry> {
        let pile = &mut self.situations[situation].piles[section as usize][usize::from(german)];
        let (dealt, entry) = pile
            .entries
            .iter_mut()
            .filter(|(_, entry)| (club || !entry.club) && thread.admits(entry, section))
            .min_by_key(|(dealt, _)| *dealt)?;
        let times = *dealt;
        *dealt += 1;
        thread.say(entry, section);
        Some(Entry { times, ..*entry })
    }
}
