//! The address whose closed days a calendar follows.
//!
//! Owns: its field, and how the last reading went in words. Must not know: what an address gives.

use crate::i18n::{Argument, Texts};
use crate::page::Page;
use crate::page::filled::Filled;
use crate::part::{Field, FieldKind, Notice, Tone};
use candor_desk::DeskError;
use candor_desk::level::{FeedTrouble, FollowedBy};
use candor_domain::level::KeptCalendar;

/// The field of the form.
pub(super) fn field(t: &Texts, form: &Filled) -> Field {
    Field::new("feed", t.get("hours-feed"), FieldKind::Line("url"))
        .value(form.text("feed"))
        .hint(t.get("hours-feed-hint"))
}

/// How the last reading went; nothing where no address is followed.
pub(super) async fn state(page: &Page, kept: &KeptCalendar) -> Result<Option<Notice>, DeskError> {
    let Some(followed) = page.ask(FollowedBy(kept.id)).await? else {
        return Ok(None);
    };
    let t = &page.t;
    let mut words = Vec::new();
    if let Some(trouble) = &followed.trouble {
        words.push(trouble_words(t, trouble));
    }
    words.push(match followed.read_at {
        Some(at) => {
            let (at, days) = (t.moment(at), kept.calendar.followed().len());
            let values: [(&str, &dyn Argument); 2] = [("at", &at), ("days", &days)];
            t.args("hours-feed-read", &values)
        }
        None if followed.trouble.is_some() => t.get("hours-feed-again"),
        None => t.get("hours-feed-soon"),
    });
    let tone = match followed.trouble {
        Some(_) => Tone::Warn,
        None => Tone::Neutral,
    };
    Ok(Some(Notice::new(words.join(" "), tone)))
}

fn trouble_words(t: &Texts, trouble: &FeedTrouble) -> String {
    match trouble {
        FeedTrouble::NoAnswer => t.get("hours-feed-no-answer"),
        FeedTrouble::Inside => t.get("hours-feed-inside"),
        FeedTrouble::Moved => t.get("hours-feed-moved"),
        FeedTrouble::Status(404 | 410) => t.get("hours-feed-gone"),
        FeedTrouble::Status(401 | 403) => t.get("hours-feed-forbidden"),
        FeedTrouble::Status(status) => t.args("hours-feed-status", &[("status", status)]),
        FeedTrouble::TooLarge => t.get("hours-feed-large"),
        FeedTrouble::NoCalendar(line) => t.args("hours-feed-no-calendar", &[("line", line)]),
    }
}
