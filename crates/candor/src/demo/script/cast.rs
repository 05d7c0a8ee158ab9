//! Who works and shops at Harbour & Pine Coffee.
//!
//! Owns: the eight people, the cafés, the customers, who is on duty. Must not know: tickets.

mod crowd;

pub(super) use crowd::SENDERS;

use super::random::Random;
use super::shop::{Mailbox, Organization, Person, Role, Shop, Team};
use crowd::Crowd;

const CAFES: &str = include_str!("../texts/cafes.txt");

/// Indices of `PEOPLE`.
pub(super) const MARA: usize = 0;
pub(super) const JONAS: usize = 1;
pub(super) const AYLA: usize = 2;
pub(super) const BEN: usize = 3;
pub(super) const CHIARA: usize = 4;
pub(super) const DENIZ: usize = 5;
pub(super) const EMIL: usize = 6;
pub(super) const FATOU: usize = 7;

/// Name, address, role, teams.
type Row = (&'static str, &'static str, Role, &'static [Team]);

#[rustfmt::skip] // a table reads better as one
const PEOPLE: [Row; 8] = [
    ("Mara Petersen", "mara@harbour-pine.example", Role::Owner, &[Team::Billing]),
    ("Jonas Lindqvist", "jonas@harbour-pine.example", Role::Lead, &[Team::Support]),
    ("Ayla Demir", "ayla@harbour-pine.example", Role::Agent, &[Team::Support]),
    ("Ben Whitaker", "ben@harbour-pine.example", Role::Agent, &[Team::Support]),
    ("Chiara Rossi", "chiara@harbour-pine.example", Role::Agent, &[Team::Support, Team::Billing]),
    ("Deniz Yılmaz", "deniz@harbour-pine.example", Role::Agent, &[Team::Support]),
    ("Emil Novák", "emil@harbour-pine.example", Role::Agent, &[Team::Warehouse]),
    ("Fatou Diallo", "fatou@harbour-pine.example", Role::Agent, &[Team::Marketing]),
];

/// Customers a hundred tickets come from: some write more than once.
const CUSTOMERS_PER_HUNDRED: usize = 70;
/// The shop without anybody who wrote yet, then `tickets`' worth of customers.
pub(super) fn shop(tickets: usize, random: &mut Random) -> Shop {
    let organizations: Vec<Organization> = CAFES
        .lines()
        .filter_map(|line| line.split_once('|'))
        .map(|(name, city)| Organization { name, city })
        .collect();
    let mut customers = Crowd::empty();
    for (cafe, organization) in organizations.iter().enumerate() {
        customers.add_cafe(cafe, organization.name, random);
    }
    customers.add_senders();
    for _ in 0..(tickets * CUSTOMERS_PER_HUNDRED / 100).max(60) {
        customers.add_guest(random);
    }
    Shop {
        brand: "Harbour & Pine Coffee",
        zone: "Europe/Berlin",
        mailboxes: mailboxes(),
        teams: Team::NAMES.to_vec(),
        people: people(),
        tiers: vec!["Wholesale", "Club", "Guest"],
        organizations,
        customers: customers.list,
    }
}

/// Where the customers begin who are neither cafés nor senders of what nobody wants.
pub(super) fn first_guest(shop: &Shop) -> usize {
    shop.organizations.len() + SENDERS.len()
}

fn mailboxes() -> Vec<Mailbox> {
    vec![
        Mailbox {
            address: "help@harbour-pine.example",
            name: "Help",
            team: Team::Support,
        },
        Mailbox {
            address: "wholesale@harbour-pine.example",
            name: "Wholesale",
            team: Team::Support,
        },
    ]
}

fn people() -> Vec<Person> {
    PEOPLE
        .iter()
        .map(|&(name, email, role, teams)| Person {
            name,
            given: name.split(' ').next().unwrap_or(name),
            email,
            role,
            teams,
        })
        .collect()
}

/// The index of somebody by what they are called.
pub(super) fn index_of(given: &str) -> usize {
    people()
        .iter()
        .position(|person| person.given == given)
        .expect("scenes name people who work here, as a test shows")
}

/// Who takes a ticket of a team, drawn by who does how much of it.
pub(super) fn on_duty(team: Team, random: &mut Random) -> usize {
    let shares: &[(usize, u32)] = match team {
        Team::Support => &[(AYLA, 31), (BEN, 22), (CHIARA, 20), (DENIZ, 18), (JONAS, 9)],
        Team::Warehouse => &[(EMIL, 30), (AYLA, 25), (BEN, 18), (DENIZ, 17), (CHIARA, 10)],
        Team::Billing => &[(CHIARA, 58), (MARA, 14), (JONAS, 12), (AYLA, 16)],
        Team::Marketing => &[(FATOU, 62), (AYLA, 20), (DENIZ, 18)],
    };
    let weights: Vec<u32> = shares.iter().map(|share| share.1).collect();
    shares[random.weighted(&weights)].0
}
