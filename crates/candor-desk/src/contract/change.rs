//! Writing contracts: adding, changing, ending, taking away.
//!
//! Owns: what a contract may say, and its wording of targets. Must not know: forms.

use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use crate::level::{Whose, later};
use candor_domain::contract::{Agreed, Contract, Remedy, RemedyError};
use candor_domain::id::{CalendarId, ContractId, LevelId, OrganizationId, TermsId};
use candor_domain::level::{KeptCalendar, KeptLevel, KeptTerms, Terms};
use candor_domain::message::Channel;
use candor_domain::permission::Permission;
use candor_store::Tx;
use jiff::civil::Date;
use serde_json::json;
use std::sync::Arc;

/// Longest description of what a contract is for, in characters.
const LONGEST: usize = 4_000;

/// A contract as it is typed.
#[derive(Debug, Clone, Default)]
pub struct ContractText {
    /// With whom; only a new one asks.
    pub organization: Option<OrganizationId>,
    /// What both sides call it.
    pub name: String,
    /// The first day, such as `2026-10-01`.
    pub first_day: String,
    /// The last day; empty goes on and on.
    pub last_day: String,
    /// The level that holds its targets.
    pub level: Option<LevelId>,
    /// In whose hours it counts.
    pub calendar: Option<CalendarId>,
    /// The ways in that it is for.
    pub channels: Vec<Channel>,
    /// The languages in which the team answers, the first for statements.
    pub languages: Vec<String>,
    /// What it is for.
    pub includes: String,
    /// What it is not for.
    pub excludes: String,
    /// One step of credit a line, such as `95: 5`.
    pub remedy: String,
}

/// Adds a contract. Open tickets that were opened within it follow.
#[derive(Debug, Clone)]
pub struct AddContract(pub ContractText);

impl Verb for AddContract {
    type Output = ContractId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<ContractId, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let organization = self.0.organization.map(|id| tx.organization(id));
        let organization = organization.transpose()?.flatten();
        let Some(organization) = organization else {
            let words = "choose the organization that it is with";
            return Err(DeskError::invalid(
                "organization",
                "error-contract-organization",
                words,
            ));
        };
        let read = read(tx, &self.0, (ContractId(0), organization.id))?;
        let (mut contract, level, calendar) = read;
        let terms = word(tx, &mut contract, &level, &calendar)?;
        tx.insert_contract(&mut contract)?;
        record(tx, cx, "contract.added", json!({}), &[&contract, &terms])?;
        later(tx, cx, Whose::Organization(organization.id))?;
        Ok(contract.id)
    }
}

/// Changes a contract. Another level, or other hours, are another wording: open tickets go on by
/// it with what they had spent.
#[derive(Debug, Clone)]
pub struct ChangeContract {
    /// Which.
    pub contract: ContractId,
    /// As it was typed.
    pub text: ContractText,
}

impl Verb for ChangeContract {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let before = holding(tx, self.contract)?;
        let (mut contract, level, calendar) =
            read(tx, &self.text, (before.id, before.organization))?;
        contract.terms = before.terms;
        if contract == before {
            return Ok(());
        }
        if (contract.level, contract.calendar) == (before.level, before.calendar) {
            tx.save_contract(&contract)?;
            record(tx, cx, "contract.changed", json!({}), &[&contract])?;
        } else {
            let terms = word(tx, &mut contract, &level, &calendar)?;
            tx.save_contract(&contract)?;
            record(tx, cx, "contract.changed", json!({}), &[&contract, &terms])?;
        }
        later(tx, cx, Whose::Organization(contract.organization))
    }
}

/// Sets the last day of a contract, or lets it run on.
#[derive(Debug, Clone, Copy)]
pub struct EndContract {
    /// Which.
    pub contract: ContractId,
    /// Its last day; `None` goes on and on.
    pub last_day: Option<Date>,
}

impl Verb for EndContract {
    /// The last day that it had before.
    type Output = Option<Date>;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Date>, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let before = holding(tx, self.contract)?;
        let contract = Contract {
            last_day: self.last_day,
            ..before.clone()
        };
        if contract == before {
            return Ok(before.last_day);
        }
        let mut check = Check::default();
        check_days(&mut check, &contract);
        check.done()?;
        refuse_overlap(tx, &contract)?;
        tx.save_contract(&contract)?;
        let kind = if self.last_day.is_some() {
            "contract.ended"
        } else {
            "contract.reopened"
        };
        record(tx, cx, kind, json!({}), &[&contract])?;
        later(tx, cx, Whose::Organization(contract.organization))?;
        Ok(before.last_day)
    }
}

/// Takes a contract away that was written by mistake, or brings it back. Open tickets follow. One
/// with an approved statement stays: what a customer was told holds.
#[derive(Debug, Clone, Copy)]
pub struct TakeContractAway {
    /// Which.
    pub contract: ContractId,
    /// Whether it goes.
    pub goes: bool,
}

impl Verb for TakeContractAway {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut contract = found(tx, self.contract)?;
        if contract.withdrawn == self.goes {
            return Ok(());
        }
        if self.goes && tx.last_approved(contract.id)?.is_some() {
            return Err(DeskError::Conflict(Conflict::InUse("contract")));
        }
        if !self.goes {
            refuse_overlap(tx, &contract)?;
        }
        contract.withdrawn = self.goes;
        tx.save_contract(&contract)?;
        let kind = if self.goes {
            "contract.withdrawn"
        } else {
            "contract.brought_back"
        };
        record(tx, cx, kind, json!({}), &[&contract])?;
        later(tx, cx, Whose::Organization(contract.organization))
    }
}

/// A contract that holds; one that was taken away has to be brought back first.
pub(super) fn holding(tx: &mut Tx<'_>, id: ContractId) -> Result<Contract, DeskError> {
    let contract = found(tx, id)?;
    if contract.withdrawn {
        return Err(DeskError::NotFound("contract"));
    }
    Ok(contract)
}

pub(super) fn found(tx: &mut Tx<'_>, id: ContractId) -> Result<Contract, DeskError> {
    tx.contract(id)?.ok_or(DeskError::NotFound("contract"))
}

fn read(
    tx: &mut Tx<'_>,
    text: &ContractText,
    (id, organization): (ContractId, OrganizationId),
) -> Result<(Contract, KeptLevel, KeptCalendar), DeskError> {
    let mut check = Check::default();
    let name = check.name("name", &text.name);
    let first_day = day(&mut check, "first_day", &text.first_day);
    let last_day = match text.last_day.trim() {
        "" => None,
        typed => Some(day(&mut check, "last_day", typed)),
    };
    let agreed = agreed(&mut check, text);
    let level = text.level.map(|id| tx.level(id)).transpose()?.flatten();
    if level.is_none() {
        check.refuse("level", "error-contract-level", "choose a service level");
    }
    let calendar = text.calendar.map(|id| tx.calendar(id)).transpose()?;
    let calendar = calendar.flatten();
    if calendar.is_none() {
        check.refuse("calendar", "error-level-calendar", "choose opening hours");
    }
    let contract = Contract {
        id,
        organization,
        name,
        first_day,
        last_day,
        level: level.as_ref().map_or(LevelId(0), |level| level.id),
        calendar: calendar.as_ref().map_or(CalendarId(0), |kept| kept.id),
        agreed,
        terms: TermsId(0),
        withdrawn: false,
    };
    check_days(&mut check, &contract);
    check.done()?;
    refuse_overlap(tx, &contract)?;
    let level = level.ok_or(DeskError::NotFound("level"))?;
    let calendar = calendar.ok_or(DeskError::NotFound("calendar"))?;
    Ok((contract, level, calendar))
}

fn agreed(check: &mut Check, text: &ContractText) -> Agreed {
    let remedy = Remedy::read(&text.remedy).unwrap_or_else(|error| {
        let id = match error {
            RemedyError::Line(_) => "error-remedy-line",
            RemedyError::Range => "error-remedy-range",
            RemedyError::Order => "error-remedy-order",
        };
        check.refuse("remedy", id, &error.to_string());
        Remedy::default()
    });
    if text.channels.is_empty() {
        let words = "choose one way in at least";
        check.refuse("channels", "error-contract-channels", words);
    }
    if text.languages.is_empty() {
        let words = "choose one language at least";
        check.refuse("languages", "error-contract-languages", words);
    }
    for tag in &text.languages {
        check.language("languages", tag);
    }
    for (field, words) in [("includes", &text.includes), ("excludes", &text.excludes)] {
        if words.chars().count() > LONGEST {
            check.refuse(field, "error-contract-long", "use at most 4,000 characters");
        }
    }
    Agreed {
        channels: text.channels.clone(),
        languages: text.languages.clone(),
        includes: text.includes.trim().to_owned(),
        excludes: text.excludes.trim().to_owned(),
        remedy,
    }
}

fn day(check: &mut Check, field: &'static str, text: &str) -> Date {
    let read = text.trim().parse::<Date>().ok();
    read.filter(|day| (2000..=2200).contains(&day.year()))
        .unwrap_or_else(|| {
            check.refuse(field, "error-day", "write a day such as 2026-11-23");
            Date::default()
        })
}

fn check_days(check: &mut Check, contract: &Contract) {
    if contract
        .last_day
        .is_some_and(|last| last < contract.first_day)
    {
        let words = "the last day comes before the first";
        check.refuse("last_day", "error-days-backwards", words);
    }
}

/// A ticket belongs to one contract.
fn refuse_overlap(tx: &mut Tx<'_>, contract: &Contract) -> Result<(), DeskError> {
    let others = tx.contracts_of(contract.organization)?;
    let other = others
        .iter()
        .find(|other| other.id != contract.id && other.meets(contract));
    match other {
        None => Ok(()),
        Some(other) => {
            let words = format!("{} is for the same days and ways in already", other.name);
            Err(DeskError::invalid(
                "first_day",
                "error-contract-overlap",
                words,
            ))
        }
    }
}

/// Writes down what the contract promises now.
fn word(
    tx: &mut Tx<'_>,
    contract: &mut Contract,
    level: &KeptLevel,
    calendar: &KeptCalendar,
) -> Result<KeptTerms, DeskError> {
    let terms = Terms {
        level: level.level.clone(),
        calendar: Arc::new(calendar.calendar.clone()),
    };
    contract.terms = tx.insert_terms(level.id, &terms)?;
    Ok(KeptTerms {
        id: contract.terms,
        level: level.id,
        terms,
    })
}

/// Every contract with a level gets a wording with its new targets.
pub(crate) fn reword_of_level(
    tx: &mut Tx<'_>,
    cx: &Cx,
    level: &KeptLevel,
) -> Result<(), DeskError> {
    for contract in tx.contracts()? {
        if contract.level == level.id {
            let calendar = tx.calendar(contract.calendar)?;
            let calendar = calendar.ok_or(DeskError::NotFound("calendar"))?;
            reword(tx, cx, contract, (level, &calendar))?;
        }
    }
    Ok(())
}

/// Every contract that counts by a calendar gets a wording with its new hours.
pub(crate) fn reword_of_calendar(
    tx: &mut Tx<'_>,
    cx: &Cx,
    calendar: &KeptCalendar,
) -> Result<(), DeskError> {
    for contract in tx.contracts()? {
        if contract.calendar == calendar.id {
            let level = tx.level(contract.level)?;
            let level = level.ok_or(DeskError::NotFound("level"))?;
            reword(tx, cx, contract, (&level, calendar))?;
        }
    }
    Ok(())
}

fn reword(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mut contract: Contract,
    (level, calendar): (&KeptLevel, &KeptCalendar),
) -> Result<(), DeskError> {
    let terms = word(tx, &mut contract, level, calendar)?;
    tx.save_contract(&contract)?;
    record(tx, cx, "contract.reworded", json!({}), &[&contract, &terms])
}
