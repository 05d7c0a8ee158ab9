//! Documents on paper: headings, words, facts and tables as PDF, with text that can be searched.
//!
//! Owns: A4 pages, breaking lines and pages, the footer. Must not know: what a document says.

mod face;
mod sheet;
mod table;

use crate::i18n::Texts;
use face::{Faces, Weight};
use sheet::{Ink, Sheets};

pub(crate) use table::Columns;

/// Distances in points, 1/72 inch.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 56.0;
/// Free at the foot of each page, for the footer.
const FOOT: f32 = 72.0;
/// Line height over the size of its letters.
const LEADING: f32 = 1.4;

/// How large words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// The title.
    Title,
    /// A heading.
    Heading,
    /// The text.
    Body,
    /// Tables and what stands at the foot.
    Small,
}

impl Size {
    const fn points(self) -> f32 {
        match self {
            Self::Title => 20.0,
            Self::Heading => 12.5,
            Self::Body => 9.5,
            Self::Small => 8.0,
        }
    }

    fn leading(self) -> f32 {
        self.points() * LEADING
    }
}

/// A document while it is written.
pub(crate) struct Print {
    faces: Faces,
    sheets: Sheets,
}

impl Print {
    /// An empty document; `None` when the fonts cannot be read, which a test rules out.
    pub(crate) fn new() -> Option<Self> {
        Some(Self {
            faces: Faces::embedded()?,
            sheets: Sheets::default(),
        })
    }

    /// The title.
    pub(crate) fn title(&mut self, words: &str) {
        self.written(words, (Size::Title, Weight::Bold), Ink::Dark);
        self.sheets.space(4.0);
    }

    /// A heading, which stays with what follows.
    pub(crate) fn heading(&mut self, words: &str) {
        self.sheets.space(14.0);
        self.sheets.keep(80.0);
        self.written(words, (Size::Heading, Weight::Bold), Ink::Dark);
        self.sheets.space(3.0);
    }

    /// A paragraph.
    pub(crate) fn words(&mut self, words: &str) {
        for line in words.lines() {
            self.written(line, (Size::Body, Weight::Regular), Ink::Dark);
        }
        self.sheets.space(3.0);
    }

    /// A paragraph that explains.
    pub(crate) fn soft(&mut self, words: &str) {
        self.written(words, (Size::Small, Weight::Regular), Ink::Soft);
        self.sheets.space(3.0);
    }

    /// Names with their values, beside each other.
    pub(crate) fn facts(&mut self, facts: &[(String, String)]) {
        const NAME: f32 = 150.0;
        let room = WIDTH - 2.0 * MARGIN - NAME;
        let size = Size::Body;
        for (name, value) in facts {
            let names = self
                .faces
                .wrapped(name, (size, Weight::Regular), NAME - 12.0);
            let lines = value.lines();
            let values: Vec<String> = lines
                .flat_map(|line| self.faces.wrapped(line, (size, Weight::Bold), room))
                .collect();
            // Line by line: what a contract is for may fill more than a page.
            for number in 0..names.len().max(values.len()) {
                let y = self.sheets.take(size.leading()) + size.points();
                for (column, lines, weight, ink) in [
                    (0.0, &names, Weight::Regular, Ink::Soft),
                    (NAME, &values, Weight::Bold, Ink::Dark),
                ] {
                    if let Some(line) = lines.get(number) {
                        self.sheets
                            .text(MARGIN + column, y, line, (size, weight, ink));
                    }
                }
            }
            self.sheets.space(2.0);
        }
        self.sheets.space(4.0);
    }

    fn written(&mut self, words: &str, (size, weight): (Size, Weight), ink: Ink) {
        let lines = self
            .faces
            .wrapped(words, (size, weight), WIDTH - 2.0 * MARGIN);
        for line in lines {
            let top = self.sheets.take(size.leading());
            let y = top + size.points();
            self.sheets.text(MARGIN, y, &line, (size, weight, ink));
        }
    }

    /// The bytes: every page with the footer and its number.
    pub(crate) fn finish(self, title: &str, footer: &str, t: &Texts) -> Option<Vec<u8>> {
        self.sheets.drawn(&self.faces, (title, footer), t)
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, Print};
    use crate::i18n::{Language, Texts};
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    #[test]
    fn a_long_document_has_pages_and_embedded_letters() {
        let t = Texts::new(Language::German, TimeZone::UTC, Timestamp::UNIX_EPOCH);
        let mut print = Print::new().expect("the fonts can be read");
        print.title("Größe, Öl und Łódź");
        let head = ["Ticket".to_owned(), "Warum".to_owned()];
        let row = |n: i32| vec![format!("#{n}"), "später ".repeat(30)];
        let rows: Vec<Vec<String>> = (0..60).map(row).collect();
        print.table(&Columns {
            head: &head,
            rows: &rows,
        });
        let bytes = print.finish("Größe", "erstellt", &t).expect("a document");
        assert!(bytes.starts_with(b"%PDF-1."));
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.matches("/Type /Page\n").count() > 2 || text.matches("/Page").count() > 3);
        assert!(text.contains("/FontFile"), "the letters travel along");
        assert!(text.contains("/ToUnicode"), "the text can be selected");
    }
}
