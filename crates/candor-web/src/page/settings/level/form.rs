//! The form of one level.
//!
//! Owns: its fields and the table of targets. Must not know: which targets are allowed; the desk
//! reads them.

use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::page::ticket::words::{kind_key, urgency_key};
use crate::part::{Choice, Field, FieldKind, Ticks, metric_key};
use askama::Template;
use candor_desk::level::{LevelText, Levels, TargetText};
use candor_domain::level::{Counted, Coverage, KeptLevel, Metric, Target, Warns};
use candor_domain::ticket::{Kind, Urgency};

/// The form.
#[derive(Template)]
#[template(path = "page/settings/level_form.html")]
pub(super) struct LevelForm {
    t: Texts,
    action: String,
    before: Vec<Field>,
    urgencies: Vec<String>,
    usual: Vec<TargetRow>,
    more: Vec<TargetRow>,
    fault: Option<String>,
    covers: Vec<Ticks>,
    covers_fault: Option<String>,
    warns: Vec<Ticks>,
    after: Vec<Field>,
}

/// What is promised, for each urgency.
struct TargetRow {
    label: String,
    hint: String,
    cells: Vec<TargetCell>,
}

/// One target: a number and a unit.
struct TargetCell {
    name: String,
    label: String,
    number: String,
    units: Vec<(Choice, bool)>,
}

/// The units, as a target is written.
const UNITS: [&str; 4] = [
    "business minutes",
    "business hours",
    "calendar hours",
    "calendar days",
];

fn unit_key(unit: &str) -> &'static str {
    match unit {
        "business minutes" => key("unit-open-minutes"),
        "calendar hours" => key("unit-hours"),
        "calendar days" => key("unit-days"),
        _ => key("unit-open-hours"),
    }
}

fn number_of(urgency: Urgency, metric: Metric) -> String {
    format!("{}-{}-n", urgency.as_str(), metric.as_str())
}

fn unit_of(urgency: Urgency, metric: Metric) -> String {
    format!("{}-{}-u", urgency.as_str(), metric.as_str())
}

/// What was typed.
pub(super) fn read(form: &Filled) -> LevelText {
    let mut targets = Vec::new();
    for &urgency in Urgency::ALL {
        for &metric in Metric::OF_LEVELS {
            let number = form.text(&number_of(urgency, metric)).trim();
            if !number.is_empty() {
                targets.push(TargetText {
                    urgency,
                    metric,
                    text: format!("{number} {}", form.text(&unit_of(urgency, metric))),
                });
            }
        }
    }
    let kinds = form.all::<String>("kind");
    let warn = form.all::<String>("warn");
    let warned = |name: &str| warn.iter().any(|own| own == name);
    LevelText {
        name: form.text("name").to_owned(),
        calendar: form.value("calendar"),
        weight: Some(form.value("weight").unwrap_or(-1.0)),
        targets,
        covers: Coverage {
            organizations: form.all("organization"),
            tiers: form.all("tier"),
            mailboxes: form.all("mailbox"),
            kinds: kinds.iter().filter_map(|kind| Kind::parse(kind)).collect(),
            everybody: form.text("everybody") == "true",
        },
        public: form.text("public") == "true",
        warns: Warns {
            assignee: warned("assignee"),
            leads: warned("leads"),
            people: form.all("warn_person"),
            mail: warned("mail"),
        },
    }
}

/// A new level, before anything is typed.
pub(super) fn usual() -> Filled {
    let hours = [
        (Urgency::Urgent, "4"),
        (Urgency::Normal, "9"),
        (Urgency::CanWait, "18"),
    ];
    let mut values = vec![
        ("weight".to_owned(), "1".to_owned()),
        ("warn".to_owned(), "assignee".to_owned()),
    ];
    for (urgency, hours) in hours {
        for metric in [Metric::FirstReply, Metric::NextReply] {
            values.push((number_of(urgency, metric), hours.to_owned()));
        }
    }
    filled(&values)
}

fn filled(values: &[(String, String)]) -> Filled {
    let named: Vec<(&str, String)> = values
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    Filled::with(&named)
}

/// A level as it would have been typed.
pub(super) fn of(kept: &KeptLevel) -> Filled {
    let mut values = vec![
        ("name".to_owned(), kept.level.name().to_owned()),
        ("calendar".to_owned(), kept.calendar.to_string()),
        (
            "weight".to_owned(),
            kept.level.tier_weight().as_f64().to_string(),
        ),
        ("everybody".to_owned(), kept.covers.everybody.to_string()),
        ("public".to_owned(), kept.public.to_string()),
    ];
    let mut add = |name: &str, value: String| values.push((name.to_owned(), value));
    kept.covers
        .organizations
        .iter()
        .for_each(|id| add("organization", id.to_string()));
    kept.covers
        .tiers
        .iter()
        .for_each(|id| add("tier", id.to_string()));
    kept.covers
        .mailboxes
        .iter()
        .for_each(|id| add("mailbox", id.to_string()));
    kept.covers
        .kinds
        .iter()
        .for_each(|kind| add("kind", kind.as_str().to_owned()));
    let warns = &kept.warns;
    for (name, wanted) in [
        ("assignee", warns.assignee),
        ("leads", warns.leads),
        ("mail", warns.mail),
    ] {
        if wanted {
            add("warn", name.to_owned());
        }
    }
    for person in &warns.people {
        add("warn_person", person.to_string());
    }
    for (urgency, metric, target) in kept.level.targets() {
        let (number, unit) = written(target);
        add(&number_of(urgency, metric), number);
        add(&unit_of(urgency, metric), unit.to_owned());
    }
    filled(&values)
}

fn written(target: Target) -> (String, &'static str) {
    let minutes = target.minutes();
    match target.counted() {
        Counted::Calendar if minutes.is_multiple_of(1440) => {
            ((minutes / 1440).to_string(), UNITS[3])
        }
        Counted::Calendar => (minutes.div_ceil(60).to_string(), UNITS[2]),
        Counted::Business if minutes.is_multiple_of(60) => ((minutes / 60).to_string(), UNITS[1]),
        Counted::Business => (minutes.to_string(), UNITS[0]),
    }
}

impl LevelForm {
    pub(super) fn new(
        t: &Texts,
        action: &str,
        levels: &Levels,
        (form, faults): (&Filled, &Faults),
    ) -> Self {
        let rows = |metrics: [Metric; 3]| metrics.map(|metric| row(t, metric, form)).into();
        Self {
            action: action.to_owned(),
            before: head(t, levels, form, faults),
            urgencies: Urgency::ALL
                .iter()
                .map(|one| t.get(urgency_key(*one)))
                .collect(),
            usual: rows([Metric::FirstReply, Metric::NextReply, Metric::Resolution]),
            more: rows([
                Metric::PeriodicUpdate,
                Metric::RequesterWait,
                Metric::AgentWork,
            ]),
            fault: faults.of("targets", t),
            covers: covers(t, levels, form),
            covers_fault: faults.of("covers", t),
            warns: warns(t, levels, form),
            after: tail(t, form, faults),
            t: t.clone(),
        }
    }
}

fn head(t: &Texts, levels: &Levels, form: &Filled, faults: &Faults) -> Vec<Field> {
    let calendars = levels.calendars.iter();
    let calendars = calendars.map(|kept| Choice::new(kept.id.to_string(), kept.calendar.name()));
    vec![
        Field::text("name", t.get("field-name"))
            .value(form.text("name"))
            .required()
            .faults(faults, t),
        Field::choice("calendar", t.get("level-calendar"), calendars.collect())
            .value(form.text("calendar"))
            .hint(t.get("level-calendar-hint"))
            .faults(faults, t),
    ]
}

fn tail(t: &Texts, form: &Filled, faults: &Faults) -> Vec<Field> {
    vec![
        Field::new("weight", t.get("level-weight"), FieldKind::Line("text"))
            .value(form.text("weight"))
            .hint(t.get("level-weight-hint"))
            .required()
            .faults(faults, t),
        Field::tick(
            "public",
            t.get("level-public"),
            form.text("public") == "true",
        )
        .hint(t.get("level-public-hint")),
    ]
}

fn row(t: &Texts, metric: Metric, form: &Filled) -> TargetRow {
    let cell = |urgency: &Urgency| {
        let chosen = form.text(&unit_of(*urgency, metric));
        let chosen = if chosen.is_empty() { UNITS[1] } else { chosen };
        TargetCell {
            name: format!("{}-{}", urgency.as_str(), metric.as_str()),
            label: format!(
                "{}, {}",
                t.get(metric_key(metric)),
                t.get(urgency_key(*urgency))
            ),
            number: form.text(&number_of(*urgency, metric)).to_owned(),
            units: UNITS
                .iter()
                .map(|unit| (Choice::new(*unit, t.get(unit_key(unit))), *unit == chosen))
                .collect(),
        }
    };
    TargetRow {
        label: t.get(metric_key(metric)),
        hint: t.get(match metric {
            Metric::FirstReply => key("metric-first-reply-hint"),
            Metric::NextReply => key("metric-next-reply-hint"),
            Metric::PeriodicUpdate => key("metric-periodic-update-hint"),
            Metric::RequesterWait => key("metric-requester-wait-hint"),
            Metric::AgentWork => key("metric-agent-work-hint"),
            Metric::Resolution => key("metric-resolution-hint"),
            Metric::Promised => key("metric-promised-hint"),
        }),
        cells: Urgency::ALL.iter().map(cell).collect(),
    }
}

fn ticks(
    form: &Filled,
    name: &'static str,
    legend: String,
    all: impl Iterator<Item = (String, String)>,
) -> Ticks {
    let chosen = form.all::<String>(name);
    Ticks {
        legend,
        name,
        choices: all
            .map(|(value, words)| {
                let ticked = chosen.contains(&value);
                (value, words, ticked)
            })
            .collect(),
        hint: String::new(),
    }
}

/// Whom warnings reach.
fn warns(t: &Texts, levels: &Levels, form: &Filled) -> Vec<Ticks> {
    let ways = [
        ("assignee", key("warn-assignee")),
        ("leads", key("warn-leads")),
        ("mail", key("warn-mail")),
    ];
    let ways = ways.map(|(value, words)| (value.to_owned(), t.get(words)));
    let people = levels.people.iter();
    let people = people.map(|(id, name)| (id.to_string(), name.clone()));
    vec![
        ticks(form, "warn", t.get("warn-whom"), ways.into_iter()),
        ticks(form, "warn_person", t.get("warn-people"), people),
    ]
}

fn covers(t: &Texts, levels: &Levels, form: &Filled) -> Vec<Ticks> {
    let everybody = [("true".to_owned(), t.get("cover-everybody"))].into_iter();
    let tiers = levels
        .tiers
        .iter()
        .map(|tier| (tier.id.to_string(), tier.name.clone()));
    let organizations = levels.organizations.iter();
    let organizations = organizations.map(|one| (one.id.to_string(), one.name.clone()));
    let mailboxes = levels.mailboxes.iter();
    let mailboxes = mailboxes.map(|one| (one.id.to_string(), one.name.clone()));
    let kinds = Kind::ALL.iter();
    let kinds = kinds.map(|kind| (kind.as_str().to_owned(), t.get(kind_key(*kind))));
    let mut all = vec![
        ticks(form, "everybody", t.get("cover-rest"), everybody),
        ticks(form, "tier", t.get("cover-tiers"), tiers),
        ticks(
            form,
            "organization",
            t.get("cover-organizations"),
            organizations,
        ),
        ticks(form, "mailbox", t.get("cover-mailboxes"), mailboxes),
        ticks(form, "kind", t.get("cover-kinds"), kinds),
    ];
    all.retain(|ticks| !ticks.choices.is_empty());
    all
}
