//! What one ticket is about: names, products, numbers and dates.
//!
//! Owns: the facts of a ticket and how they read in a sentence. Must not know: the sentences.

mod phrase;

use super::catalogue::{Catalogue, Product, Shelf};
use super::hours::{DAY, HOUR, Hours};
use super::random::Random;
use super::shop::{Customer, Shop};
use phrase::Tongue;
use std::ops::Range;

/// Orders a day: 1,800 a week.
const ORDERS_PER_DAY: i64 = 257;
/// The order number at the end of the script.
const NEWEST_ORDER: i64 = 30_600;

/// Stays the same through the whole ticket, so that an answer names what was asked about.
pub(super) struct Facts<'a> {
    customer: &'a Customer,
    cafe: &'static str,
    city: &'static str,
    order: i64,
    ordered: i64,
    promised: i64,
    due: i64,
    tracking: u64,
    count: i64,
    beans: [Product; 2],
    grinder: Product,
    machine: Product,
    gear: Product,
}

/// Where all tickets play.
pub(super) struct Stage<'a> {
    pub(super) shop: &'a Shop,
    pub(super) hours: &'a Hours,
    pub(super) catalogue: Catalogue,
    /// Indices of the customers who are neither cafés nor parts of a scene.
    pub(super) guests: Range<usize>,
}

/// The moment at which somebody writes.
pub(super) struct Moment<'a> {
    pub(super) hours: &'a Hours,
    pub(super) at: i64,
    /// Who writes or will answer, by given name.
    pub(super) agent: &'static str,
}

impl<'a> Facts<'a> {
    /// Facts of a ticket opened at `at` about an order placed `days` before.
    pub(super) fn draw(
        stage: &Stage<'a>,
        customer: &'a Customer,
        at: i64,
        days: (i64, i64),
        random: &mut Random,
    ) -> Self {
        let Stage {
            shop,
            hours,
            catalogue,
            ..
        } = stage;
        let cafe = customer
            .organization
            .map(|index| &shop.organizations[index]);
        let ordered = at - random.between(days.0 * 24, days.1 * 24).max(3) * HOUR;
        let bean = catalogue.any(Shelf::Bean, random);
        let mut other = catalogue.any(Shelf::Bean, random);
        while other.name == bean.name {
            other = catalogue.any(Shelf::Bean, random);
        }
        Self {
            customer,
            cafe: cafe.map_or("", |cafe| cafe.name),
            city: cafe.map_or("Hamburg", |cafe| cafe.city),
            order: NEWEST_ORDER - (hours.end - ordered) * ORDERS_PER_DAY / DAY,
            ordered,
            promised: at - random.between(1, 3) * DAY,
            due: at + random.between(2, 4) * DAY,
            tracking: 10_000_000 + random.next() % 90_000_000,
            count: random.between(2, 4),
            beans: [bean, other],
            grinder: catalogue.any(Shelf::Grinder, random),
            machine: catalogue.any(Shelf::Machine, random),
            gear: catalogue.any(Shelf::Gear, random),
        }
    }

    /// Whether it is written in German.
    pub(super) fn german(&self) -> bool {
        self.customer.language == "de"
    }

    /// Whether the shop says "Sie".
    pub(super) fn formal(&self) -> bool {
        self.customer.formal
    }

    /// What stands for `{name}` in a text; a name that means nothing stays as it is.
    pub(super) fn slot(&self, name: &str, moment: &Moment) -> String {
        let tongue = Tongue {
            german: self.german(),
            hours: moment.hours,
        };
        match name {
            "name" => self.customer.given.clone(),
            "full" => self.customer.name.clone(),
            "agent" => moment.agent.to_owned(),
            "cafe" => self.cafe.to_owned(),
            "city" => self.city.to_owned(),
            "order" => self.order.to_string(),
            "tracking" => format!("HP{}DE", self.tracking),
            "invoice" => format!("R-{}", self.order + 40_000),
            "serial" => format!("G2-0417-{:04}", self.tracking % 3_000),
            "count" => tongue.number(self.count),
            "more" => tongue.number(self.count + 2),
            "ordered" => tongue.date(self.ordered),
            "ordered_day" => tongue.weekday(self.ordered),
            "promised" => tongue.date(self.promised),
            "promised_day" => tongue.weekday(self.promised),
            "due" => tongue.date(self.due),
            "due_day" => tongue.weekday(self.due),
            "by" => tongue.deadline(moment.at),
            "tomorrow" => tongue.next_day(moment.at),
            "soon" => tongue.weekday(moment.hours.opening_after(moment.at, 2)),
            "later" => tongue.date(moment.hours.opening_after(moment.at, 5)),
            _ => self.product_slot(name, &tongue),
        }
    }

    fn product_slot(&self, name: &str, tongue: &Tongue) -> String {
        match name {
            "bean" => self.beans[0].name.to_owned(),
            "bean2" => self.beans[1].name.to_owned(),
            "grinder" => self.grinder.name.to_owned(),
            "machine" => self.machine.name.to_owned(),
            "gear" => self.gear.name.to_owned(),
            "bean_price" => tongue.money(self.beans[0].cents),
            "bean_low" => tongue.money(self.beans[0].cents * 85 / 100),
            "bean_gap" => tongue.money(self.beans[0].cents - self.beans[0].cents * 85 / 100),
            "bean2_price" => tongue.money(self.beans[1].cents),
            "grinder_price" => tongue.money(self.grinder.cents),
            "machine_price" => tongue.money(self.machine.cents),
            "gear_price" => tongue.money(self.gear.cents),
            unknown => format!("{{{unknown}}}"),
        }
    }
}
