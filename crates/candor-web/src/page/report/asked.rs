//! What the address of the reports asks for.
//!
//! Owns: reading and writing it, and the choices of the form above the figures. Must not know: what
//! is counted.

use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::page::ticket::words::kind_key;
use candor_desk::rating::{About, MoodReport, Reviewed, UpsetList};
use candor_domain::id::LevelId;
use candor_domain::ticket::Kind;
use jiff::Timestamp;
use serde::Deserialize;

/// What the address asks for; words that it does not know count as none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    level: String,
    show: String,
    mine: String,
    /// Microseconds and number of the row before.
    after: String,
}

impl Asked {
    pub(super) fn of_form(form: &Filled) -> Self {
        let text = |name| form.text(name).to_owned();
        Self {
            kind: text("kind"),
            level: text("level"),
            show: text("show"),
            mine: text("mine"),
            after: String::new(),
        }
    }

    fn about(&self) -> About {
        About {
            kind: Kind::parse(&self.kind),
            level: self.level.parse().ok().map(LevelId),
        }
    }

    fn reviewed(&self) -> Reviewed {
        match self.show.as_str() {
            "all" => Reviewed::All,
            "done" => Reviewed::Done,
            _ => Reviewed::Open,
        }
    }

    pub(super) fn report(&self) -> MoodReport {
        MoodReport {
            about: self.about(),
        }
    }

    pub(super) fn list(&self) -> UpsetList {
        let after = self.after.split_once('-').and_then(|(at, ticket)| {
            let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
            Some((at, ticket.parse().ok()?))
        });
        UpsetList {
            reviewed: self.reviewed(),
            mine: self.mine == "1",
            about: self.about(),
            after,
        }
    }

    /// The same figures with another part of the list.
    pub(super) fn of_list(&self, show: &str, mine: &str) -> Self {
        Self {
            show: show.to_owned(),
            mine: mine.to_owned(),
            after: String::new(),
            ..self.clone()
        }
    }

    /// The values of the address, in words of ours alone.
    pub(super) fn values(&self) -> Vec<(&'static str, String)> {
        let about = self.about();
        let show = match self.reviewed() {
            Reviewed::All => "all",
            Reviewed::Open => "open",
            Reviewed::Done => "done",
        };
        let mut values = Vec::new();
        if let Some(kind) = about.kind {
            values.push(("kind", kind.as_str().to_owned()));
        }
        if let Some(level) = about.level {
            values.push(("level", level.to_string()));
        }
        values.push(("show", show.to_owned()));
        if self.mine == "1" {
            values.push(("mine", "1".to_owned()));
        }
        values
    }

    /// The same, as an address has it.
    pub(super) fn query(&self) -> String {
        let values = self.values();
        let parts = values.iter().map(|(name, value)| format!("{name}={value}"));
        parts.collect::<Vec<_>>().join("&")
    }
}

/// What can be chosen above the figures: value, words, whether it is chosen.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    pub(super) kinds: Vec<(String, String, bool)>,
    pub(super) levels: Vec<(String, String, bool)>,
}

impl Choices {
    pub(super) fn new(t: &Texts, asked: &Asked, level_names: &[(LevelId, String)]) -> Self {
        let about = asked.about();
        let every = |words: &'static str| (String::new(), t.get(words), false);
        let kinds = Kind::ALL.iter().map(|kind| {
            let words = t.get(kind_key(*kind));
            (kind.as_str().to_owned(), words, about.kind == Some(*kind))
        });
        let levels = level_names
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone(), about.level == Some(*id)));
        Self {
            kinds: std::iter::once(every(key("report-every-kind")))
                .chain(kinds)
                .collect(),
            levels: std::iter::once(every(key("report-every-level")))
                .chain(levels)
                .collect(),
        }
    }
}
