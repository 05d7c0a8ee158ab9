//! Hostile HTML and what is left of it.
//!
//! Owns: the wall between the HTML that somebody sent and the HTML that a page may show, and
//! readable text made from HTML. Must not know: pages, frames, where attachments are served from.

mod clean;
mod mark;
mod normalise;
mod sheet;
mod style;
mod text;
mod tokens;
mod vocabulary;

use std::collections::HashMap;

pub(crate) use mark::Mark;
pub(crate) use text::MarkedText;

/// Changes whenever the same input may come out differently; cleaned HTML is kept under it.
pub const SANITISER_VERSION: u32 = 2;

/// HTML beyond this length is shown as text.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// HTML as somebody sent it. It has no `Display`: a template cannot print it.
#[derive(Clone, PartialEq, Eq)]
pub struct RawHtml(String);

/// HTML without anything active. Only [`RawHtml::clean`], our own Markdown and a cache of the same
/// version make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanHtml {
    html: String,
    blocked_images: usize,
}

/// Whether pictures on other servers are loaded, which tells their owner who reads when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RemoteImages {
    /// They show their alternative text; without one, an empty picture of the same size.
    #[default]
    Blocked,
    /// They are left in, over HTTP or HTTPS.
    Shown,
}

/// What a page wants to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DisplayPolicy {
    /// Pictures on other servers.
    pub remote_images: RemoteImages,
    /// Where the picture with a `Content-ID` (without brackets) is served. The caller lists only
    /// attachments whose bytes may be shown inline.
    pub inline_images: HashMap<String, String>,
}

impl RawHtml {
    /// Marks HTML as unsafe.
    pub fn new(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// The bytes as they came, for analysis and for "show source" as text.
    pub fn source(&self) -> &str {
        &self.0
    }

    /// Removes everything active. Takes time in proportion to the length; HTML beyond 2 MiB comes
    /// back as its text.
    pub fn clean(&self, policy: &DisplayPolicy) -> CleanHtml {
        clean::clean(&self.0, policy)
    }

    /// The text that a reader of the HTML would see.
    pub fn to_text(&self) -> String {
        text::to_text(&self.0)
    }

    /// The same text with what the sender's program says about its lines.
    pub(crate) fn to_marked_text(&self) -> MarkedText {
        text::to_marked_text(&self.0)
    }
}

impl std::fmt::Debug for RawHtml {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawHtml({} bytes)", self.0.len())
    }
}

impl CleanHtml {
    /// Takes a result of [`RawHtml::clean`] back from a cache; `None` when another version of the
    /// sanitiser made it.
    pub fn from_cache(html: String, blocked_images: usize, version: u32) -> Option<Self> {
        (version == SANITISER_VERSION).then_some(Self {
            html,
            blocked_images,
        })
    }

    /// The HTML, fit to be served unescaped in a sandboxed frame.
    pub fn as_str(&self) -> &str {
        &self.html
    }

    /// How many pictures on other servers were left out.
    pub fn blocked_images(&self) -> usize {
        self.blocked_images
    }
}

impl std::fmt::Display for CleanHtml {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.html)
    }
}
