//! A wide page made of blocks: settings, account, customers.
//!
//! Owns: the page around the blocks. Must not know: what the blocks show.

use crate::error::PageResult;
use crate::failure::Faults;
use crate::layout::{AppFrame, RailLink, Section};
use crate::page::Page;
use crate::part::Chip;
use askama::Template;
use axum::http::StatusCode;
use std::fmt;

/// A part that is already written out.
#[derive(Debug, Clone)]
pub(crate) struct Block(String);

impl askama::filters::HtmlSafe for Block {}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "page/sheet.html")]
pub(crate) struct Sheet {
    frame: AppFrame,
    places: Vec<RailLink>,
    back: Option<(String, String)>,
    chips: Vec<Chip>,
    intro: String,
    blocks: Vec<Block>,
}

impl Sheet {
    /// An empty page in a section.
    pub(crate) async fn new(
        page: &Page,
        section: Section,
        title: &str,
    ) -> Result<Self, crate::error::PageError> {
        Ok(Self {
            frame: page.wide_frame(title, section).await?,
            places: Vec::new(),
            back: None,
            chips: Vec::new(),
            intro: String::new(),
            blocks: Vec::new(),
        })
    }

    /// The places of the settings beside the page.
    pub(crate) fn places(mut self, places: Vec<RailLink>) -> Self {
        self.places = places;
        self
    }

    /// What the page is for.
    pub(crate) fn intro(mut self, words: impl Into<String>) -> Self {
        self.intro = words.into();
        self
    }

    /// The way back to the list.
    pub(crate) fn back(mut self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.back = Some((words.into(), href.into()));
        self
    }

    /// A label beside the title.
    pub(crate) fn chip(mut self, chip: Chip) -> Self {
        self.chips.push(chip);
        self
    }

    /// A part.
    pub(crate) fn block(mut self, part: impl Template) -> Self {
        let written = part.render();
        self.blocks
            .push(Block(written.expect("writing into a string does not fail")));
        self
    }

    /// A part that may be missing.
    pub(crate) fn maybe(self, part: Option<impl Template>) -> Self {
        match part {
            Some(part) => self.block(part),
            None => self,
        }
    }

    /// The answer: as it is, or with 422 where a form has faults.
    pub(crate) fn answer(&self, page: &Page, faults: &Faults) -> PageResult {
        let status = if faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        Ok(page.told(crate::error::render_with(status, self)?))
    }
}
