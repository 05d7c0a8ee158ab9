//! The form of an absence, and its words.
//!
//! Owns: fields that leads and everybody else share. Must not know: who may decide.

use super::{days_words, name_of};
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::part::{Chip, Choice, Field, FieldKind, FormCard, Row, Tone};
use candor_desk::roster::AbsenceText;
use candor_domain::id::PersonId;
use candor_domain::people::Person;
use candor_domain::roster::{Absence, AbsenceKind, AbsenceState};

/// The words of a reason.
pub(crate) const fn kind_key(kind: AbsenceKind) -> &'static str {
    match kind {
        AbsenceKind::Leave => key("absence-leave"),
        AbsenceKind::Sick => key("absence-sick"),
        AbsenceKind::Other => key("absence-other"),
    }
}

/// How far it came, as a label.
pub(crate) fn state_chip(t: &Texts, state: AbsenceState) -> Chip {
    match state {
        AbsenceState::Asked => Chip::toned(t.get("absence-asked"), Tone::Warn),
        AbsenceState::Approved => Chip::toned(t.get("absence-approved"), Tone::Good),
        AbsenceState::Declined => Chip::toned(t.get("absence-declined"), Tone::Bad),
        AbsenceState::Withdrawn => Chip::new(t.get("absence-withdrawn")),
    }
}

/// A line about an absence, under the name that is given.
pub(crate) fn row(t: &Texts, name: &str, absence: &Absence, people: &[Person]) -> Row {
    let deputy = absence.deputy.map_or_else(
        || t.get("absence-no-deputy"),
        |deputy| t.arg("absence-deputy-is", "name", name_of(people, deputy)),
    );
    let why = t.get(kind_key(absence.kind));
    Row::new(name)
        .below(format!(
            "{} · {why} · {deputy}",
            days_words(t, absence.first, absence.last)
        ))
        .below(absence.note.clone())
        .chip(state_chip(t, absence.state))
}

/// What stands in the form.
pub(crate) fn read(form: &Filled, person: PersonId) -> AbsenceText {
    AbsenceText {
        person,
        deputy: form.value("deputy"),
        first: form.text("first").to_owned(),
        last: form.text("last").to_owned(),
        kind: AbsenceKind::parse(form.text("kind")).unwrap_or(AbsenceKind::Leave),
        note: form.text("note").to_owned(),
    }
}

/// The form. With `choose`, leads choose whose absence it is.
pub(crate) fn card(
    t: &Texts,
    (action, button): (&str, String),
    (people, choose): (&[Person], bool),
    (form, faults): (&Filled, &Faults),
) -> FormCard {
    let active = || people.iter().filter(|person| person.active);
    let choice = |person: &Person| Choice::new(person.id.to_string(), &person.name);
    let mut deputies = vec![Choice::new("", t.get("ticket-nobody"))];
    deputies.extend(active().map(choice));
    let kinds = AbsenceKind::ALL.iter();
    let kinds = kinds.map(|kind| Choice::new(kind.as_str(), t.get(kind_key(*kind))));
    let line = |name: &'static str, label: String, kind: &'static str| {
        Field::new(name, label, FieldKind::Line(kind))
            .prefixed("absence")
            .value(form.text(name))
            .faults(faults, t)
    };
    let mut card = FormCard::new(action, button);
    if choose {
        let everybody = active().map(choice).collect();
        card = card.field(
            Field::choice("person", t.get("shift-person"), everybody)
                .prefixed("absence")
                .value(form.text("person")),
        );
    }
    card.field(
        Field::choice("kind", t.get("absence-kind"), kinds.collect())
            .prefixed("absence")
            .value(form.text("kind")),
    )
    .field(line("first", t.get("absence-first"), "date").required())
    .field(line("last", t.get("absence-last"), "date").hint(t.get("absence-last-hint")))
    .field(
        Field::choice("deputy", t.get("absence-deputy"), deputies)
            .prefixed("absence")
            .value(form.text("deputy"))
            .hint(t.get("absence-deputy-hint"))
            .faults(faults, t),
    )
    .field(
        line("note", t.get("absence-note"), "text")
            .max_length(300)
            .hint(t.get("absence-note-hint")),
    )
}
