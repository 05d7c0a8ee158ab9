//! The letters of printed documents.
//!
//! Owns: the embedded fonts, how wide words are, breaking lines. Must not know: pages.

use super::Size;
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use skrifa::instance::{Location, Size as Scale};
use skrifa::{FontRef, MetadataProvider};

/// Western letters and signs; what is not in it is looked for in the other.
const LATIN: &[u8] = include_bytes!("../../print/inter-latin.ttf");
const LATIN_EXT: &[u8] = include_bytes!("../../print/inter-latin-ext.ttf");

/// How strong letters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Text.
    Regular,
    /// Headings and values.
    Bold,
}

impl Weight {
    const fn axis(self) -> f32 {
        match self {
            Self::Regular => 400.0,
            Self::Bold => 640.0,
        }
    }
}

/// One font at one weight.
struct Face {
    letters: FontRef<'static>,
    location: Location,
    units_per_em: f32,
    font: Font,
}

impl Face {
    fn read(bytes: &'static [u8], weight: Weight) -> Option<Self> {
        let letters = FontRef::new(bytes).ok()?;
        let location = letters.axes().location([("wght", weight.axis())]);
        let font = Font::new_variable(bytes.into(), 0, &[(Tag::new(b"wght"), weight.axis())])?;
        Some(Self {
            units_per_em: font.units_per_em(),
            letters,
            location,
            font,
        })
    }

    /// A letter's glyph and its width at size 1.
    fn glyph(&self, letter: char) -> Option<(u32, f32)> {
        let glyph = self.letters.charmap().map(letter)?;
        let metrics = self
            .letters
            .glyph_metrics(Scale::unscaled(), &self.location);
        let width = metrics.advance_width(glyph)?;
        Some((glyph.to_u32(), width / self.units_per_em))
    }
}

/// Words of one font.
pub(super) struct Run<'a> {
    pub(super) font: &'a Font,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// At size 1.
    pub(super) width: f32,
}

/// All fonts.
pub(super) struct Faces {
    regular: [Face; 2],
    bold: [Face; 2],
}

impl Faces {
    pub(super) fn embedded() -> Option<Self> {
        let of = |weight| {
            let faces = [Face::read(LATIN, weight)?, Face::read(LATIN_EXT, weight)?];
            Some(faces)
        };
        Some(Self {
            regular: of(Weight::Regular)?,
            bold: of(Weight::Bold)?,
        })
    }

    fn of(&self, weight: Weight) -> &[Face; 2] {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The glyph of a letter; a letter that no font has is shown as a question mark.
    fn found(&self, letter: char, weight: Weight) -> (usize, u32, f32) {
        let faces = self.of(weight);
        let wanted = [(0, letter), (1, letter), (0, '?')];
        let mut known = wanted.into_iter().filter_map(|(place, letter)| {
            let (glyph, width) = faces[place].glyph(letter)?;
            Some((place, glyph, width))
        });
        known.next().unwrap_or((0, 0, 0.5))
    }

    /// The words cut where the font changes.
    pub(super) fn runs(&self, words: &str, weight: Weight) -> Vec<Run<'_>> {
        let faces = self.of(weight);
        let mut runs: Vec<(usize, Run<'_>)> = Vec::new();
        for letter in words.chars() {
            let (place, glyph, width) = self.found(letter, weight);
            if runs.last().is_none_or(|(last, _)| *last != place) {
                let run = Run {
                    font: &faces[place].font,
                    text: String::new(),
                    glyphs: Vec::new(),
                    width: 0.0,
                };
                runs.push((place, run));
            }
            if let Some((_, run)) = runs.last_mut() {
                let begin = run.text.len();
                run.text.push(letter);
                let range = begin..run.text.len();
                let id = GlyphId::new(glyph);
                run.glyphs
                    .push(KrillaGlyph::new(id, width, 0.0, 0.0, 0.0, range, None));
                run.width += width;
            }
        }
        runs.into_iter().map(|(_, run)| run).collect()
    }

    /// How wide words are, in points.
    pub(super) fn width(&self, words: &str, (size, weight): (Size, Weight)) -> f32 {
        let widths = words.chars().map(|letter| self.found(letter, weight).2);
        widths.sum::<f32>() * size.points()
    }

    /// Lines no wider than this; a word that is wider is cut.
    pub(super) fn wrapped(&self, words: &str, how: (Size, Weight), room: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in words.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(&longer, how) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line, how) > room && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }
}
