//! The fixed sentences in the mails that the desk writes.
//!
//! Owns: which sentences there are, and filling their blanks. Must not know: what they say in any
//! language; whoever runs the desk hands them in.

use crate::level::Usual;
use candor_domain::level::Metric;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// By when a customer hears from us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseLine {
    /// When it is said.
    pub now: Timestamp,
    /// The zone of the brand, by IANA name.
    pub zone: String,
    /// By when.
    pub due: Timestamp,
    /// When an answer usually comes.
    pub usual: Option<Usual>,
}

/// The sentences of one language. Blanks such as `{link}` are filled in when a mail is written.
#[derive(Debug, Clone)]
pub struct MailTexts {
    /// The line that answers are written above.
    pub delimiter: String,
    /// The lines below a reply; holds `{link}`.
    pub closing: String,
    /// The line above the quoted message; holds `{name}` and `{date}`.
    pub quote_intro: String,
    /// To somebody who is invited to the team.
    pub invitation: LetterTexts,
    /// To somebody of the team who asked for another password.
    pub reset: LetterTexts,
    /// By when a customer hears from us, in one sentence.
    pub promise: fn(&PromiseLine) -> String,
    /// To a customer whose mail arrived; holds `{number}`, `{brand}`, `{promise}` and `{link}`.
    pub acknowledgement: LetterTexts,
    /// To a customer whose ticket is solved; may hold `{subject}` too.
    pub rating: LetterTexts,
    /// To whom a mailbox names, when a customer was not happy; may hold `{subject}`, `{number}` and
    /// `{words}` too.
    pub rating_alert: LetterTexts,
    /// To whom a mailbox names, when no mail comes any more; may hold `{words}` (since when) and
    /// `{number}` (mails that usually come in that time) too. `{name}` is the mailbox.
    pub mail_silent: LetterTexts,
    /// The same when its inbox cannot be read.
    pub mail_unread: LetterTexts,
    /// The same when mail flows again.
    pub mail_flows: LetterTexts,
    /// To colleagues, about shifts and absences.
    pub roster: RosterTexts,
    /// To colleagues, about promises that are about to break.
    pub warning: WarningTexts,
    /// To somebody of the team who wants to hear of tickets by mail.
    pub staff: StaffTexts,
}

/// What people of the team are told of a ticket. Each sentence may hold `{number}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffTexts {
    /// The mail around a sentence; holds `{news}` and `{link}`, and says how it is answered.
    pub letter: LetterTexts,
    /// The same around a sentence about an answer that stayed a draft.
    pub kept: LetterTexts,
    /// What was held back; holds `{number}` and `{link}`.
    pub more: LetterTexts,
    /// A ticket was given to the reader.
    pub assigned: String,
    /// Its customer wrote again.
    pub answered: String,
    /// It is new in a team of theirs.
    pub team: String,
    /// Whoever wrote the message is not known to be the customer.
    pub stranger: String,
    /// Their answer stayed a draft: somebody wrote in between.
    pub kept_moved: String,
    /// The ticket is closed.
    pub kept_closed: String,
    /// The ticket is marked as spam.
    pub kept_spam: String,
    /// The first line is an order that the desk does not know.
    pub kept_order: String,
}

/// Warnings. Each sentence may hold `{number}`, `{subject}`, `{what}` and `{time}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningTexts {
    /// The mail around the lines; holds `{news}`.
    pub letter: LetterTexts,
    /// How a moment is written (strftime).
    pub time_form: String,
    /// Something is due soon.
    pub soon: String,
    /// It is late.
    pub late: String,
    /// What can be promised.
    pub metrics: BTreeMap<Metric, String>,
}

/// News of the roster. Each sentence may hold `{who}`, `{other}` and `{days}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterTexts {
    /// The mail around a sentence; holds `{news}`.
    pub letter: LetterTexts,
    /// How a day is written (strftime).
    pub day_form: String,
    /// Somebody would like to be away.
    pub absence_asked: String,
    /// An absence was taken back.
    pub absence_withdrawn: String,
    /// An absence was approved.
    pub absence_approved: String,
    /// An absence was declined.
    pub absence_declined: String,
    /// A decision was taken back.
    pub absence_open: String,
    /// The reader stands in for somebody.
    pub deputy: String,
    /// Somebody would take a shift.
    pub swap_taken: String,
    /// Somebody would rather not take it.
    pub swap_given_back: String,
    /// A swap was approved.
    pub swap_approved: String,
    /// A swap was declined.
    pub swap_declined: String,
    /// Whoever offered a shift keeps it.
    pub swap_withdrawn: String,
    /// The roster changed, and the shift is not there any more.
    pub swap_lapsed: String,
    /// A shift is on offer again.
    pub swap_on_offer: String,
    /// A decision about a swap was taken back.
    pub swap_open: String,
}

/// A mail that holds a link for one person. Both texts may hold `{name}`, `{brand}` and `{link}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterTexts {
    /// Its subject line.
    pub subject: String,
    /// Its text in Markdown.
    pub body: String,
}

/// The sentences of every language that the desk writes in.
#[derive(Debug, Clone)]
pub struct MailTextBook {
    /// Where no better language is known.
    pub english: MailTexts,
    /// For language tags that start with `de`.
    pub german: MailTexts,
}

impl MailTextBook {
    /// The sentences for a language tag such as `de-AT`.
    pub fn for_language(&self, tag: &str) -> &MailTexts {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        if primary.eq_ignore_ascii_case("de") {
            &self.german
        } else {
            &self.english
        }
    }
}

/// Fills the blanks of a sentence in one pass, so that a name that looks like a blank stays a name.
/// A blank that nobody fills stays as it is.
pub(crate) fn filled(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(sentence.len() + 64);
    let mut rest = sentence;
    while let Some((before, blank)) = rest.split_once('{') {
        text.push_str(before);
        let value = blank.split_once('}').and_then(|(word, after)| {
            let value = values.iter().find(|(name, _)| *name == word)?;
            Some((value.1, after))
        });
        if let Some((value, after)) = value {
            text.push_str(value);
            rest = after;
        } else {
            text.push('{');
            rest = blank;
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn a_name_that_looks_like_a_blank_stays_a_name() {
        let values = [("name", "{link}"), ("link", "https://desk.example/reset/1")];
        assert_eq!(
            filled("{name}: {link} {other} {", &values),
            "{link}: https://desk.example/reset/1 {other} {"
        );
    }
}
