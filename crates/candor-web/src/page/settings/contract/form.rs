//! The form of a contract.
//!
//! Owns: its fields. Must not know: what a contract may say; the desk checks it.

use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::part::{Choice, Field, FieldKind, FormCard, Ticks};
use candor_desk::contract::{ContractText, Contracts};
use candor_domain::contract::Contract;
use candor_domain::message::Channel;

/// What was typed.
pub(super) fn read(form: &Filled) -> ContractText {
    let text = |name: &str| form.text(name).to_owned();
    let channels = form.all::<String>("channel");
    let channels = channels.iter().filter_map(|word| Channel::parse(word));
    let mut languages = form.all::<String>("language");
    let first = text("statement_language");
    languages.retain(|tag| *tag != first);
    if !first.is_empty() {
        languages.insert(0, first);
    }
    ContractText {
        organization: form.value("organization"),
        name: text("name"),
        first_day: text("first_day"),
        last_day: text("last_day"),
        level: form.value("level"),
        calendar: form.value("calendar"),
        channels: channels.collect(),
        languages,
        includes: text("includes"),
        excludes: text("excludes"),
        remedy: text("remedy"),
    }
}

/// A contract as it would have been typed.
pub(super) fn of(contract: &Contract) -> Filled {
    let last = contract.last_day.map(|day| day.to_string());
    let mut values = vec![
        ("name", contract.name.clone()),
        ("first_day", contract.first_day.to_string()),
        ("last_day", last.unwrap_or_default()),
        ("level", contract.level.to_string()),
        ("calendar", contract.calendar.to_string()),
        ("includes", contract.agreed.includes.clone()),
        ("excludes", contract.agreed.excludes.clone()),
        ("remedy", contract.agreed.remedy.written()),
        ("statement_language", contract.language().to_owned()),
    ];
    for channel in &contract.agreed.channels {
        values.push(("channel", channel.as_str().to_owned()));
    }
    for language in &contract.agreed.languages {
        values.push(("language", language.clone()));
    }
    Filled::with(&values)
}

/// The fields; only a new contract asks with whom it is.
pub(super) fn fields(
    card: FormCard,
    t: &Texts,
    (found, is_new): (&Contracts, bool),
    (form, faults): (&Filled, &Faults),
) -> FormCard {
    let choice = |name, label: &'static str, all: Vec<Choice>| {
        Field::choice(name, t.get(label), all)
            .value(form.text(name))
            .faults(faults, t)
    };
    let levels = &found.levels;
    let card = if is_new {
        let all = levels.organizations.iter();
        let all = all.map(|one| Choice::new(one.id.to_string(), &one.name));
        card.field(choice(
            "organization",
            key("field-organization"),
            all.collect(),
        ))
    } else {
        card
    };
    let terms = levels.levels.iter();
    let terms = terms.map(|one| Choice::new(one.id.to_string(), one.level.name()));
    let hours = levels.calendars.iter();
    let hours = hours.map(|one| Choice::new(one.id.to_string(), one.calendar.name()));
    let card = card
        .field(
            Field::text("name", t.get("field-name"))
                .value(form.text("name"))
                .hint(t.get("contract-name-hint"))
                .required()
                .faults(faults, t),
        )
        .field(day("first_day", key("contract-first-day"), t, (form, faults)).required())
        .field(
            day("last_day", key("contract-last-day"), t, (form, faults))
                .hint(t.get("contract-last-day-hint")),
        )
        .field(
            choice("level", key("contract-level"), terms.collect())
                .hint(t.get("contract-level-hint")),
        )
        .field(
            choice("calendar", key("level-calendar"), hours.collect())
                .hint(t.get("contract-calendar-hint")),
        );
    words(ticks(card, t, form, faults), t, (form, faults))
}

fn day(
    name: &'static str,
    label: &'static str,
    t: &Texts,
    (form, faults): (&Filled, &Faults),
) -> Field {
    Field::new(name, t.get(label), FieldKind::Line("date"))
        .value(form.text(name))
        .faults(faults, t)
}

fn ticks(card: FormCard, t: &Texts, form: &Filled, faults: &Faults) -> FormCard {
    let channels = form.all::<String>("channel");
    let languages = form.all::<String>("language");
    let channel = |one: &Channel| {
        let value = one.as_str().to_owned();
        let ticked = channels.contains(&value);
        (value, t.get(channel_key(*one)), ticked)
    };
    let language = |tag: &str| {
        let words = t.get(language_key(tag));
        (
            tag.to_owned(),
            words,
            languages.iter().any(|own| own == tag),
        )
    };
    // A fault of ticks has no field to stand at: it takes the place of the hint.
    let fault = |name: &str, hint: &'static str| faults.of(name, t).unwrap_or_else(|| t.get(hint));
    let spoken = ["en", "de"].map(|tag| Choice::new(tag, t.get(language_key(tag))));
    card.ticks(Ticks {
        legend: t.get("contract-channels"),
        name: "channel",
        choices: Contract::CHANNELS.iter().map(channel).collect(),
        hint: fault("channels", key("contract-channels-hint")),
    })
    .ticks(Ticks {
        legend: t.get("contract-languages"),
        name: "language",
        choices: ["en", "de"].map(language).into(),
        hint: fault("languages", key("contract-languages-hint")),
    })
    .field(
        Field::choice(
            "statement_language",
            t.get("contract-statement-language"),
            spoken.into(),
        )
        .value(form.text("statement_language")),
    )
}

fn words(card: FormCard, t: &Texts, (form, faults): (&Filled, &Faults)) -> FormCard {
    let area = |name, label: &'static str, hint: &'static str, rows| {
        Field::area(name, t.get(label), rows)
            .value(form.text(name))
            .hint(t.get(hint))
            .faults(faults, t)
    };
    card.field(area(
        "includes",
        key("contract-includes"),
        key("contract-includes-hint"),
        4,
    ))
    .field(area(
        "excludes",
        key("contract-excludes"),
        key("contract-excludes-hint"),
        4,
    ))
    .field(area(
        "remedy",
        key("contract-remedy"),
        key("contract-remedy-hint"),
        3,
    ))
}

pub(super) const fn channel_key(channel: Channel) -> &'static str {
    match channel {
        Channel::Mail => key("way-in-mail"),
        Channel::Form | Channel::Page => key("way-in-form"),
        Channel::Phone => key("way-in-phone"),
        Channel::Api => key("way-in-api"),
        Channel::Desk => key("way-in-desk"),
    }
}

pub(super) fn language_key(tag: &str) -> &'static str {
    match tag {
        "de" => key("language-named-german"),
        _ => key("language-named-english"),
    }
}
