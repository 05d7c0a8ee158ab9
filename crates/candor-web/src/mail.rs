//! The sentences of the mails that the desk writes, from the catalogue.
//!
//! Owns: which text is which sentence. Must not know: when a mail is written.
//!
//! A blank such as `{link}` goes through the catalogue as its own value and is filled by the desk.

use crate::i18n::{Language, Texts, key};
use candor_desk::outbox::{
    LetterTexts, MailTextBook, MailTexts, PromiseLine, RosterTexts, StaffTexts, WarningTexts,
};
use candor_domain::level::Metric;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The sentences in every language.
pub fn mail_texts() -> MailTextBook {
    MailTextBook {
        english: of(Language::English),
        german: of(Language::German),
    }
}

fn of(language: Language) -> MailTexts {
    let t = Texts::new(language, TimeZone::UTC, Timestamp::UNIX_EPOCH);
    MailTexts {
        delimiter: t.get("mail-delimiter"),
        promise: match language {
            Language::English => |line| promise(Language::English, line),
            Language::German => |line| promise(Language::German, line),
        },
        closing: t.arg("mail-closing", "link", "{link}"),
        quote_intro: t.args(
            "mail-quote-intro",
            &[("date", &"{date}"), ("name", &"{name}")],
        ),
        invitation: letter(&t, "letter-invitation"),
        reset: letter(&t, "letter-reset"),
        acknowledgement: letter(&t, "letter-acknowledgement"),
        rating: letter(&t, "letter-rating"),
        rating_alert: letter(&t, "letter-rating-alert"),
        mail_silent: letter(&t, "letter-mail-silent"),
        mail_unread: letter(&t, "letter-mail-unread"),
        mail_flows: letter(&t, "letter-mail-flows"),
        roster: roster(&t),
        warning: warning(&t),
        staff: staff(&t),
    }
}

fn staff(t: &Texts) -> StaffTexts {
    let sentence = |id: &'static str| t.arg(id, "number", "{number}");
    StaffTexts {
        letter: letter(t, "letter-staff"),
        kept: letter(t, "letter-staff-kept"),
        more: letter(t, "letter-staff-more"),
        assigned: sentence(key("bymail-news-assigned")),
        answered: sentence(key("bymail-news-answered")),
        team: sentence(key("bymail-news-team")),
        stranger: t.get("bymail-stranger"),
        kept_moved: sentence(key("bymail-kept-moved")),
        kept_closed: sentence(key("bymail-kept-closed")),
        kept_spam: sentence(key("bymail-kept-spam")),
        kept_order: sentence(key("bymail-kept-order")),
    }
}

fn warning(t: &Texts) -> WarningTexts {
    let sentence = |id: &'static str| {
        let values: [(&str, &dyn crate::i18n::Argument); 4] = [
            ("number", &"{number}"),
            ("subject", &"{subject}"),
            ("what", &"{what}"),
            ("time", &"{time}"),
        ];
        t.args(id, &values)
    };
    let metrics = Metric::ALL.iter();
    WarningTexts {
        letter: letter(t, "letter-warning"),
        time_form: t.get("warning-time-form"),
        soon: sentence(key("warning-soon")),
        late: sentence(key("warning-late")),
        metrics: metrics
            .map(|metric| (*metric, t.get(crate::part::metric_key(*metric))))
            .collect(),
    }
}

fn roster(t: &Texts) -> RosterTexts {
    let sentence = |id: &'static str| {
        let values: [(&str, &dyn crate::i18n::Argument); 3] = [
            ("who", &"{who}"),
            ("other", &"{other}"),
            ("days", &"{days}"),
        ];
        t.args(id, &values)
    };
    RosterTexts {
        letter: letter(t, "letter-roster"),
        day_form: t.get("roster-day-form"),
        absence_asked: sentence(key("roster-absence-asked")),
        absence_withdrawn: sentence(key("roster-absence-withdrawn")),
        absence_approved: sentence(key("roster-absence-approved")),
        absence_declined: sentence(key("roster-absence-declined")),
        absence_open: sentence(key("roster-absence-open")),
        deputy: sentence(key("roster-deputy")),
        swap_taken: sentence(key("roster-swap-taken")),
        swap_given_back: sentence(key("roster-swap-given-back")),
        swap_approved: sentence(key("roster-swap-approved")),
        swap_declined: sentence(key("roster-swap-declined")),
        swap_withdrawn: sentence(key("roster-swap-withdrawn")),
        swap_lapsed: sentence(key("roster-swap-lapsed")),
        swap_on_offer: sentence(key("roster-swap-on-offer")),
        swap_open: sentence(key("roster-swap-open")),
    }
}

/// By when a customer hears from us, in the zone of the brand.
fn promise(language: Language, line: &PromiseLine) -> String {
    let zone = TimeZone::get(&line.zone).unwrap_or(TimeZone::UTC);
    let t = Texts::new(language, zone, line.now);
    crate::portal::owed_by(&t, line.due, line.usual)
}

fn letter(t: &Texts, id: &str) -> LetterTexts {
    let written = |part: &str| {
        let values: [(&str, &dyn crate::i18n::Argument); 8] = [
            ("promise", &"{promise}"),
            ("name", &"{name}"),
            ("brand", &"{brand}"),
            ("link", &"{link}"),
            ("subject", &"{subject}"),
            ("number", &"{number}"),
            ("words", &"{words}"),
            ("news", &"{news}"),
        ];
        t.args(format!("{id}-{part}"), &values)
    };
    LetterTexts {
        subject: written("subject"),
        body: written("body"),
    }
}

#[cfg(test)]
mod tests {
    use super::mail_texts;

    #[test]
    fn every_sentence_has_its_blanks_in_every_language() {
        let book = mail_texts();
        for texts in [&book.english, &book.german] {
            assert!(!texts.delimiter.is_empty());
            assert!(texts.closing.contains("{link}"), "{texts:?}");
            for blank in ["{date}", "{name}"] {
                assert!(texts.quote_intro.contains(blank), "{texts:?}");
            }
            let acknowledgement = &texts.acknowledgement;
            assert!(acknowledgement.subject.contains("{number}"));
            for blank in ["{brand}", "{number}", "{promise}", "{link}"] {
                assert!(acknowledgement.body.contains(blank), "{acknowledgement:?}");
            }
            for grade in ["happy", "fine", "unhappy"] {
                let link = format!("({{link}}?grade={grade})");
                assert!(texts.rating.body.contains(&link), "{texts:?}");
            }
            for blank in ["{number}", "{words}", "{link}"] {
                assert!(texts.rating_alert.body.contains(blank), "{texts:?}");
            }
            for blank in ["{news}", "{link}"] {
                assert!(texts.staff.letter.body.contains(blank), "{texts:?}");
                assert!(texts.staff.kept.body.contains(blank), "{texts:?}");
            }
            assert!(texts.staff.letter.body.contains("{words}"), "{texts:?}");
            assert!(texts.staff.more.body.contains("{number}"), "{texts:?}");
            assert!(texts.roster.letter.body.contains("{news}"));
            assert!(texts.roster.swap_open.contains("{days}"), "{texts:?}");
            for letter in [&texts.invitation, &texts.reset] {
                assert!(letter.subject.contains("{brand}"), "{letter:?}");
                for blank in ["{name}", "{brand}", "\n\n{link}\n\n"] {
                    assert!(letter.body.contains(blank), "{letter:?}");
                }
            }
        }
    }
}
