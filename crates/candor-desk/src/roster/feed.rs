//! One's own shifts at an address to subscribe to.
//!
//! Owns: making the address, switching it off, what it shows. Must not know: HTTP.
//!
//! The address holds a secret instead of a login, because calendar programs have none. It shows the
//! shifts of one person and nothing else; the desk keeps its hash, so it is read once, when it is
//! made.

use super::file::MyShiftsFile;
use crate::auth::{Purpose, Secret};
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::people::{access_of_person, staff_only, visible_person};
use candor_domain::actor::Actor;
use candor_domain::id::PersonId;
use candor_domain::record::Salted;
use candor_store::Tx;
use jiff::Timestamp;
use serde_json::json;

/// Makes the actor's address; the one before leads nowhere from then on.
pub struct MakeShiftFeed {
    /// The secret in it, drawn before.
    pub secret: Secret,
}

impl Verb for MakeShiftFeed {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        staff_only(cx)?;
        let person = cx.access()?.person;
        tx.keep_shift_feed(person, &self.secret.hash(Purpose::ShiftFeed), cx.now())?;
        record_feed(tx, cx, person, "person.shift_feed_made")
    }
}

/// Switches the actor's address off. Without one nothing happens.
#[derive(Debug, Clone, Copy)]
pub struct EndShiftFeed;

impl Verb for EndShiftFeed {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        staff_only(cx)?;
        let person = cx.access()?.person;
        if tx.shift_feed_since(person)?.is_none() {
            return Ok(());
        }
        tx.drop_shift_feed(person)?;
        record_feed(tx, cx, person, "person.shift_feed_ended")
    }
}

fn record_feed(
    tx: &mut Tx<'_>,
    cx: &Cx,
    person: PersonId,
    kind: &'static str,
) -> Result<(), DeskError> {
    let (person, salt) = visible_person(tx, person)?;
    let row = Salted {
        noun: &person,
        salt: &salt,
    };
    record(tx, cx, kind, json!({}), &[&row])
}

/// Asks since when the actor has an address.
#[derive(Debug, Clone, Copy)]
pub struct MyShiftFeed;

impl Query for MyShiftFeed {
    type Output = Option<Timestamp>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Timestamp>, DeskError> {
        staff_only(cx)?;
        Ok(tx.shift_feed_since(cx.access()?.person)?)
    }
}

/// Asks for the shifts at an address, as iCalendar; for whoever holds its secret.
pub struct ShiftFeed {
    /// The secret.
    pub secret: Secret,
}

impl Query for ShiftFeed {
    type Output = String;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<String, DeskError> {
        let nothing = DeskError::NotFound("calendar");
        let hash = self.secret.hash(Purpose::ShiftFeed);
        let Some(person) = tx.shift_feed_of(&hash)? else {
            return Err(nothing);
        };
        let person = tx.person(person)?.ok_or(DeskError::NotFound("person"))?;
        // Whoever left reads nothing any more.
        let access = access_of_person(tx, &person)?.ok_or(nothing)?;
        let theirs = cx.at(Actor::Person(access), cx.now(), 0);
        MyShiftsFile.read(tx, &theirs)
    }
}
