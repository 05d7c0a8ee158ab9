//! Wordings that were read before.
//!
//! Owns: parsing each wording once. Must not know: which ticket runs by which.

use super::usual::UsualShelf;
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::id::TermsId;
use candor_domain::level::{Terms, TermsBook};
use candor_store::Tx;
use candor_store::level::terms_of;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Wordings by what is written in them. Not by their ids: a transaction that was given up may have
/// used an id that another wording has later.
#[derive(Debug, Default)]
pub struct TermsShelf {
    terms: Mutex<HashMap<(String, String), Terms>>,
    /// What was worked out of how long answers take.
    pub(super) usual: UsualShelf,
}

/// Most wordings that are remembered.
const MOST: usize = 1_000;

impl TermsShelf {
    fn read(&self, level: String, calendar: String) -> Result<Terms, DeskError> {
        let mut known = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (level, calendar);
        if let Some(terms) = known.get(&key) {
            return Ok(terms.clone());
        }
        let terms = terms_of(&key.0, &key.1)?;
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, terms.clone());
        Ok(terms)
    }
}

/// Adds a wording to a book, where it is not in it yet.
pub(crate) fn learn(
    tx: &mut Tx<'_>,
    cx: &Cx,
    book: &mut TermsBook,
    id: Option<TermsId>,
) -> Result<(), DeskError> {
    let Some(id) = id.filter(|id| !book.contains_key(id)) else {
        return Ok(());
    };
    if let Some((level, calendar)) = tx.terms_text(id)? {
        book.insert(id, cx.terms().read(level, calendar)?);
    }
    Ok(())
}
