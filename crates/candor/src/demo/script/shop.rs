//! The shop: its people and its customers.
//!
//! Owns: the nouns of the cast. Must not know: how they are made up, tickets.

/// The rule of `Europe/Berlin` since 1996, written out so that no zone file is read.
pub(crate) const SHOP_ZONE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// Everything that exists before the first customer writes.
#[derive(Debug, Clone)]
pub(crate) struct Shop {
    /// What customers read.
    pub(crate) brand: &'static str,
    /// Zone of the shop by IANA name.
    pub(crate) zone: &'static str,
    /// Addresses; the first one is the usual one.
    pub(crate) mailboxes: Vec<Mailbox>,
    /// Teams in the order of `Team`.
    pub(crate) teams: Vec<&'static str>,
    /// Staff; steps name them by their index.
    pub(crate) people: Vec<Person>,
    /// Classes of customers, the most important first, in the order of `Tier`.
    pub(crate) tiers: Vec<&'static str>,
    /// The cafés that buy wholesale.
    pub(crate) organizations: Vec<Organization>,
    /// Whoever writes; steps name them by their index.
    pub(crate) customers: Vec<Customer>,
}

/// An address that takes mail in.
#[derive(Debug, Clone)]
pub(crate) struct Mailbox {
    /// The address.
    pub(crate) address: &'static str,
    /// What staff call it.
    pub(crate) name: &'static str,
    /// The team that new tickets go to.
    pub(crate) team: Team,
}

/// A group that tickets are given to; the value is the index in `Shop::teams`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Team {
    /// Answers most of it.
    Support = 0,
    /// Packs, sends, takes back.
    Warehouse = 1,
    /// Invoices and refunds.
    Billing = 2,
    /// The shop's pages, codes and articles.
    Marketing = 3,
}

impl Team {
    /// All of them, by the names that the desk shows.
    pub(super) const NAMES: [&str; 4] = ["Support", "Warehouse", "Billing", "Marketing"];

    /// The team that a text names; Support where it names none.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "Warehouse" => Self::Warehouse,
            "Billing" => Self::Billing,
            "Marketing" => Self::Marketing,
            _ => Self::Support,
        }
    }
}

/// A set of grants, by the name that the desk gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Everything.
    Owner,
    /// Everything but the settings that only an owner may change.
    Lead,
    /// Works on tickets.
    Agent,
}

/// Somebody who works here.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// As they are called, in full.
    pub(crate) name: &'static str,
    /// What colleagues and customers call them.
    pub(crate) given: &'static str,
    /// What they log in with.
    pub(crate) email: &'static str,
    /// Their set of grants.
    pub(crate) role: Role,
    /// Their teams.
    pub(crate) teams: &'static [Team],
}

/// A class of customers; the value is the index in `Shop::tiers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Cafés.
    Wholesale = 0,
    /// Members for 39 euros a year.
    Club = 1,
    /// Everybody else.
    Guest = 2,
}

/// A café.
#[derive(Debug, Clone)]
pub(crate) struct Organization {
    /// Its name.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) city: &'static str,
}

/// Somebody who writes to the shop.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    /// As they write it themselves.
    pub(crate) name: String,
    /// What they are called in a letter.
    pub(crate) given: String,
    /// Their address.
    pub(crate) email: String,
    /// `en` or `de`.
    pub(crate) language: &'static str,
    /// Their class.
    pub(crate) tier: Tier,
    /// Index of their café.
    pub(crate) organization: Option<usize>,
    /// Whether the shop says "Sie".
    pub(super) formal: bool,
    /// Whether their parcels go to Austria.
    pub(super) austria: bool,
    /// How they type.
    pub(super) hand: Hand,
}

impl Customer {
    /// A guest who writes English and types tidily.
    pub(super) fn new(name: &str, given: &str, email: String) -> Self {
        Self {
            name: name.to_owned(),
            given: given.to_owned(),
            email,
            language: "en",
            tier: Tier::Guest,
            organization: None,
            formal: false,
            austria: false,
            hand: Hand::Tidy,
        }
    }
}

/// How somebody types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// As in a letter.
    Tidy,
    /// Without capitals.
    Lower,
    /// With slips of the finger.
    Hasty,
}
