//! Turning the pages of a list.
//!
//! Owns: reading which page an address asks for, and the links to the pages beside it. Must not
//! know: what the list holds.

use crate::i18n::Texts;
use crate::part::Pager;
use candor_desk::{Paged, Stretch};
use serde::Deserialize;

/// The values in an address that say which page of a list is asked for.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default)]
pub(crate) struct Turn<C> {
    /// The page that follows this row.
    pub(crate) after: Option<C>,
    /// The page that stands before this row.
    pub(crate) before: Option<C>,
}

impl<C> Default for Turn<C> {
    fn default() -> Self {
        Self {
            after: None,
            before: None,
        }
    }
}

impl<C: Copy> Turn<C> {
    /// What to ask the desk for.
    pub(crate) fn stretch(&self) -> Stretch<C> {
        match (self.after, self.before) {
            (Some(row), _) => Stretch::After(row),
            (None, Some(row)) => Stretch::Before(row),
            (None, None) => Stretch::Top,
        }
    }
}

/// The links to the pages beside this one; `None` where the list has one page. `href` makes an
/// address of `after` or `before` and a row.
pub(crate) fn pager<T, C: Copy>(
    t: &Texts,
    page: &Paged<T, C>,
    (back, on): (&str, &str),
    href: impl Fn(&str, C) -> String,
) -> Option<Pager> {
    let newer = page.previous.map(|row| (t.get(back), href("before", row)));
    let older = page.next.map(|row| (t.get(on), href("after", row)));
    (newer.is_some() || older.is_some()).then(|| Pager {
        label: t.get("app-pages"),
        newer,
        older,
    })
}
