//! Pages of a printed document.
//!
//! Owns: where the next line stands, when a page is full, drawing all of it at the end. Must not
//! know: headings and tables.

use super::face::{Faces, Weight};
use super::{FOOT, HEIGHT, MARGIN, Size, WIDTH};
use crate::i18n::Texts;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

/// How dark words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// What is said.
    Dark,
    /// What explains it.
    Soft,
}

impl Ink {
    fn color(self) -> rgb::Color {
        match self {
            Self::Dark => rgb::Color::new(28, 27, 25),
            Self::Soft => rgb::Color::new(92, 88, 82),
        }
    }
}

enum Mark {
    Text {
        x: f32,
        y: f32,
        words: String,
        how: (Size, Weight, Ink),
    },
    Line {
        y: f32,
    },
}

/// The pages so far.
#[derive(Default)]
pub(super) struct Sheets {
    pages: Vec<Vec<Mark>>,
    /// Where the next line begins, from the top.
    top: f32,
}

impl Sheets {
    /// Room of this height; on a new page where this one is full. Gives its top.
    pub(super) fn take(&mut self, height: f32) -> f32 {
        self.keep(height);
        let top = self.top;
        self.top += height;
        top
    }

    /// Goes on with a new page unless so much room is left. Says whether it did.
    pub(super) fn keep(&mut self, height: f32) -> bool {
        let full = self.top + height > HEIGHT - FOOT;
        if self.pages.is_empty() || full {
            self.pages.push(Vec::new());
            self.top = MARGIN;
            return true;
        }
        false
    }

    /// Leaves room.
    pub(super) fn space(&mut self, height: f32) {
        self.top += height;
    }

    pub(super) fn text(&mut self, x: f32, y: f32, words: &str, how: (Size, Weight, Ink)) {
        let words = words.to_owned();
        self.mark(Mark::Text { x, y, words, how });
    }

    /// A line across the page.
    pub(super) fn line(&mut self, y: f32) {
        self.mark(Mark::Line { y });
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub(super) fn drawn(
        mut self,
        faces: &Faces,
        (title, footer): (&str, &str),
        t: &Texts,
    ) -> Option<Vec<u8>> {
        self.number(faces, footer, t);
        let mut document = Document::new();
        let metadata = Metadata::new()
            .title(title.to_owned())
            .language(t.code().to_owned())
            .producer("Candor".to_owned());
        document.set_metadata(metadata);
        for marks in &self.pages {
            let mut page = document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT)?);
            let mut surface = page.surface();
            for mark in marks {
                draw(&mut surface, faces, mark);
            }
            surface.finish();
            page.finish();
        }
        document.finish().ok()
    }

    /// The footer of each page, with its number at the right.
    fn number(&mut self, faces: &Faces, footer: &str, t: &Texts) {
        let how = (Size::Small, Weight::Regular, Ink::Soft);
        let y = HEIGHT - FOOT / 2.0;
        let all = self.pages.len();
        for (index, page) in self.pages.iter_mut().enumerate() {
            let words = t.args("print-page", &[("page", &(index + 1)), ("of", &all)]);
            let x = WIDTH - MARGIN - faces.width(&words, (how.0, how.1));
            page.push(Mark::Line { y: y - 14.0 });
            page.push(Mark::Text { x, y, words, how });
            let words = footer.to_owned();
            page.push(Mark::Text {
                x: MARGIN,
                y,
                words,
                how,
            });
        }
    }
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, mark: &Mark) {
    match mark {
        Mark::Text { x, y, words, how } => {
            let (size, weight, ink) = *how;
            surface.set_stroke(None);
            surface.set_fill(Some(Fill {
                paint: ink.color().into(),
                ..Fill::default()
            }));
            let mut x = *x;
            for run in faces.runs(words, weight) {
                let start = Point::from_xy(x, *y);
                let font = run.font.clone();
                surface.draw_glyphs(start, &run.glyphs, font, &run.text, size.points(), false);
                x += run.width * size.points();
            }
        }
        Mark::Line { y } => {
            let mut path = PathBuilder::new();
            path.move_to(MARGIN, *y);
            path.line_to(WIDTH - MARGIN, *y);
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: rgb::Color::new(206, 200, 190).into(),
                width: 0.6,
                ..Stroke::default()
            }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}
