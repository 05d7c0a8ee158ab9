//! Service levels: adding, changing, letting one rest.
//!
//! Owns: the rules of a level and its wordings. Must not know: forms.

use super::apply::{Whose, later};
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::id::{CalendarId, LevelId, TermsId};
use candor_domain::level::{
    Coverage, KeptCalendar, KeptLevel, KeptTerms, LevelForm, Metric, ServiceLevel, Target, Targets,
    Terms, Warns, Weight,
};
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_store::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A target as it is typed, such as `8 business hours`.
#[derive(Debug, Clone)]
pub struct TargetText {
    /// For which urgency.
    pub urgency: Urgency,
    /// What is promised.
    pub metric: Metric,
    /// How long it may take; empty promises nothing.
    pub text: String,
}

/// A level as it is typed.
#[derive(Debug, Clone, Default)]
pub struct LevelText {
    /// What people call it, unique.
    pub name: String,
    /// In whose hours.
    pub calendar: Option<CalendarId>,
    /// How much its tickets weigh beside those of other levels.
    pub weight: Option<f64>,
    /// What is promised.
    pub targets: Vec<TargetText>,
    /// To whom.
    pub covers: Coverage,
    /// Whether customers read it on the page of promises.
    pub public: bool,
    /// Whom its warnings reach.
    pub warns: Warns,
}

/// Adds a level.
#[derive(Debug, Clone)]
pub struct AddLevel(pub LevelText);

impl Verb for AddLevel {
    type Output = LevelId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<LevelId, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let (level, calendar) = read(tx, None, &self.0)?;
        let mut kept = KeptLevel {
            id: LevelId(0),
            level,
            calendar: calendar.id,
            covers: self.0.covers.clone(),
            public: self.0.public,
            active: true,
            terms: TermsId(0),
            warns: self.0.warns.clone(),
        };
        tx.insert_level(&mut kept)?;
        let terms = word(tx, &mut kept, &calendar)?;
        tx.save_level(&kept)?;
        record(tx, cx, "level.added", json!({}), &[&kept, &terms])?;
        later(tx, cx, Whose::All)?;
        Ok(kept.id)
    }
}

/// Changes a level. Another wording is another row: what clocks ran by stays as it was, and open
/// tickets go on by the new one with what they had spent.
#[derive(Debug, Clone)]
pub struct ChangeLevel {
    /// Which.
    pub level: LevelId,
    /// As it was typed.
    pub text: LevelText,
}

impl Verb for ChangeLevel {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let before = tx.level(self.level)?.ok_or(DeskError::NotFound("level"))?;
        let (level, calendar) = read(tx, Some(before.id), &self.text)?;
        let mut kept = KeptLevel {
            level,
            calendar: calendar.id,
            covers: self.text.covers.clone(),
            public: self.text.public,
            warns: self.text.warns.clone(),
            ..before.clone()
        };
        if kept == before {
            return Ok(());
        }
        let reworded = kept.level != before.level || kept.calendar != before.calendar;
        let terms = reworded
            .then(|| word(tx, &mut kept, &calendar))
            .transpose()?;
        tx.save_level(&kept)?;
        record_level(tx, cx, "level.changed", &kept, terms.as_ref())?;
        if reworded {
            crate::contract::reword_of_level(tx, cx, &kept)?;
        }
        later(tx, cx, Whose::All)
    }
}

/// Lets a level rest, or brings it back. Tickets that had it get what they would get without it.
#[derive(Debug, Clone, Copy)]
pub struct RestLevel {
    /// Which.
    pub level: LevelId,
    /// Whether it rests.
    pub rests: bool,
}

impl Verb for RestLevel {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut kept = tx.level(self.level)?.ok_or(DeskError::NotFound("level"))?;
        if kept.active != self.rests {
            return Ok(());
        }
        kept.active = !self.rests;
        if kept.active {
            refuse_overlap(tx, Some(kept.id), &kept.covers)?;
        }
        tx.save_level(&kept)?;
        let kind = if self.rests {
            "level.rested"
        } else {
            "level.woke"
        };
        record_level(tx, cx, kind, &kept, None)?;
        later(tx, cx, Whose::All)
    }
}

/// Adds the level that a small shop can begin with, for everybody, in the hours of a calendar:
/// urgent within 4 open hours, the rest within 9 and 18.
#[derive(Debug, Clone)]
pub struct StartLevels {
    /// In whose hours.
    pub calendar: CalendarId,
    /// What it is called.
    pub name: String,
}

impl Verb for StartLevels {
    type Output = LevelId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<LevelId, DeskError> {
        let hours = [
            (Urgency::Urgent, 4),
            (Urgency::Normal, 9),
            (Urgency::CanWait, 18),
        ];
        let metrics = [Metric::FirstReply, Metric::NextReply];
        let targets = hours.into_iter().flat_map(|(urgency, hours)| {
            metrics.map(|metric| TargetText {
                urgency,
                metric,
                text: format!("{hours} business hours"),
            })
        });
        let text = LevelText {
            name: self.name.clone(),
            calendar: Some(self.calendar),
            weight: None,
            targets: targets.collect(),
            covers: Coverage {
                everybody: true,
                ..Coverage::default()
            },
            public: false,
            warns: Warns::default(),
        };
        AddLevel(text).apply(tx, cx)
    }
}

fn record_level(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kind: &'static str,
    kept: &KeptLevel,
    terms: Option<&KeptTerms>,
) -> Result<(), DeskError> {
    match terms {
        Some(terms) => record(tx, cx, kind, json!({}), &[kept, terms]),
        None => record(tx, cx, kind, json!({}), &[kept]),
    }
}

/// Writes down what the level promises now.
fn word(
    tx: &mut Tx<'_>,
    kept: &mut KeptLevel,
    calendar: &KeptCalendar,
) -> Result<KeptTerms, DeskError> {
    let terms = Terms {
        level: kept.level.clone(),
        calendar: Arc::new(calendar.calendar.clone()),
    };
    kept.terms = tx.insert_terms(kept.id, &terms)?;
    Ok(KeptTerms {
        id: kept.terms,
        level: kept.id,
        terms,
    })
}

/// Every level that counts by a calendar gets a wording with its new hours.
pub(super) fn reword_all(
    tx: &mut Tx<'_>,
    cx: &Cx,
    calendar: &KeptCalendar,
) -> Result<(), DeskError> {
    let levels = tx.levels()?;
    for mut kept in levels
        .into_iter()
        .filter(|level| level.calendar == calendar.id)
    {
        let terms = word(tx, &mut kept, calendar)?;
        tx.save_level(&kept)?;
        record_level(tx, cx, "level.reworded", &kept, Some(&terms))?;
    }
    crate::contract::reword_of_calendar(tx, cx, calendar)?;
    later(tx, cx, Whose::All)
}

fn read(
    tx: &mut Tx<'_>,
    own: Option<LevelId>,
    text: &LevelText,
) -> Result<(ServiceLevel, KeptCalendar), DeskError> {
    let mut check = Check::default();
    let name = check.name("name", &text.name);
    let targets = targets(&mut check, &text.targets);
    let weight = Weight::try_from(text.weight.unwrap_or(1.0)).unwrap_or_else(|error| {
        check.refuse("weight", "error-level-weight", &error.to_string());
        Weight::default()
    });
    let calendar = match text.calendar {
        Some(id) => tx.calendar(id)?,
        None => None,
    };
    if calendar.is_none() {
        check.refuse("calendar", "error-level-calendar", "choose opening hours");
    }
    check.done()?;
    let taken = tx
        .levels()?
        .iter()
        .any(|other| other.level.name() == name && Some(other.id) != own);
    if taken {
        return Err(DeskError::Conflict(Conflict::Taken("name")));
    }
    for &person in &text.warns.people {
        tx.person(person)?.ok_or(DeskError::NotFound("person"))?;
    }
    refuse_overlap(tx, own, &text.covers)?;
    let level = ServiceLevel::try_from(LevelForm {
        name,
        tier_weight: weight,
        warn_at: [50, 80],
        targets,
    });
    let level = level.map_err(|e| DeskError::invalid("name", "error-name-empty", e.to_string()))?;
    Ok((level, calendar.ok_or(DeskError::NotFound("calendar"))?))
}

fn targets(check: &mut Check, texts: &[TargetText]) -> BTreeMap<Urgency, Targets> {
    let mut all: BTreeMap<Urgency, Targets> = BTreeMap::new();
    for one in texts.iter().filter(|one| !one.text.trim().is_empty()) {
        match one.text.parse::<Target>() {
            Ok(target) => {
                let of = all.entry(one.urgency).or_default();
                of.insert(one.metric, target);
            }
            Err(error) => {
                check.refuse("targets", "error-level-target", &error.to_string());
                return all;
            }
        }
    }
    if all.is_empty() {
        check.refuse(
            "targets",
            "error-level-nothing",
            "promise one thing at least",
        );
    }
    all
}

/// A customer has one level on one ground.
fn refuse_overlap(
    tx: &mut Tx<'_>,
    own: Option<LevelId>,
    covers: &Coverage,
) -> Result<(), DeskError> {
    let levels = tx.levels()?;
    let other = levels
        .iter()
        .find(|other| other.active && Some(other.id) != own && other.covers.meets(covers));
    match other {
        None => Ok(()),
        Some(other) => {
            let words = format!("{} is for some of them already", other.level.name());
            Err(DeskError::invalid("covers", "error-level-overlap", words))
        }
    }
}
