//! Absences, for programs.
//!
//! Owns: `/api/v1/absences` and how an absence is written. Must not know: rules, or what becomes of
//! tickets meanwhile.

use super::super::caller::{Caller, Number};
use super::super::fields::{Body, Fields};
use super::super::respond::{answer, ok};
use crate::error::ApiResult;
use crate::i18n::key;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::Verb;
use candor_desk::once::Then;
use candor_desk::roster::{
    AbsenceOf, AbsenceText, AskForAbsence, DecideAbsence, RestoreAbsence, WithdrawAbsence,
};
use candor_domain::id::{AbsenceId, PersonId};
use candor_domain::roster::AbsenceKind;
use serde::Serialize;
use utoipa::ToSchema;

/// Days on which somebody is away.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Absence {
    /// Its number.
    id: i64,
    /// Where it is.
    url: String,
    /// The number of the person.
    person: i64,
    /// The number of the person who looks after their tickets.
    deputy: Option<i64>,
    /// The first day.
    #[schema(format = Date)]
    first: String,
    /// The last day.
    #[schema(format = Date)]
    last: String,
    /// `leave`, `sick` or `other`.
    kind: &'static str,
    /// `asked`, `approved`, `declined` or `withdrawn`.
    state: &'static str,
    /// What they say about it; may be empty.
    note: String,
}

impl Absence {
    pub(super) fn of(absence: &candor_domain::roster::Absence) -> Self {
        Self {
            id: absence.id.0,
            url: format!("/api/v1/absences/{}", absence.id),
            person: absence.person.0,
            deputy: absence.deputy.map(|person| person.0),
            first: absence.first.to_string(),
            last: absence.last.to_string(),
            kind: absence.kind.as_str(),
            state: absence.state.as_str(),
            note: absence.note.clone(),
        }
    }
}

/// Days on which somebody is to be away.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewAbsence {
    /// The number of the person.
    person: i64,
    /// The number of the person who looks after their tickets.
    #[schema(required = false)]
    deputy: Option<i64>,
    /// The first day.
    #[schema(format = Date)]
    first: String,
    /// The last day; the first where nothing is said.
    #[schema(required = false, format = Date)]
    last: Option<String>,
    /// `leave` (where nothing is said), `sick` or `other`.
    #[schema(required = false)]
    kind: Option<String>,
    /// What they say about it.
    #[schema(required = false)]
    note: Option<String>,
}

/// What a lead says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decision {
    /// Yes or no.
    approve: bool,
}

/// Writes an absence down
///
/// It holds at once: the token's person decides about absences.
#[utoipa::path(
    post,
    path = "/api/v1/absences",
    tag = "Roster",
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated call with this key gets the same answer and adds nothing new")),
    request_body = NewAbsence,
    responses((status = 201, description = "The absence", body = Absence, headers(
        ("Location" = String, description = "Where it is"),
    ))),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn ask(caller: Caller, body: Body) -> ApiResult<Response> {
    let known = ["person", "deputy", "first", "last", "kind", "note"];
    let mut fields = Fields::of(body.value, &known)?;
    let kind = fields.word("kind", AbsenceKind::ALL, AbsenceKind::as_str);
    let text = AbsenceText {
        person: PersonId(fields.required_number("person")),
        deputy: fields.number("deputy").map(PersonId),
        first: fields.required_text("first"),
        last: fields.text("last").unwrap_or_default(),
        kind: kind.unwrap_or(AbsenceKind::Leave),
        note: fields.text("note").unwrap_or_default(),
    };
    fields.done()?;
    let verb = Then {
        verb: AskForAbsence(text),
        ask: AbsenceOf,
    };
    let write = |absence: &_| answer(StatusCode::CREATED, &Absence::of(absence));
    caller.once(body.request, verb, write).await
}

/// Shows an absence
#[utoipa::path(
    get,
    path = "/api/v1/absences/{id}",
    tag = "Roster",
    params(("id" = i64, Path, description = "The absence's number")),
    responses((status = 200, description = "The absence", body = Absence)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn show(
    caller: Caller,
    number: Number<AbsenceId>,
) -> ApiResult<Response> {
    let absence = caller.ask(AbsenceOf(number.0)).await?;
    Ok(ok(&Absence::of(&absence)))
}

/// Approves or declines an absence
///
/// Again later, for a second thought. The person hears of it.
#[utoipa::path(
    post,
    path = "/api/v1/absences/{id}/decision",
    tag = "Roster",
    params(("id" = i64, Path, description = "The absence's number")),
    request_body = Decision,
    responses(
        (status = 200, description = "The absence as it is now", body = Absence),
        (status = 409, description = "Whoever asked took it back"),
    ),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn decide(
    caller: Caller,
    number: Number<AbsenceId>,
    body: Body,
) -> ApiResult<Response> {
    let mut fields = Fields::of(body.value, &["approve"])?;
    let approve = fields.flag("approve");
    if approve.is_none() && fields.optional("approve").is_none() {
        fields.refuse("approve", key("error-field-missing"), "");
    }
    fields.done()?;
    let absence = number.0;
    changed(&caller, absence, DecideAbsence { absence, approve }).await
}

/// Takes a decision back
///
/// The absence waits for another one.
#[utoipa::path(
    delete,
    path = "/api/v1/absences/{id}/decision",
    tag = "Roster",
    params(("id" = i64, Path, description = "The absence's number")),
    responses((status = 200, description = "The absence as it is now", body = Absence)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn ask_again(
    caller: Caller,
    number: Number<AbsenceId>,
) -> ApiResult<Response> {
    let again = DecideAbsence {
        absence: number.0,
        approve: None,
    };
    changed(&caller, number.0, again).await
}

/// Takes an absence back
///
/// `POST /api/v1/absences/{id}/return` brings it back.
#[utoipa::path(
    delete,
    path = "/api/v1/absences/{id}",
    tag = "Roster",
    params(("id" = i64, Path, description = "The absence's number")),
    responses((status = 200, description = "The absence as it is now", body = Absence)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn withdraw(
    caller: Caller,
    number: Number<AbsenceId>,
) -> ApiResult<Response> {
    changed(&caller, number.0, WithdrawAbsence(number.0)).await
}

/// Brings an absence back
#[utoipa::path(
    post,
    path = "/api/v1/absences/{id}/return",
    tag = "Roster",
    params(("id" = i64, Path, description = "The absence's number")),
    responses((status = 200, description = "The absence as it is now", body = Absence)),
    security(("token" = ["settings.levels"]))
)]
pub(in super::super) async fn restore(
    caller: Caller,
    number: Number<AbsenceId>,
) -> ApiResult<Response> {
    changed(&caller, number.0, RestoreAbsence(number.0)).await
}

/// Runs what changes an absence and answers with it.
async fn changed<V: Verb<Output = ()>>(
    caller: &Caller,
    id: AbsenceId,
    verb: V,
) -> ApiResult<Response> {
    caller.run(verb).await?;
    Ok(ok(&Absence::of(&caller.ask(AbsenceOf(id)).await?)))
}
