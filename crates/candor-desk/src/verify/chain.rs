//! The entries themselves: codes, positions, checkpoints.
//!
//! Owns: one walk over the journal that recomputes the Merkle log. Must not know: rows.

use super::{Inspection, Progress};
use crate::error::DeskError;
use crate::seal::{CHECKPOINT_FILE, body_of};
use candor_ledger::{Checkpoint, Frontier, SigningKey};
use candor_store::Tx;
use candor_store::journal::Entry;
use serde_json::Value;
use std::collections::VecDeque;

/// Entries read at a time.
const CHUNK: i64 = 1_000;

/// What the walk counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chain {
    pub(super) entries: i64,
    pub(super) sealed: i64,
}

/// A checkpoint that the recomputed log has to agree with.
struct Promise {
    size: u64,
    root: [u8; 32],
    place: String,
}

pub(super) fn walk(
    tx: &mut Tx<'_>,
    inspection: &mut Inspection<'_>,
    notes: &[String],
) -> Result<Chain, DeskError> {
    let mut promises = promises(tx, inspection, notes)?;
    let sealed = tx.last_checkpoint()?.map_or(0, |last| last.size);
    let mut frontier = Frontier::new();
    let mut position = 0;
    loop {
        let entries = tx.entries_after(position, CHUNK)?;
        let Some(last) = entries.last().and_then(|entry| entry.position) else {
            break;
        };
        for entry in &entries {
            let found = entry.position.unwrap_or_default();
            name_gap(inspection, position, found);
            position = found;
            check_entry(inspection, entry, found);
            frontier.append(entry.leaf().hash());
            keep_promises(inspection, &mut promises, &frontier);
        }
        position = last;
        (inspection.progress)(Progress::Entries(position));
    }
    for entry in tx.entries_without_position()? {
        check_entry(inspection, &entry, 0);
    }
    for promise in promises {
        let what = format!(
            "the history was sealed up to entry {}, but it ends at entry {position}: entries were \
             cut off, or the database was put back",
            promise.size
        );
        inspection.findings.add(promise.place, what, None);
    }
    let entries = position;
    Ok(Chain { entries, sealed })
}

fn name_gap(inspection: &mut Inspection<'_>, before: i64, found: i64) {
    let what = match found - before {
        1 => return,
        2 => format!("entry {} is missing", before + 1),
        _ => format!("entries {} to {} are missing", before + 1, found - 1),
    };
    inspection.findings.add("history", what, None);
}

fn check_entry(inspection: &mut Inspection<'_>, entry: &Entry, position: i64) {
    let place = || {
        if position > 0 {
            format!("entry {position}")
        } else {
            format!("the new entry {}", entry.id.0)
        }
    };
    if !entry.is_authentic(&inspection.keys.journal) {
        let what = format!(
            "it was changed or made behind the desk's back ({} of {})",
            entry.kind,
            entry.subject.replace(':', " ")
        );
        inspection.findings.add(place(), what, Some(entry.at));
    }
    let Ok(facts) = serde_json::from_str::<Value>(&entry.facts) else {
        inspection
            .findings
            .add(place(), "its facts cannot be read", Some(entry.at));
        return;
    };
    if let Some(state) = facts["state"].as_object() {
        for (subject, state) in state {
            inspection.known.learn(subject, state, position);
        }
    }
    // Removals by the desk itself, and tombstones of erased content.
    if entry.kind == "content.erased" || entry.kind.ends_with(".removed") {
        inspection.known.removed(&entry.subject, position);
        let named = facts["event"]["erased"].as_array().into_iter().flatten();
        for subject in named.filter_map(Value::as_str) {
            inspection.known.removed(subject, position);
        }
    }
}

/// Every checkpoint, in the database and in the file, smallest first. Those with a wrong signature
/// are named and left out.
fn promises(
    tx: &mut Tx<'_>,
    inspection: &mut Inspection<'_>,
    notes: &[String],
) -> Result<VecDeque<Promise>, DeskError> {
    let mut promises = Vec::new();
    let mut size = 0;
    loop {
        let stored = tx.checkpoints_after(size, CHUNK)?;
        let Some(last) = stored.last() else {
            break;
        };
        size = last.size;
        for checkpoint in &stored {
            let place = format!("checkpoint {} in the database", checkpoint.size);
            let row = (checkpoint.size as u64, checkpoint.root);
            match signed(&checkpoint.note, &inspection.keys.seal) {
                Some(said) if (said.size, said.root) == row => promises.push(Promise {
                    size: said.size,
                    root: said.root,
                    place,
                }),
                _ => inspection
                    .findings
                    .add(place, WRONG_SIGNATURE, Some(checkpoint.at)),
            }
        }
    }
    for note in notes {
        match signed(note, &inspection.keys.seal) {
            Some(said) => promises.push(Promise {
                size: said.size,
                root: said.root,
                place: format!("checkpoint {} in {CHECKPOINT_FILE}", said.size),
            }),
            None => inspection
                .findings
                .add(CHECKPOINT_FILE, WRONG_SIGNATURE, None),
        }
    }
    promises.sort_by_key(|promise| promise.size);
    Ok(promises.into())
}

const WRONG_SIGNATURE: &str = "its signature is not by this desk, or does not fit what it says";

/// What a note says, when this desk's key signed it. The log's name may be an earlier one: the
/// public address can change, the key does not.
fn signed(note: &str, secret: &[u8; 32]) -> Option<Checkpoint> {
    let origin = body_of(note)?.origin;
    let key = SigningKey::from_bytes(&origin, secret).ok()?;
    Checkpoint::open(note, key.verifying_key()).ok()
}

fn keep_promises(
    inspection: &mut Inspection<'_>,
    promises: &mut VecDeque<Promise>,
    frontier: &Frontier,
) {
    while let Some(promise) = promises.pop_front_if(|next| next.size <= frontier.size()) {
        if promise.size != frontier.size() || promise.root != frontier.root() {
            let what = format!(
                "one of the first {} entries is not what was sealed",
                promise.size
            );
            inspection.findings.add(promise.place, what, None);
        }
    }
}
