//! Skills, for programs.
//!
//! Owns: `/api/v1/skills` and how a skill is written. Must not know: rules.

use super::caller::{Caller, Number};
use super::fields::{Body, Fields};
use super::params::Params;
use super::respond::{List, answer, ok};
use crate::error::ApiResult;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::once::Then;
use candor_desk::skill::{AddSkill, ChangeSkill, SkillOf, SkillText, Skills, TakeSkillAway};
use candor_domain::id::{PersonId, SkillId};
use candor_domain::permission::Permission;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Adds the routes of skills, which whoever looks after teams may use.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Admission::Api(Permission::ManageTeams);
    book.get("/api/v1/skills", may, list)
        .post("/api/v1/skills", may, add)
        .get("/api/v1/skills/{id}", may, show)
        .put("/api/v1/skills/{id}", may, change)
        .delete("/api/v1/skills/{id}", may, remove)
        .post("/api/v1/skills/{id}/return", may, bring_back);
}

/// What somebody has to be able to do for some tickets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Skill {
    /// Its number.
    id: i64,
    /// Where it is.
    url: String,
    /// Its name.
    name: String,
    /// Tickets with one of these tags need it.
    tags: Vec<String>,
    /// Tickets of customers who read one of these languages need it.
    languages: Vec<String>,
    /// The numbers of the people who have it.
    people: Vec<i64>,
    /// False once it was taken away.
    active: bool,
}

impl Skill {
    fn of(skill: &candor_domain::skill::Skill) -> Self {
        Self {
            id: skill.id.0,
            url: format!("/api/v1/skills/{}", skill.id),
            name: skill.name.clone(),
            tags: skill.tags.clone(),
            languages: skill.languages.clone(),
            people: skill.people.iter().map(|person| person.0).collect(),
            active: skill.active,
        }
    }
}

/// A skill as it is to be. At least one tag or language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewSkill {
    /// Its name.
    name: String,
    /// Tickets with one of these tags need it.
    #[schema(required = false)]
    tags: Option<Vec<String>>,
    /// Tickets of customers who read one of these languages need it, such as `de`; each counts with
    /// its regions.
    #[schema(required = false)]
    languages: Option<Vec<String>>,
    /// The numbers of the people who have it.
    #[schema(required = false)]
    people: Option<Vec<i64>>,
}

fn read(value: Value) -> ApiResult<SkillText> {
    let mut fields = Fields::of(value, &["name", "tags", "languages", "people"])?;
    let people = fields.numbers("people").unwrap_or_default();
    let text = SkillText {
        name: fields.required_text("name"),
        tags: fields.texts("tags").unwrap_or_default(),
        languages: fields.texts("languages").unwrap_or_default(),
        people: people.into_iter().map(PersonId).collect(),
    };
    fields.done()?;
    Ok(text)
}

/// Lists skills
#[utoipa::path(
    get,
    path = "/api/v1/skills",
    tag = "Skills",
    responses((status = 200, description = "Every skill there ever was, oldest first", body = List<Skill>)),
    security(("token" = ["settings.teams"]))
)]
pub(super) async fn list(caller: Caller, params: Params) -> ApiResult<Response> {
    params.knowing(&[])?;
    let found = caller.ask(Skills).await?;
    Ok(ok(&List::whole(found.iter().map(Skill::of).collect())))
}

/// Adds a skill
#[utoipa::path(
    post,
    path = "/api/v1/skills",
    tag = "Skills",
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated call with this key gets the same answer and adds nothing new")),
    request_body = NewSkill,
    responses((status = 201, description = "The skill", body = Skill, headers(
        ("Location" = String, description = "Where it is"),
    ))),
    security(("token" = ["settings.teams"]))
)]
pub(super) async fn add(caller: Caller, body: Body) -> ApiResult<Response> {
    let verb = Then {
        verb: AddSkill(read(body.value)?),
        ask: SkillOf,
    };
    let write = |skill: &_| answer(StatusCode::CREATED, &Skill::of(skill));
    caller.once(body.request, verb, write).await
}

/// Shows a skill
#[utoipa::path(
    get,
    path = "/api/v1/skills/{id}",
    tag = "Skills",
    params(("id" = i64, Path, description = "The skill's number")),
    responses((status = 200, description = "The skill", body = Skill)),
    security(("token" = ["settings.teams"]))
)]
pub(super) async fn show(caller: Caller, number: Number<SkillId>) -> ApiResult<Response> {
    shown(&caller, number.0).await
}

/// Changes a skill
///
/// Whoever has a ticket keeps it; the next ones are given by what is said here.
#[utoipa::path(
    put,
    path = "/api/v1/skills/{id}",
    tag = "Skills",
    params(("id" = i64, Path, description = "The skill's number")),
    request_body = NewSkill,
    responses((status = 200, description = "The skill as it is now", body = Skill)),
    security(("token" = ["settings.teams"]))
)]
pub(super) async fn change(
    caller: Caller,
    number: Number<SkillId>,
    body: Body,
) -> ApiResult<Response> {
    let verb = ChangeSkill {
        skill: number.0,
        text: read(body.value)?,
    };
    caller.run(verb).await?;
    shown(&caller, number.0).await
}

/// Takes a skill away
///
/// No ticket needs it any more. `POST /api/v1/skills/{id}/return` brings it back.
#[utoipa::path(
    delete,
    path = "/api/v1/skills/{id}",
    tag = "Skills",
    params(("id" = i64, Path, description = "The skill's number")),
    responses((status = 200, description = "The skill as it is now", body = Skill)),
    security(("token" = ["settings.teams"]))
)]
pub(super) async fn remove(caller: Caller, number: Number<SkillId>) -> ApiResult<Response> {
    let (skill, goes) = (number.0, true);
    caller.run(TakeSkillAway { skill, goes }).await?;
    shown(&caller, skill).await
}

/// Brings a skill back
#[utoipa::path(
    post,
    path = "/api/v1/skills/{id}/return",
    tag = "Skills",
    params(("id" = i64, Path, description = "The skill's number")),
    responses((status = 200, description = "The skill as it is now", body = Skill)),
    security(("token" = ["settings.teams"]))
)]
pub(super) async fn bring_back(caller: Caller, number: Number<SkillId>) -> ApiResult<Response> {
    let (skill, goes) = (number.0, false);
    caller.run(TakeSkillAway { skill, goes }).await?;
    shown(&caller, skill).await
}

async fn shown(caller: &Caller, skill: SkillId) -> ApiResult<Response> {
    Ok(ok(&Skill::of(&caller.ask(SkillOf(skill)).await?)))
}
