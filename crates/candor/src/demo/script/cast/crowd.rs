//! Whoever writes to the shop: cafés, guests and those whom nobody asked.
//!
//! Owns: making them up. Must not know: tickets.

use crate::demo::script::names::Names;
use crate::demo::script::random::Random;
use crate::demo::script::shop::{Customer, Hand, Tier};
use std::collections::HashMap;

/// Of a hundred customers that are no café, how many are in the Club (24 of all 94).
const CLUB: u32 = 26;
/// Of a hundred guests, and of a hundred cafés, how many write German.
const GERMAN: u32 = 14;
const GERMAN_CAFES: u32 = 22;
const AUSTRIAN: u32 = 4;
/// Senders of what nobody wants; they stand after the cafés.
pub(in crate::demo::script) const SENDERS: [(&str, &str); 8] = [
    ("SEO Growth Desk", "grow@rank-first.example"),
    ("Partner Offers", "deals@partner-offers.example"),
    ("Crypto Yield Team", "invest@yield-daily.example"),
    ("Account Service", "notice@secure-verify.example"),
    ("Kevin from Leadscale", "kevin@leadscale.example"),
    ("Prize Department", "winner@prize-department.example"),
    ("Best Toner Direct", "sales@toner-direct.example"),
    ("Web Audit Bot", "audit@site-checker.example"),
];

pub(super) struct Crowd {
    pub(super) list: Vec<Customer>,
    /// How often an address was given before.
    seen: HashMap<String, usize>,
    names: Names,
}

impl Crowd {
    pub(super) fn empty() -> Self {
        Self {
            list: Vec::new(),
            seen: HashMap::new(),
            names: Names::load(),
        }
    }

    pub(super) fn add_senders(&mut self) {
        let senders = SENDERS.map(|(name, email)| Customer::new(name, name, email.to_owned()));
        self.list.extend(senders);
    }

    pub(super) fn add_guest(&mut self, random: &mut Random) {
        let austria = random.chance(AUSTRIAN);
        let german = austria || random.chance(GERMAN);
        let place = match (austria, german) {
            (true, _) => "at",
            (_, true) => "de",
            _ => "en",
        };
        let (given, family) = self.names.draw(place, random);
        let email = self.unique(Names::address(given, &family, random));
        let mut customer = Customer::new(&format!("{given} {family}"), given, email);
        if random.chance(CLUB) {
            customer.tier = Tier::Club;
        }
        if german {
            customer.language = "de";
        }
        customer.formal = random.chance(50);
        customer.austria = austria;
        customer.hand = [Hand::Tidy, Hand::Lower, Hand::Hasty][random.weighted(&[82, 9, 9])];
        self.list.push(customer);
    }

    pub(super) fn add_cafe(&mut self, cafe: usize, name: &str, random: &mut Random) {
        let german = random.chance(GERMAN_CAFES);
        let place = if german { "de" } else { "en" };
        let (given, family) = self.names.draw(place, random);
        let desk = random.pick(&["order", "hello", "kitchen", "office"]);
        let email = format!("{desk}@{}.example", host(name));
        let mut customer = Customer::new(&format!("{given} {family}"), given, email);
        customer.tier = Tier::Wholesale;
        customer.organization = Some(cafe);
        customer.language = place;
        customer.formal = random.chance(25);
        if random.chance(12) {
            customer.hand = Hand::Lower;
        }
        self.list.push(customer);
    }

    /// The address, with a number where somebody has it already.
    fn unique(&mut self, address: String) -> String {
        let times = self.seen.entry(address.clone()).or_insert(0);
        *times += 1;
        match *times {
            1 => address,
            again => address.replace('@', &format!("{again}@")),
        }
    }
}

/// A café's name as the host of its address.
fn host(name: &str) -> String {
    let letters = name.to_lowercase();
    let host: String = letters
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
    host.replace("--", "-")
}
