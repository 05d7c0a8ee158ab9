//! What a test of a mailbox found out about its provider.
//!
//! Owns: a sentence for each finding, with what mends it. Must not know: how it was found.

use super::place_of;
use super::words::daily_limit;
use crate::i18n::{Argument, Texts, key};
use crate::part::{Chip, Row, Rows, Tone};
use candor_desk::send_account::{LegEnd, RoundTrip, RoundTripFacts, SendAccount, SenderTold};
use candor_domain::mailbox::Mailbox;
use jiff::{SignedDuration, Timestamp};

/// After this a mail that is not back is worth a word.
const LATE: SignedDuration = SignedDuration::from_mins(10);

/// Everything that the last test found.
pub(super) fn rows(
    t: &Texts,
    now: Timestamp,
    (mailbox, account): (&Mailbox, Option<&SendAccount>),
    trip: &RoundTrip,
) -> Rows {
    let is_late = now.duration_since(trip.started_at) >= LATE;
    let facts = &trip.facts;
    let mut rows = vec![
        Row::new(t.arg("round-trip-when", "when", t.relative(trip.started_at)))
            .below(t.get("round-trip-when-words"))
            .go(place_of(mailbox.id), t.get("round-trip-again")),
        comes_back(t, mailbox, facts, is_late),
        plus(t, trip, account, is_late),
    ];
    rows.extend(kept(t, facts));
    if facts.plain == LegEnd::Back || facts.plus == LegEnd::Back {
        rows.push(sender(t, mailbox, facts.told.as_ref()));
    }
    rows.push(limit(t, mailbox, account));
    Rows::new(t.get("round-trip-title"), rows, "")
}

fn row(t: &Texts, name: &'static str, words: String, tone: Tone) -> Row {
    let chip = match tone {
        Tone::Good => key("round-trip-good"),
        Tone::Bad => key("round-trip-bad"),
        Tone::Warn => key("round-trip-mend"),
        _ => key("round-trip-waits"),
    };
    Row::new(t.get(name))
        .below(words)
        .chip(Chip::toned(t.get(chip), tone))
}

fn comes_back(t: &Texts, mailbox: &Mailbox, facts: &RoundTripFacts, is_late: bool) -> Row {
    let address = mailbox.address.as_str();
    let (words, tone) = match &facts.plain {
        LegEnd::Back => (t.arg("round-trip-back", "address", address), Tone::Good),
        LegEnd::Refused(why) => {
            let values: [(&str, &dyn Argument); 2] = [("address", &address), ("why", why)];
            (t.args("round-trip-refused", &values), Tone::Bad)
        }
        LegEnd::Waiting if is_late => (t.arg("round-trip-lost", "address", address), Tone::Bad),
        LegEnd::Waiting => (t.get("round-trip-waiting"), Tone::Neutral),
    };
    row(t, key("round-trip-comes"), words, tone)
}

fn plus(t: &Texts, trip: &RoundTrip, account: Option<&SendAccount>, is_late: bool) -> Row {
    let address = trip.plus_address.as_str();
    let is_used = account.is_none_or(|account| account.plus);
    let (words, tone) = match (&trip.facts.plus, is_used) {
        (LegEnd::Back, true) => (t.arg("round-trip-plus", "address", address), Tone::Good),
        (LegEnd::Back, false) => {
            let words = t.arg("round-trip-plus-unused", "address", address);
            (words, Tone::Good)
        }
        (LegEnd::Waiting, _) if !is_late => (t.get("round-trip-waiting"), Tone::Neutral),
        (LegEnd::Waiting | LegEnd::Refused(_), true) => {
            (t.arg("round-trip-no-plus", "address", address), Tone::Warn)
        }
        (LegEnd::Waiting | LegEnd::Refused(_), false) => {
            let words = t.arg("round-trip-no-plus-known", "address", address);
            (words, Tone::Good)
        }
    };
    row(t, key("round-trip-plus-title"), words, tone)
}

/// What the provider left as it was.
fn kept(t: &Texts, facts: &RoundTripFacts) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(kept) = facts.kept_id {
        let (words, tone) = if kept {
            (t.get("round-trip-id-kept"), Tone::Good)
        } else {
            (t.get("round-trip-id-changed"), Tone::Warn)
        };
        rows.push(row(t, key("round-trip-id"), words, tone));
    }
    if let Some(kept) = facts.kept_reply_to {
        let (words, tone) = if kept {
            (t.get("round-trip-reply-kept"), Tone::Good)
        } else {
            (t.get("round-trip-reply-changed"), Tone::Warn)
        };
        rows.push(row(t, key("round-trip-reply"), words, tone));
    }
    rows
}

fn sender(t: &Texts, mailbox: &Mailbox, told: Option<&SenderTold>) -> Row {
    let domain = mailbox.address.domain();
    let title = key("round-trip-sender");
    let Some(told) = told else {
        return row(t, title, t.get("round-trip-sender-silent"), Tone::Neutral);
    };
    let (words, tone) = match told.vouched.as_str() {
        "verified" => (key("round-trip-sender-good"), Tone::Good),
        "forged" => (key("round-trip-sender-forged"), Tone::Bad),
        "unverified" => (key("round-trip-sender-nobody"), Tone::Warn),
        _ => (key("round-trip-sender-unknown"), Tone::Neutral),
    };
    let row = row(t, title, t.arg(words, "domain", domain), tone);
    let by = if told.by.is_empty() {
        t.get("round-trip-sender-here")
    } else {
        told.by.clone()
    };
    let values: [(&str, &dyn Argument); 2] = [("by", &by), ("found", &told.found)];
    let row = row.below(t.args("round-trip-sender-found", &values));
    match tone {
        Tone::Bad | Tone::Warn => row.go("/settings/domains", t.get("place-domains")),
        _ => row,
    }
}

fn limit(t: &Texts, mailbox: &Mailbox, account: Option<&SendAccount>) -> Row {
    let title = key("round-trip-limit");
    let Some(account) = account else {
        let row = row(t, title, t.get("round-trip-limit-desk"), Tone::Neutral);
        return row.go("/settings/outgoing", t.get("place-outgoing"));
    };
    let own = account.limits.per_day;
    let Some(most) = daily_limit(&account.host, mailbox.address.domain()) else {
        let words = if own > 0 {
            t.arg("round-trip-limit-own", "own", own)
        } else {
            t.get("round-trip-limit-unknown")
        };
        return row(t, title, words, Tone::Neutral);
    };
    let values: [(&str, &dyn Argument); 2] = [("most", &most), ("own", &own)];
    if own == 0 || own > most {
        let words = if own == 0 {
            t.arg("round-trip-limit-none", "most", most)
        } else {
            t.args("round-trip-limit-high", &values)
        };
        return row(t, title, words, Tone::Warn);
    }
    row(
        t,
        title,
        t.args("round-trip-limit-good", &values),
        Tone::Good,
    )
}
