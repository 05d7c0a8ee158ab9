//! The shop: its people and its customers.
//!
//! Owns: the nouns of the cast. Must not know: how they are made up, tickets.

/// The rule of `Europe/Berlin` since 1996, written out so that no zone file is read.
pub const SHOP_ZONE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// Everything that exists before the first customer writes.
#[derive(Debug, Clone)]
pub struct Shop {
    /// What customers read.
    pub brand: &'static str,
    /// Zone of the shop by IANA name.
    pub zone: &'static str,
    /// Addresses; the first one is the usual one.
    pub mailboxes: Vec<Mailbox>,
    /// Teams in the order of `Team`.
    pub teams: Vec<&'static str>,
    /// Staff; steps name them by their index.
    pub people: Vec<Person>,
    /// Classes of customers, the most important first, in the order of `Tier`.
    pub tiers: Vec<&'static str>,
    /// The cafés that buy wholesale.
    pub organizations: Vec<Organization>,
    /// Whoever writes; steps name them by their index.
    pub customers: Vec<Customer>,
}

/// An address that takes mail in.
#[derive(Debug, Clone)]
pub struct Mailbox {
    /// The address.
    pub address: &'static str,
    /// What staff call it.
    pub name: &'static str,
    /// The team that new tickets go to.
    pub team: Team,
}

/// A group that tickets are given to; the value is the index in `Shop::teams`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Team {
    /// Answers most of it.
    Support = 0,
    /// Packs, sends, takes back.
    Warehouse = 1,
    /// Invoices and refunds.
    Billing = 2,
    /// The shop's pages, codes and articles.
    Marketing = 3,
}

/// A set of grants, by the name that the desk gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Owner,
    /// Everything but the settings that only an owner may change.
    Lead,
    /// Works on tickets.
    Agent,
}

/// Somebody who works here.
#[derive(Debug, Clone)]
pub struct Person {
    /// As they are called, in full.
    pub name: &'static str,
    /// What colleagues and customers call them.
    pub given: &'static str,
    /// What they log in with.
    pub email: &'static str,
    /// Their set of grants.
    pub role: Role,
    /// Their teams.
    pub teams: &'static [Team],
    /// `en` or `de`.
    pub language: &'static str,
}

/// A class of customers; the value is the index in `Shop::tiers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Cafés.
    Wholesale = 0,
    /// Members for 39 euros a year.
    Club = 1,
    /// Everybody else.
    Guest = 2,
}

/// A café.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub city: &'static str,
}

/// Somebody who writes to the shop.
#[derive(Debug, Clone)]
pub struct Customer {
    /// As they write it themselves.
    pub name: String,
    /// What they are called in a letter.
    pub given: String,
    /// Their address.
    pub email: String,
    /// `en` or `de`.
    pub language: &'static str,
    /// Their class.
    pub tier: Tier,
    /// Index of their café.
    pub organization: Option<usize>,
    /// Whether the shop says "Sie".
    pub(super) formal: bool,
    /// Whether their parcels go to Austria.
    pub(super) austria: bool,
    /// How they type.
    pub(super) hand: Hand,
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
