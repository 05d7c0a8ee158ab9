//! Writing the history: an entry for every change, in the transaction of the change.
//!
//! Owns: the shape of `facts` (`{"event": .., "state": {subject: facts}}`), by which
//! [`crate::verify`](crate) can later check each row against the last entry that names it.
//! Must not know: positions and sealing; those follow.

use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::event::TicketEvent;
use candor_domain::record::Recorded;
use candor_ledger::commitment;
use candor_store::Tx;
use candor_store::journal::NewEntry;
use serde_json::{Map, Value, json};

/// Version of the shape of `facts`.
pub const FACTS_VERSION: i64 = 1;

/// Records that something happened to `subject`, with the new state of every row it touched.
/// The first of `rows` carries the content that the entry commits to.
pub fn record(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kind: &'static str,
    event: Value,
    rows: &[&dyn Recorded],
) -> Result<(), DeskError> {
    let subject = rows.first().map(|row| row.subject()).unwrap_or_default();
    let content = rows.first().and_then(|row| content_commitment(*row));
    let actor = cx.actor.journal_name();
    append(
        tx,
        cx,
        &NewRecord {
            actor,
            kind,
            subject,
            event,
            content,
        },
        rows,
    )
}

/// Records an event of a ticket. `rows` start with the ticket or with the message that is new.
pub fn record_ticket(
    tx: &mut Tx<'_>,
    cx: &Cx,
    event: &TicketEvent,
    rows: &[&dyn Recorded],
) -> Result<(), DeskError> {
    record_ticket_by(tx, cx, &cx.actor.journal_name(), event, rows)
}

/// As [`record_ticket`], for what the desk does in a person's name: a reply that is released.
pub fn record_ticket_by(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &str,
    event: &TicketEvent,
    rows: &[&dyn Recorded],
) -> Result<(), DeskError> {
    let content = rows.first().and_then(|row| content_commitment(*row));
    let facts = serde_json::to_value(event).expect("an event is plain data");
    let record = NewRecord {
        actor: actor.to_owned(),
        kind: event.kind(),
        subject: event.ticket().subject(),
        event: facts,
        content,
    };
    append(tx, cx, &record, rows)?;
    crate::staff_mail::follow(tx, cx, actor, event)?;
    crate::level::follow(tx, cx, event)
}

struct NewRecord {
    actor: String,
    kind: &'static str,
    subject: String,
    event: Value,
    content: Option<[u8; 32]>,
}

fn append(
    tx: &mut Tx<'_>,
    cx: &Cx,
    record: &NewRecord,
    rows: &[&dyn Recorded],
) -> Result<(), DeskError> {
    let state: Map<String, Value> = rows
        .iter()
        .map(|row| (row.subject(), state_of(*row)))
        .collect();
    let facts = json!({ "event": &record.event, "state": state }).to_string();
    Ok(tx.append_entry(&NewEntry {
        at: cx.now(),
        actor: &record.actor,
        subject: &record.subject,
        kind: record.kind,
        version: FACTS_VERSION,
        facts: &facts,
        content: record.content,
    })?)
}

/// What the history says of a row: its facts, and the commitment to its personal data.
pub fn state_of(row: &dyn Recorded) -> Value {
    let mut facts = row.facts();
    if let (Some(commitment), Value::Object(fields)) = (content_commitment(row), &mut facts) {
        fields.insert("content".to_owned(), Value::String(hex::encode(commitment)));
    }
    facts
}

fn content_commitment(row: &dyn Recorded) -> Option<[u8; 32]> {
    let content = row.content()?;
    let salt: [u8; 16] = content.salt.as_slice().try_into().ok()?;
    Some(commitment(&salt, &content.bytes))
}
