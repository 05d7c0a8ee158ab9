//! A statement on paper.
//!
//! Owns: its order on the pages. Must not know: what it says.

use super::paper::Paper;
use crate::i18n::Texts;
use crate::print::{Columns, Print};

/// The bytes of the file.
pub(super) fn drawn(paper: &Paper, t: &Texts) -> Option<Vec<u8>> {
    let mut print = Print::new()?;
    print.title(&paper.title);
    print.words(&paper.parties);
    print.soft(&paper.state);
    if !paper.corrects.is_empty() {
        print.words(&paper.corrects);
    }
    print.facts(&paper.sums);
    print.heading(&paper.facts_title);
    print.facts(&paper.facts);
    for table in &paper.tables {
        print.heading(&table.title);
        if !table.words.is_empty() && !table.rows.is_empty() {
            print.soft(&table.words);
        }
        if table.rows.is_empty() {
            print.words(&table.none);
        } else {
            print.table(&Columns {
                head: &table.head,
                rows: &table.rows,
            });
        }
    }
    print.heading(&paper.rules_title);
    for rule in &paper.rules {
        print.words(rule);
    }
    print.soft(&paper.hash);
    print.finish(&paper.title, &paper.footer, t)
}
