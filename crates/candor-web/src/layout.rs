//! The frames that pages stand in: the staff app, a plain card, the customers' portal.
//!
//! Owns: what every page shows around its own content. Must not know: tickets, the desk.

use crate::i18n::Texts;
use crate::part::{Avatar, Notice};

/// Where in the app a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Lists and tickets.
    Inbox,
    /// The order in which tickets are answered.
    Next,
    /// What was promised and what was kept.
    Promises,
    /// Who is needed and who is there.
    Staff,
    /// One's own shifts.
    Shifts,
    /// Customers and organizations.
    Customers,
    /// How customers left.
    Reports,
    /// Everything an owner sets up.
    Settings,
    /// Search results.
    Search,
    /// A person's own page.
    Account,
}

/// How many columns a page fills, and which of them a small screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Rail, list, main and side; a small screen shows the list.
    List,
    /// Rail, list, main and side; a small screen shows the main column.
    Main,
    /// Rail and one wide page.
    Wide,
}

impl Columns {
    const fn classes(self) -> &'static str {
        match self {
            Self::List => "app shows-list",
            Self::Main => "app shows-main",
            Self::Wide => "app wide",
        }
    }
}

/// A link in the rail with the number of things behind it.
#[derive(Debug, Clone)]
pub struct RailLink {
    /// The words, in the reader's language.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many, written out; `None` shows nothing.
    pub count: Option<String>,
    /// Whether this is the page that is open.
    pub current: bool,
}

/// Who is logged in, as the rail shows it.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The person's name.
    pub name: String,
    /// Whether the person sees what was promised and kept.
    pub may_promise: bool,
    /// Whether the person may open the settings.
    pub may_configure: bool,
}

/// The frame of a staff page.
#[derive(Debug, Clone)]
pub struct AppFrame {
    /// The page's own name.
    pub title: String,
    /// The brand.
    pub shop: String,
    /// Who is logged in.
    pub viewer: Viewer,
    /// Where in the app the page belongs.
    pub section: Section,
    /// How the page is laid out.
    pub columns: Columns,
    /// The position of the journal that the page shows at least; live updates begin after it.
    pub position: i64,
    /// Open tickets, written out, beside "Inbox".
    pub inbox_count: Option<String>,
    /// Warnings that wait, beside "Next for you": the number, and the same in words.
    pub warnings: Option<(String, String)>,
    /// The lists of the inbox with their counts.
    pub lists: Vec<RailLink>,
    /// What just happened, told once.
    pub notice: Option<Notice>,
    /// The reader's words.
    pub t: Texts,
}

impl AppFrame {
    pub(crate) const fn classes(&self) -> &'static str {
        self.columns.classes()
    }

    pub(crate) fn is(&self, section: &str) -> bool {
        let own = match self.section {
            Section::Inbox => "inbox",
            Section::Next => "next",
            Section::Promises => "promises",
            Section::Staff => "staff",
            Section::Shifts => "shifts",
            Section::Customers => "customers",
            Section::Reports => "reports",
            Section::Settings => "settings",
            Section::Search => "search",
            Section::Account => "account",
        };
        own == section
    }

    /// Whether small screens keep this page behind "More".
    pub(crate) const fn is_in_more(&self) -> bool {
        matches!(
            self.section,
            Section::Promises | Section::Reports | Section::Settings | Section::Account
        )
    }

    pub(crate) fn avatar(&self) -> Avatar {
        Avatar::staff(&self.viewer.name)
    }
}

/// The frame of a page that is one card: login, first run, errors.
#[derive(Debug, Clone)]
pub struct PlainFrame {
    /// The page's own name.
    pub title: String,
    /// The brand.
    pub shop: String,
    /// What just happened, told once.
    pub notice: Option<Notice>,
    /// The reader's words.
    pub t: Texts,
}

impl PlainFrame {
    /// A frame without a notice.
    pub fn new(title: &str, shop: &str, t: Texts) -> Self {
        Self {
            title: title.to_owned(),
            shop: shop.to_owned(),
            notice: None,
            t,
        }
    }
}

/// The frame of a customers' page.
#[derive(Debug, Clone)]
pub struct PortalFrame {
    /// The page's own name.
    pub title: String,
    /// The brand.
    pub shop: String,
    /// Links beside the brand.
    pub links: Vec<RailLink>,
    /// This page in the other languages: code, the language's own name, address.
    pub languages: Vec<(String, String, String)>,
    /// What just happened, told once.
    pub notice: Option<Notice>,
    /// The reader's words.
    pub t: Texts,
}

#[cfg(test)]
mod tests;
