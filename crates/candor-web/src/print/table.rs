//! Tables of a printed document.
//!
//! Owns: how wide columns are, rows over several lines, the head on each page. Must not know: what
//! stands in them.

use super::face::Weight;
use super::sheet::Ink;
use super::{MARGIN, Print, Size, WIDTH};

/// Between two columns.
const GAP: f32 = 8.0;
const SIZE: Size = Size::Small;

/// A table: the names of its columns, and its rows.
pub(crate) struct Columns<'a> {
    pub(crate) head: &'a [String],
    pub(crate) rows: &'a [Vec<String>],
}

impl Print {
    /// A table over the width of the page; its head stands again on each page.
    pub(crate) fn table(&mut self, table: &Columns<'_>) {
        let widths = self.widths(table);
        self.sheets.keep(60.0);
        self.row(table.head, &widths, Weight::Bold);
        for row in table.rows {
            let cells = self.cells(row, &widths, Weight::Regular);
            if self.sheets.keep(height(&cells)) {
                self.row(table.head, &widths, Weight::Bold);
            }
            self.row(row, &widths, Weight::Regular);
        }
        self.sheets.space(4.0);
    }

    /// The widths of the columns: as wide as their widest cell where there is room; else the wide
    /// ones give, down to their longest word.
    fn widths(&self, table: &Columns<'_>) -> Vec<f32> {
        let columns = table.head.len();
        let room = WIDTH - 2.0 * MARGIN - GAP * columns.saturating_sub(1) as f32;
        let mut wide = vec![0.0_f32; columns];
        let mut least = vec![0.0_f32; columns];
        let head = std::iter::once((table.head, Weight::Bold));
        let rows = table
            .rows
            .iter()
            .map(|row| (row.as_slice(), Weight::Regular));
        for (cells, weight) in head.chain(rows) {
            for (column, cell) in cells.iter().enumerate().take(columns) {
                let width = |words: &str| self.faces.width(words, (SIZE, weight)) + 0.5;
                wide[column] = wide[column].max(width(cell));
                let longest = cell.split_whitespace().map(width).fold(0.0, f32::max);
                least[column] = least[column].max(longest.min(room / 3.0));
            }
        }
        let (all, bare): (f32, f32) = (wide.iter().sum(), least.iter().sum());
        if all <= room || columns == 0 {
            let spare = (room - all).max(0.0) / columns.max(1) as f32;
            return wide.iter().map(|width| width + spare).collect();
        }
        let share = ((room - bare) / (all - bare).max(1.0)).clamp(0.0, 1.0);
        let given = |(wide, least): (&f32, &f32)| least + (wide - least).max(0.0) * share;
        wide.iter().zip(&least).map(given).collect()
    }

    fn cells(&self, row: &[String], widths: &[f32], weight: Weight) -> Vec<Vec<String>> {
        let cells = row.iter().zip(widths);
        cells
            .map(|(cell, width)| self.faces.wrapped(cell, (SIZE, weight), *width))
            .collect()
    }

    fn row(&mut self, row: &[String], widths: &[f32], weight: Weight) {
        let cells = self.cells(row, widths, weight);
        let height = height(&cells);
        let top = self.sheets.take(height);
        let mut x = MARGIN;
        for (lines, width) in cells.iter().zip(widths) {
            for (number, line) in lines.iter().enumerate() {
                let y = top + 4.0 + number as f32 * SIZE.leading() + SIZE.points();
                self.sheets.text(x, y, line, (SIZE, weight, Ink::Dark));
            }
            x += width + GAP;
        }
        self.sheets.line(top + height);
    }
}

fn height(cells: &[Vec<String>]) -> f32 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
    lines as f32 * SIZE.leading() + 7.0
}
