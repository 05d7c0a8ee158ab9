//! Shifts, for programs.
//!
//! Owns: `/api/v1/shifts` and how a shift is written. Must not know: rules.

use super::super::caller::{Caller, Number};
use super::super::fields::{Body, Fields};
use super::super::respond::{answer, ok};
use crate::error::ApiResult;
use crate::i18n::key;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::once::Then;
use candor_desk::roster::{AddShift, ChangeShift, ShiftOf, ShiftText, TakeShiftAway};
use candor_domain::id::{PersonId, ShiftId};
use candor_domain::roster::Days;
use jiff::civil::Weekday;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Hours in which somebody works, once or every week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shift {
    /// Its number.
    id: i64,
    /// Where it is.
    url: String,
    /// The number of the person.
    person: i64,
    /// Every week on these days, such as `monday`; empty for one on its first day alone.
    days: Vec<&'static str>,
    /// The first day that it may be on.
    #[schema(format = Date)]
    first: String,
    /// The last one; `null` goes on and on.
    #[schema(format = Date)]
    last: Option<String>,
    /// From when to when on the clock of the desk, such as `09:00-17:00`; the end may lie past
    /// midnight.
    hours: String,
    /// False once it was taken away.
    active: bool,
}

impl Shift {
    pub(super) fn of(shift: &candor_domain::roster::Shift) -> Self {
        Self {
            id: shift.id.0,
            url: format!("/api/v1/shifts/{}", shift.id),
            person: shift.person.0,
            days: shift.days.each().map(name_of).collect(),
            first: shift.first.to_string(),
            last: shift.last.map(|day| day.to_string()),
            hours: shift.hours.to_string(),
            active: shift.active,
        }
    }
}

/// A shift as it is to be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewShift {
    /// The number of the person.
    person: i64,
    /// Every week on these days, such as `monday`; none, or nothing said, for one on its first day
    /// alone.
    #[schema(required = false)]
    days: Option<Vec<String>>,
    /// The first day that it may be on.
    #[schema(format = Date)]
    first: String,
    /// The last one; nothing said goes on and on.
    #[schema(required = false, format = Date)]
    last: Option<String>,
    /// From when to when on the clock of the desk, such as `09:00-17:00`.
    hours: String,
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

fn name_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

fn read(value: Value) -> ApiResult<ShiftText> {
    let mut fields = Fields::of(value, &["person", "days", "first", "last", "hours"])?;
    let person = fields.required_number("person");
    let mut days = Days::NONE;
    for name in fields.texts("days").unwrap_or_default() {
        if let Some(day) = WEEK.into_iter().find(|day| name_of(*day) == name) {
            days = days.with(day);
        } else {
            let words: Vec<&str> = WEEK.into_iter().map(name_of).collect();
            fields.refuse("days", key("error-field-word"), &words.join(", "));
        }
    }
    let text = ShiftText {
        person: PersonId(person),
        days,
        first: fields.required_text("first"),
        last: fields.text("last").unwrap_or_default(),
        hours: fields.required_text("hours"),
    };
    fields.done()?;
    Ok(text)
}

/// Adds a shift
#[utoipa::path(
    post,
    path = "/api/v1/shifts",
    tag = "Roster",
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated call with this key gets the same answer and adds nothing new")),
    request_body = NewShift,
    responses((status = 201, description = "The shift", body = Shift, headers(
        ("Location" = String, description = "Where it is"),
    ))),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn add(caller: Caller, body: Body) -> ApiResult<Response> {
    let verb = Then {
        verb: AddShift(read(body.value)?),
        ask: ShiftOf,
    };
    let write = |shift: &_| answer(StatusCode::CREATED, &Shift::of(shift));
    caller.once(body.request, verb, write).await
}

/// Shows a shift
#[utoipa::path(
    get,
    path = "/api/v1/shifts/{id}",
    tag = "Roster",
    params(("id" = i64, Path, description = "The shift's number")),
    responses((status = 200, description = "The shift", body = Shift)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn show(caller: Caller, number: Number<ShiftId>) -> ApiResult<Response> {
    shown(&caller, number.0).await
}

/// Changes a shift
///
/// Days that were worked already change with it: to keep them, set its last day and add another.
#[utoipa::path(
    put,
    path = "/api/v1/shifts/{id}",
    tag = "Roster",
    params(("id" = i64, Path, description = "The shift's number")),
    request_body = NewShift,
    responses((status = 200, description = "The shift as it is now", body = Shift)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn change(
    caller: Caller,
    number: Number<ShiftId>,
    body: Body,
) -> ApiResult<Response> {
    let verb = ChangeShift {
        shift: number.0,
        text: read(body.value)?,
    };
    caller.run(verb).await?;
    shown(&caller, number.0).await
}

/// Takes a shift away
///
/// `POST /api/v1/shifts/{id}/return` brings it back.
#[utoipa::path(
    delete,
    path = "/api/v1/shifts/{id}",
    tag = "Roster",
    params(("id" = i64, Path, description = "The shift's number")),
    responses((status = 200, description = "The shift as it is now", body = Shift)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn remove(
    caller: Caller,
    number: Number<ShiftId>,
) -> ApiResult<Response> {
    let (shift, goes) = (number.0, true);
    caller.run(TakeShiftAway { shift, goes }).await?;
    shown(&caller, shift).await
}

/// Brings a shift back
#[utoipa::path(
    post,
    path = "/api/v1/shifts/{id}/return",
    tag = "Roster",
    params(("id" = i64, Path, description = "The shift's number")),
    responses((status = 200, description = "The shift as it is now", body = Shift)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn bring_back(
    caller: Caller,
    number: Number<ShiftId>,
) -> ApiResult<Response> {
    let (shift, goes) = (number.0, false);
    caller.run(TakeShiftAway { shift, goes }).await?;
    shown(&caller, shift).await
}

async fn shown(caller: &Caller, shift: ShiftId) -> ApiResult<Response> {
    Ok(ok(&Shift::of(&caller.ask(ShiftOf(shift)).await?)))
}
