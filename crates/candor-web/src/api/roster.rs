//! Who works when, for programs.
//!
//! Owns: its routes, and the roster of a week as JSON. Must not know: how a shift or an absence is changed.

pub(super) mod absence;
pub(super) mod shift;

use super::caller::Caller;
use super::params::{Params, refused};
use super::respond::ok;
use crate::error::ApiResult;
use crate::i18n::key;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use absence::Absence;
use axum::response::Response;
use candor_desk::roster::RosterView;
use candor_domain::permission::Permission;
use candor_domain::roster::ShiftDay;
use jiff::civil::Date;
use serde::Serialize;
use shift::Shift;
use utoipa::ToSchema;

/// Adds the routes of the roster, which are for leads.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Admission::Api(Permission::ManageLevels);
    book.get("/api/v1/roster", may, show)
        .post("/api/v1/shifts", may, shift::add)
        .get("/api/v1/shifts/{id}", may, shift::show)
        .put("/api/v1/shifts/{id}", may, shift::change)
        .delete("/api/v1/shifts/{id}", may, shift::remove)
        .post("/api/v1/shifts/{id}/return", may, shift::bring_back)
        .post("/api/v1/absences", may, absence::ask)
        .get("/api/v1/absences/{id}", may, absence::show)
        .delete("/api/v1/absences/{id}", may, absence::withdraw)
        .post("/api/v1/absences/{id}/return", may, absence::restore)
        .post("/api/v1/absences/{id}/decision", may, absence::decide)
        .delete("/api/v1/absences/{id}/decision", may, absence::ask_again);
}

/// The roster of a week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Roster {
    /// The Monday.
    #[schema(format = Date)]
    monday: String,
    /// The time zone of its days and hours, such as `Europe/Berlin`.
    zone: String,
    /// Who works when, by time, with swaps and absences looked at.
    days: Vec<WorkingDay>,
    /// Every shift of people who work here, also those of other weeks.
    shifts: Vec<Shift>,
    /// Absences from the Monday on.
    absences: Vec<Absence>,
    /// Shifts from the Monday on that were given away for a day, or are on offer.
    swaps: Vec<Swap>,
}

/// A shift on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkingDay {
    /// The number of the shift.
    shift: i64,
    /// The number of the person whose it is.
    person: i64,
    /// The number of the person whose it was, where somebody took it over.
    taken_from: Option<i64>,
    /// The day on which it begins.
    #[schema(format = Date)]
    date: String,
    /// When it begins.
    #[schema(format = DateTime)]
    from: String,
    /// When it ends.
    #[schema(format = DateTime)]
    to: String,
    /// The number of the absence for which nobody comes.
    absence: Option<i64>,
}

impl WorkingDay {
    fn of(day: &ShiftDay) -> Self {
        Self {
            shift: day.shift.0,
            person: day.person.0,
            taken_from: day.taken_from.map(|person| person.0),
            date: day.date.to_string(),
            from: day.span.0.to_string(),
            to: day.span.1.to_string(),
            absence: day.away.map(|absence| absence.0),
        }
    }
}

/// A shift that somebody gives away for a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Swap {
    /// Its number.
    id: i64,
    /// The number of the shift.
    shift: i64,
    /// The day.
    #[schema(format = Date)]
    date: String,
    /// The number of the person who gives it away.
    by: i64,
    /// The number of the person who takes it.
    taker: Option<i64>,
    /// `offered`, `taken`, `approved`, `declined`, `withdrawn` or `lapsed`.
    state: &'static str,
}

impl Swap {
    fn of(swap: &candor_domain::roster::Swap) -> Self {
        Self {
            id: swap.id.0,
            shift: swap.shift.0,
            date: swap.date.to_string(),
            by: swap.by.0,
            taker: swap.taker.map(|person| person.0),
            state: swap.state.as_str(),
        }
    }
}

/// Shows the roster of a week
#[utoipa::path(
    get,
    path = "/api/v1/roster",
    tag = "Roster",
    params(("week" = Option<String>, Query, description = "A day of the week, such as `2026-11-23`; this week where nothing is said")),
    responses((status = 200, description = "The roster", body = Roster)),
    security(("token" = ["settings.levels"]))
)]
pub(super) async fn show(caller: Caller, params: Params) -> ApiResult<Response> {
    let params = params.knowing(&["week"])?;
    let day = |text: &str| {
        let day = text.parse::<Date>();
        day.map_err(|_| refused("week", key("error-day"), ""))
    };
    let week = params.get("week").map(day).transpose()?;
    let page = caller.ask(RosterView { week }).await?;
    let zone = page.book.zone.iana_name().unwrap_or("UTC");
    Ok(ok(&Roster {
        monday: page.monday.to_string(),
        zone: zone.to_owned(),
        days: page.days.iter().map(WorkingDay::of).collect(),
        shifts: page.book.shifts.iter().map(Shift::of).collect(),
        absences: page.book.absences.iter().map(Absence::of).collect(),
        swaps: page.book.swaps.iter().map(Swap::of).collect(),
    }))
}
