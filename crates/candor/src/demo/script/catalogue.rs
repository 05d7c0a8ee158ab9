//! What the shop sells: 60 products with prices.
//!
//! Owns: the product list. Must not know: tickets, stock.

use super::random::Random;

const LIST: &str = include_str!("../texts/catalogue.txt");

/// A shelf of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    Bean,
    Grinder,
    Machine,
    Gear,
    /// Sold, but no text speaks of it by a slot.
    Other,
}

/// Something that the shop sells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Product {
    pub(super) shelf: Shelf,
    pub(super) name: &'static str,
    pub(super) cents: u32,
}

pub(super) struct Catalogue(Vec<Product>);

impl Catalogue {
    pub(super) fn load() -> Self {
        Self(LIST.lines().map(read).collect())
    }

    pub(super) fn any(&self, wanted: Shelf, random: &mut Random) -> Product {
        let choice: Vec<&Product> = self.0.iter().filter(|p| p.shelf == wanted).collect();
        **random.pick(&choice)
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

fn read(line: &'static str) -> Product {
    let mut cells = line.split('|');
    let mut cell = || cells.next().expect("the product list has three columns");
    let shelf = match cell() {
        "bean" => Shelf::Bean,
        "grinder" => Shelf::Grinder,
        "machine" => Shelf::Machine,
        "gear" => Shelf::Gear,
        _ => Shelf::Other,
    };
    let name = cell();
    let cents = cell().parse().expect("prices are whole cents");
    Product { shelf, name, cents }
}
