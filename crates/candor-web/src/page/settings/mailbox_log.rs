//! The mail log of a mailbox.
//!
//! Owns: its page, the choice of kinds, the words for mails that no ticket shows. Must not know: how
//! mail is understood or carried.

use super::fetching::{self, compared_row};
use super::mailbox::{found, path_of};
use super::quarantine::reason_words;
use super::{Place, quarantine};
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::ticket::{came_by, log_chip, log_row, size_words};
use crate::page::turn;
use crate::part::{Chip, EmptyState, Kinds, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Path, Query};
use candor_desk::fetch::Fetching;
use candor_desk::mailbox::{
    LineAbout, LogPlace, MailKinds, MailboxLine, MailboxLog, MailboxLogWhat,
};
use candor_desk::ticket::{Incoming, LogWhat};
use candor_desk::{Paged, Stretch};
use candor_domain::id::MailboxId;
use serde::Deserialize;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes/{mailbox}/log", may, show);
}

/// The mail log of a mailbox.
pub(super) fn place_of(mailbox: MailboxId) -> String {
    format!("{}/log", path_of(mailbox))
}

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    kinds: String,
    after: Option<LogPlace>,
    before: Option<LogPlace>,
}

impl Asked {
    fn stretch(&self) -> Stretch<LogPlace> {
        match (self.after, self.before) {
            (Some(line), _) => Stretch::After(line),
            (None, Some(line)) => Stretch::Before(line),
            (None, None) => Stretch::Top,
        }
    }
}

async fn show(page: Page, Path(id): Path<MailboxId>, Query(asked): Query<Asked>) -> PageResult {
    let t = &page.t;
    let mailbox = found(&page, id).await?;
    let kinds = MailKinds::parse(&asked.kinds);
    let log = MailboxLog {
        mailbox: id,
        kinds,
        stretch: asked.stretch(),
    };
    let lines = page.ask(log).await?;
    let fetching = page.ask(Fetching { mailbox: id }).await?;
    let compared = fetching.map(|state| Rows::new("", vec![compared_row(t, id, &state)], ""));
    let sheet = Place::Mailboxes
        .titled(&page, &t.get("mailbox-log-title"))
        .await?
        .back(&mailbox.name, path_of(id))
        .intro(t.arg("mailbox-log-intro", "address", mailbox.address.as_str()))
        .maybe(compared);
    let is_bare = lines.rows.is_empty() && kinds == MailKinds::All && log.stretch == Stretch::Top;
    if is_bare {
        let empty = EmptyState::new(t.get("mailbox-log-bare"), t.get("mailbox-log-bare-words"))
            .with_step(t.get("fetching-title"), fetching::place_of(id));
        return sheet.block(empty).answer(&page, &Faults::default());
    }
    let rows = lines.rows.iter().map(|line| row(t, line)).collect();
    sheet
        .block(choice(t, id, kinds))
        .block(Rows::new("", rows, t.get("mailbox-log-none")))
        .maybe(pager(t, id, kinds, &lines))
        .answer(&page, &Faults::default())
}

fn address(id: MailboxId, kinds: MailKinds) -> String {
    format!("{}?kinds={}", place_of(id), kinds.as_str())
}

fn choice(t: &Texts, id: MailboxId, chosen: MailKinds) -> Kinds {
    let link = |kinds: MailKinds| (t.get(name_of(kinds)), address(id, kinds), kinds == chosen);
    Kinds {
        label: t.get("mailbox-log-kinds"),
        links: MailKinds::EACH.into_iter().map(link).collect(),
    }
}

const fn name_of(kinds: MailKinds) -> &'static str {
    match kinds {
        MailKinds::All => key("mailbox-log-all"),
        MailKinds::Received => key("mailbox-log-received"),
        MailKinds::Sent => key("mailbox-log-sent"),
        MailKinds::Waiting => key("mailbox-log-waiting"),
        MailKinds::Returned => key("mailbox-log-returned"),
        MailKinds::Quarantined => key("mailbox-log-quarantined"),
    }
}

fn pager(
    t: &Texts,
    id: MailboxId,
    kinds: MailKinds,
    lines: &Paged<MailboxLine, LogPlace>,
) -> Option<crate::part::Pager> {
    let words = (key("app-newer"), key("app-older"));
    turn::pager(t, lines, words, |side, line| {
        format!("{}&{side}={line}", address(id, kinds))
    })
}

fn row(t: &Texts, line: &MailboxLine) -> Row {
    let when = t.moment(line.place.at);
    let hidden = |chip| {
        let name = t.get("mailbox-log-hidden");
        Row::new(name).below(&when).chip(chip)
    };
    let row = match (&line.what, &line.about) {
        (what, LineAbout::Hidden) => return hidden(chip_of(t, what)),
        (MailboxLogWhat::Told(told), _) => log_row(t, told),
        (MailboxLogWhat::Arriving(mail), _) => came(t, mail, t.get("mailbox-log-arriving"), &when),
        (MailboxLogWhat::Left(mail), _) => came(t, mail, left_words(t, mail), &when),
        (MailboxLogWhat::PutAside(mail), _) => {
            let reason = mail.error.split(": ").next().unwrap_or_default();
            let why = t.arg("mailbox-log-aside", "why", reason_words(t, reason));
            came(t, mail, why, &when).go(quarantine::place(), t.get("place-quarantine"))
        }
    };
    let row = match &line.what {
        MailboxLogWhat::Told(_) => row,
        what => row.chip(chip_of(t, what)),
    };
    let LineAbout::Ticket {
        ticket,
        subject,
        sender,
    } = &line.about
    else {
        return row;
    };
    let about = t.args(
        "mailbox-log-about",
        &[("number", &ticket.to_string()), ("subject", subject)],
    );
    let row = row.leads_to(format!("/tickets/{ticket}")).below(about);
    match &line.what {
        MailboxLogWhat::Told(told) => match &told.what {
            LogWhat::Received(mail, _) if mail.mail_from.is_empty() && !sender.is_empty() => {
                row.below(t.arg("mailbox-log-from", "from", sender))
            }
            LogWhat::Sent(mail, _) => row.below(left_late(t, line, mail.sent_at)),
            _ => row,
        },
        _ => row,
    }
}

/// When a mail left that had to wait; lines stand where it was queued.
fn left_late(t: &Texts, line: &MailboxLine, sent_at: Option<jiff::Timestamp>) -> String {
    match sent_at {
        Some(at) if at.duration_since(line.place.at).as_secs() >= 60 => {
            t.arg("mailbox-log-left-at", "when", t.moment(at))
        }
        _ => String::new(),
    }
}

/// A mail that is in no ticket.
fn came(t: &Texts, mail: &Incoming, words: String, when: &str) -> Row {
    let from = if mail.mail_from.is_empty() {
        String::new()
    } else {
        t.arg("log-envelope", "from", &mail.mail_from)
    };
    Row::new(words)
        .below(format!("{when} · {}", came_by(t, &mail.via)))
        .below(from)
        .below(if mail.recipients.is_empty() {
            String::new()
        } else {
            t.arg("log-for", "to", mail.recipients.join(", "))
        })
        .below(size_words(t, mail.size))
}

fn chip_of(t: &Texts, what: &MailboxLogWhat) -> Chip {
    match what {
        MailboxLogWhat::Told(line) => log_chip(t, &line.what),
        MailboxLogWhat::PutAside(_) => Chip::toned(t.get("mailbox-log-chip-aside"), Tone::Warn),
        MailboxLogWhat::Arriving(_) | MailboxLogWhat::Left(_) => Chip::new(t.get("log-received")),
    }
}

/// Why no message was made of a mail that was understood.
fn left_words(t: &Texts, mail: &Incoming) -> String {
    match mail.error.as_str() {
        "no_ticket" => t.get("mailbox-log-left-sent"),
        "staff_machine" => t.get("mailbox-log-left-machine"),
        "round_trip" => t.get("mailbox-log-left-test"),
        "staff_draft" => t.get("mailbox-log-left-draft"),
        _ => t.get("mailbox-log-left"),
    }
}
