//! Who works and shops at Harbour & Pine Coffee.
//!
//! Owns: the eight people, the cafés, the customers, who is on duty. Must not know: tickets.

use super::names::Names;
use super::random::Random;
use super::shop::{Customer, Hand, Mailbox, Organization, Person, Role, Shop, Team, Tier};
use std::collections::HashMap;

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

/// Customers a hundred tickets come from: some write more than once.
const CUSTOMERS_PER_HUNDRED: usize = 70;
/// Of a hundred customers that are no café, how many are in the Club (24 of all 94).
const CLUB: u32 = 26;
/// Senders of what nobody wants; they stand after the cafés.
pub(super) const SENDERS: [(&str, &str); 8] = [
    ("SEO Growth Desk", "grow@rank-first.example"),
    ("Partner Offers", "deals@partner-offers.example"),
    ("Crypto Yield Team", "invest@yield-daily.example"),
    ("Account Service", "notice@secure-verify.example"),
    ("Kevin from Leadscale", "kevin@leadscale.example"),
    ("Prize Department", "winner@prize-department.example"),
    ("Best Toner Direct", "sales@toner-direct.example"),
    ("Web Audit Bot", "audit@site-checker.example"),
];
const GERMAN: u32 = 14;
const AUSTRIAN: u32 = 4;

const fn person(
    name: (&'static str, &'static str),
    email: &'static str,
    role: Role,
    teams: &'static [Team],
) -> Person {
    Person {
        name: name.1,
        given: name.0,
        email,
        role,
        teams,
    }
}

/// The shop without anybody who wrote yet, then `tickets`' worth of customers.
pub(super) fn shop(tickets: usize, random: &mut Random) -> Shop {
    let organizations: Vec<Organization> = CAFES
        .lines()
        .filter_map(|line| line.split_once('|'))
        .map(|(name, city)| Organization { name, city })
        .collect();
    let mut customers = Crowd {
        list: Vec::new(),
        seen: HashMap::new(),
        names: Names::load(),
    };
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
        teams: vec!["Support", "Warehouse", "Billing", "Marketing"],
        people: people(),
        tiers: vec!["Wholesale", "Club", "Guest"],
        organizations,
        customers: customers.list,
    }
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
    use Role::{Agent, Lead, Owner};
    use Team::{Billing, Marketing, Support, Warehouse};
    vec![
        person(
            ("Mara", "Mara Petersen"),
            "mara@harbour-pine.example",
            Owner,
            &[Billing],
        ),
        person(
            ("Jonas", "Jonas Lindqvist"),
            "jonas@harbour-pine.example",
            Lead,
            &[Support],
        ),
        person(
            ("Ayla", "Ayla Demir"),
            "ayla@harbour-pine.example",
            Agent,
            &[Support],
        ),
        person(
            ("Ben", "Ben Whitaker"),
            "ben@harbour-pine.example",
            Agent,
            &[Support],
        ),
        person(
            ("Chiara", "Chiara Rossi"),
            "chiara@harbour-pine.example",
            Agent,
            &[Support, Billing],
        ),
        person(
            ("Deniz", "Deniz Yılmaz"),
            "deniz@harbour-pine.example",
            Agent,
            &[Support],
        ),
        person(
            ("Emil", "Emil Novák"),
            "emil@harbour-pine.example",
            Agent,
            &[Warehouse],
        ),
        person(
            ("Fatou", "Fatou Diallo"),
            "fatou@harbour-pine.example",
            Agent,
            &[Marketing],
        ),
    ]
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

struct Crowd {
    list: Vec<Customer>,
    /// How often an address was given before.
    seen: HashMap<String, usize>,
    names: Names,
}

impl Crowd {
    fn add_senders(&mut self) {
        self.list.extend(SENDERS.map(|(name, email)| Customer {
            name: name.to_owned(),
            given: name.to_owned(),
            email: email.to_owned(),
            language: "en",
            tier: Tier::Guest,
            organization: None,
            formal: false,
            austria: false,
            hand: Hand::Tidy,
        }));
    }

    fn add_guest(&mut self, random: &mut Random) {
        let austria = random.chance(AUSTRIAN);
        let german = austria || random.chance(GERMAN);
        let place = match (austria, german) {
            (true, _) => "at",
            (_, true) => "de",
            _ => "en",
        };
        let (given, family) = self.names.draw(place, random);
        let draft = Names::address(given, &family, random);
        let number = self.seen.entry(draft.clone()).or_insert(0);
        *number += 1;
        let email = match *number {
            1 => draft,
            again => draft.replace('@', &format!("{again}@")),
        };
        let tier = if random.chance(CLUB) {
            Tier::Club
        } else {
            Tier::Guest
        };
        let hand = [Hand::Tidy, Hand::Lower, Hand::Hasty][random.weighted(&[82, 9, 9])];
        self.list.push(Customer {
            name: format!("{given} {family}"),
            given: given.to_owned(),
            email,
            language: if german { "de" } else { "en" },
            tier,
            organization: None,
            formal: random.chance(50),
            austria,
            hand,
        });
    }

    fn add_cafe(&mut self, cafe: usize, name: &str, random: &mut Random) {
        let german = random.chance(GERMAN + 8);
        let (given, family) = self.names.draw(if german { "de" } else { "en" }, random);
        let host: String = name
            .to_lowercase()
            .chars()
            .filter_map(|letter| match letter {
                'a'..='z' | '0'..='9' => Some(letter),
                'é' => Some('e'),
                'ä' => Some('a'),
                'ö' => Some('o'),
                'ü' => Some('u'),
                ' ' => Some('-'),
                _ => None,
            })
            .collect();
        let desk = *random.pick(&["order", "hello", "kitchen", "office"]);
        self.list.push(Customer {
            name: format!("{given} {family}"),
            given: given.to_owned(),
            email: format!("{desk}@{}.example", host.replace("--", "-")),
            language: if german { "de" } else { "en" },
            tier: Tier::Wholesale,
            organization: Some(cafe),
            formal: random.chance(25),
            austria: name == "Café Amsel",
            hand: if random.chance(12) {
                Hand::Lower
            } else {
                Hand::Tidy
            },
        });
    }
}
