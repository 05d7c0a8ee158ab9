//! Which stretch of a long list a page shows.
//!
//! Owns: beginning, going on and going back, and cutting rows into a page. Must not know: what the
//! rows are.

/// A stretch of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stretch<C> {
    /// From the top.
    #[default]
    Top,
    /// What follows this row.
    After(C),
    /// What stands right before this row.
    Before(C),
}

/// A page of a list, in the list's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paged<T, C> {
    /// Its rows.
    pub rows: Vec<T>,
    /// The page before is what stands before this row; `None` at the top.
    pub previous: Option<C>,
    /// The page after is what follows this row; `None` at the end.
    pub next: Option<C>,
}

impl<C: Copy> Stretch<C> {
    /// Whether rows are read against the list's order.
    pub fn goes_back(&self) -> bool {
        matches!(self, Self::Before(_))
    }

    /// The row where reading begins.
    pub fn cursor(&self) -> Option<C> {
        match self {
            Self::Top => None,
            Self::After(cursor) | Self::Before(cursor) => Some(*cursor),
        }
    }

    /// Reads a page of `limit` rows. `read` gives rows in the list's order and is asked for one row
    /// more than the page shows, so that the page knows whether something follows. Where fewer rows
    /// than a page stand before a row, the top is shown, whole.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn page<T, E>(
        self,
        limit: usize,
        cursor_of: impl Fn(&T) -> C,
        mut read: impl FnMut(Self, i64) -> Result<Vec<T>, E>,
    ) -> Result<Paged<T, C>, E> {
        let most = limit as i64 + 1;
        let mut rows = read(self, most)?;
        let more = rows.len() > limit;
        if self.goes_back() {
            if !more {
                return Self::Top.page(limit, cursor_of, read);
            }
            rows.remove(0);
        } else {
            rows.truncate(limit);
        }
        let (first, last) = (rows.first().map(&cursor_of), rows.last().map(&cursor_of));
        Ok(Paged {
            // Where everything that followed is gone, the way back begins where we looked.
            previous: self.cursor().map(|asked| first.unwrap_or(asked)),
            next: last.filter(|_| more || self.goes_back()),
            rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Paged, Stretch};
    use std::convert::Infallible;

    /// A list of the numbers from 1, in pages of three.
    fn page(of: i64, stretch: Stretch<i64>) -> Paged<i64, i64> {
        let read = |stretch: Stretch<i64>, most: i64| {
            let rows: Vec<i64> = match stretch {
                Stretch::Top => (1..=of).take(most as usize).collect(),
                Stretch::After(row) => (row + 1..=of).take(most as usize).collect(),
                Stretch::Before(row) => {
                    let end = row.min(of + 1);
                    ((end - most).max(1)..end).collect()
                }
            };
            Ok::<_, Infallible>(rows)
        };
        stretch.page(3, |row| *row, read).unwrap()
    }

    #[test]
    fn going_on_and_back_shows_each_row_once() {
        let first = page(8, Stretch::Top);
        assert_eq!((first.rows, first.previous), (vec![1, 2, 3], None));
        let second = page(8, Stretch::After(first.next.unwrap()));
        assert_eq!(second.rows, [4, 5, 6]);
        let third = page(8, Stretch::After(second.next.unwrap()));
        assert_eq!((third.rows, third.next), (vec![7, 8], None));
        let back = page(8, Stretch::Before(third.previous.unwrap()));
        assert_eq!(back.rows, [4, 5, 6]);
        assert_eq!((back.previous, back.next), (Some(4), Some(6)));
        let top = page(8, Stretch::Before(back.previous.unwrap()));
        assert_eq!((top.rows, top.previous), (vec![1, 2, 3], None));
    }

    #[test]
    fn a_short_beginning_is_filled_from_the_top() {
        let back = page(8, Stretch::Before(3));
        assert_eq!((back.rows, back.previous), (vec![1, 2, 3], None));
        assert_eq!(back.next, Some(3));
    }

    #[test]
    fn a_page_behind_the_end_leads_back() {
        let gone = page(2, Stretch::After(5));
        assert_eq!((gone.previous, gone.next), (Some(5), None));
        assert_eq!(page(2, Stretch::Before(5)).rows, [1, 2]);
    }
}
