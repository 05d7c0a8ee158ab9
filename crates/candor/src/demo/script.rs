//! Eight weeks at the demo shop, Harbour & Pine Coffee, as a list of steps.
//!
//! Owns: who works and shops there, who writes what when, and how the team handles it.
//! Must not know: the desk, storage, files, the current time. The same plan gives the same bytes.

mod arrival;
mod cast;
mod catalogue;
mod conversation;
mod draft;
mod facts;
mod hours;
mod library;
mod names;
mod plot;
mod random;
mod scene;
mod shop;
mod step;
mod talk;
#[cfg(test)]
mod tests;

pub(crate) use shop::{Mailbox, Role, Shop};
pub(crate) use step::{Attachment, Deed, Script, Step};

use jiff::Timestamp;

/// What to write.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Another seed gives another shop; the same one gives the same.
    pub(crate) seed: u64,
    /// How many tickets are opened, hand-written ones included.
    pub(crate) tickets: usize,
    /// The last instant; the first lies eight weeks before.
    pub(crate) end: Timestamp,
}

/// Writes the eight weeks up to `plan.end`.
pub(crate) fn script(plan: &Plan) -> Script {
    let mut random = random::Random::new(plan.seed);
    let hours = hours::Hours::around(plan.end);
    let mut library = library::Library::load(&mut random);
    let mut shop = cast::shop(plan.tickets, &mut random);
    let guests = cast::first_guest(&shop)..shop.customers.len();
    let scenes = scene::load(&mut shop, plan.tickets);
    let stage = facts::Stage {
        shop: &shop,
        hours: &hours,
        catalogue: catalogue::Catalogue::load(),
        guests,
    };
    let mut steps = Vec::new();
    for (ticket, scene) in scenes.iter().enumerate() {
        steps.extend(scene::play(scene, ticket, &stage, &mut random));
    }
    let ordinary = plan.tickets - scenes.len();
    let cases = plot::cases(ordinary, &stage, &library, &mut random);
    for (index, case) in cases.iter().enumerate() {
        let mut talk = talk::Talk::begin(case, &stage, &mut library, &mut random);
        conversation::play(case, &mut talk);
        steps.extend(talk.steps(scenes.len() + index));
    }
    steps.sort_by_key(|step| step.at); // stable: a ticket's own order stays
    step::number_by_opening(&mut steps, plan.tickets);
    Script { shop, steps }
}
