//! Announced maintenance on the page of a contract.
//!
//! Owns: its rows and its form. Must not know: what it excuses.

use super::{Which, one, path_of};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Chip, Field, FieldKind, FormCard, Row, Rows, Tone};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::contract::{
    AnnounceMaintenance, CallMaintenanceOff, ContractSeen, ContractView, MaintenanceText,
};
use candor_domain::contract::Maintenance;
use candor_domain::id::{ContractId, MaintenanceId};
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub(super) fn routes(book: &mut RouteBook<App>, may: Admission) {
    let one = "/settings/contracts/{contract}/maintenance/{maintenance}";
    book.post("/settings/contracts/{contract}/maintenance", may, announce)
        .post(one, may, put_on_again)
        .delete(one, may, call_off);
}

/// What was announced, in the contract's own zone.
pub(super) fn rows(t: &Texts, seen: &ContractSeen, all: &[Maintenance], now: Timestamp) -> Rows {
    let zone = TimeZone::get(&seen.zone).unwrap_or(TimeZone::UTC);
    let there = Texts::new(t.language, zone, now);
    let row = |one: &Maintenance| {
        let (from, to) = (moment(&there, one.begins_at), moment(&there, one.ends_at));
        let row = Row::new(there.args("maintenance-time", &[("from", &from), ("to", &to)]))
            .below(&one.reason)
            .below(there.arg(
                "maintenance-announced",
                "time",
                moment(&there, one.announced_at),
            ));
        let path = format!("{}/maintenance/{}", path_of(one.contract), one.id);
        match (one.withdrawn_at.is_some(), one.begins_at > now) {
            (true, _) => row.chip(Chip::toned(t.get("maintenance-off"), Tone::Neutral)),
            (false, true) => row.act(ActionButton::delete(&path, t.get("maintenance-call-off"))),
            (false, false) => row,
        }
    };
    Rows::new(
        t.get("maintenance-title"),
        all.iter().map(row).collect(),
        t.get("maintenance-none"),
    )
}

/// A moment with its whole date.
pub(super) fn moment(t: &Texts, at: Timestamp) -> String {
    let (day, time) = (t.date(at), t.clock(at));
    t.args("time-date-and-time", &[("day", &day), ("time", &time)])
}

pub(super) fn card(t: &Texts, seen: &ContractSeen, (form, faults): (&Filled, &Faults)) -> FormCard {
    let time = |name, label: &'static str| {
        Field::new(name, t.get(label), FieldKind::Line("datetime-local"))
            .value(form.text(name))
            .required()
            .faults(faults, t)
    };
    FormCard::new(
        format!("{}/maintenance", path_of(seen.contract.id)),
        t.get("maintenance-announce"),
    )
    .title(t.get("maintenance-announce-title"))
    .words(t.arg("maintenance-words", "zone", &seen.zone))
    .field(time("begins", key("maintenance-begins")))
    .field(time("ends", key("maintenance-ends")))
    .field(
        Field::text("reason", t.get("maintenance-reason"))
            .value(form.text("reason"))
            .hint(t.get("maintenance-reason-hint"))
            .max_length(200)
            .required()
            .faults(faults, t),
    )
}

async fn announce(
    page: Page,
    Path(contract): Path<ContractId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let text = MaintenanceText {
        begins: form.text("begins").to_owned(),
        ends: form.text("ends").to_owned(),
        reason: form.text("reason").to_owned(),
    };
    match page.run(AnnounceMaintenance { contract, text }).await {
        Ok(_) => Ok(page.lead_to(&path_of(contract), Some(&Flash::new(key("done-added"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let view = ContractView::of(contract);
            one(&page, view, Some((Which::Maintenance, &form, &faults))).await
        }
    }
}

async fn call_off(
    page: Page,
    Path((_, maintenance)): Path<(ContractId, MaintenanceId)>,
) -> PageResult {
    let off = CallMaintenanceOff {
        maintenance,
        off: true,
    };
    let contract = page.run(off).await?;
    let undo = format!("{}/maintenance/{maintenance}", path_of(contract));
    let flash = Flash::new(key("done-maintenance-off")).with_undo(undo);
    Ok(page.lead_to(&path_of(contract), Some(&flash)))
}

async fn put_on_again(
    page: Page,
    Path((_, maintenance)): Path<(ContractId, MaintenanceId)>,
) -> PageResult {
    let on = CallMaintenanceOff {
        maintenance,
        off: false,
    };
    let contract = page.run(on).await?;
    Ok(page.lead_to(&path_of(contract), Some(&Flash::new(key("done-saved")))))
}
