//! People, teams and mailboxes, as far as tickets are given to them.
//!
//! Owns: their lists. Must not know: roles, logins.

use super::caller::Caller;
use super::params::Params;
use super::respond::{List, ok};
use super::shape::Named;
use crate::error::ApiResult;
use axum::response::Response;
use candor_desk::mailbox::Mailboxes;
use candor_desk::people::{People, Teams};
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody of the team.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    /// Their number.
    id: i64,
    /// As they are called.
    name: String,
    /// What they log in with.
    email: String,
    /// The numbers of their teams.
    teams: Vec<i64>,
    /// False once they left.
    active: bool,
}

/// An address that takes mail in and sends it out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Mailbox {
    /// Its number.
    id: i64,
    /// The address.
    address: String,
    /// What staff call it.
    name: String,
    /// The number of the team that new tickets go to.
    team: Option<i64>,
    /// False while it rests.
    active: bool,
}

/// Lists people
#[utoipa::path(
    get,
    path = "/api/v1/people",
    tag = "Desk",
    responses((status = 200, description = "Everybody who ever worked here", body = List<Person>)),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn people(caller: Caller, params: Params) -> ApiResult<Response> {
    params.knowing(&[])?;
    let found = caller.ask(People).await?;
    let line = |person: &candor_domain::people::Person| Person {
        id: person.id.0,
        name: person.name.clone(),
        email: person.email.to_string(),
        teams: person.teams.iter().map(|team| team.0).collect(),
        active: person.active,
    };
    Ok(ok(&List::whole(found.iter().map(line).collect())))
}

/// Lists teams
#[utoipa::path(
    get,
    path = "/api/v1/teams",
    tag = "Desk",
    responses((status = 200, description = "Every team", body = List<Named>)),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn teams(caller: Caller, params: Params) -> ApiResult<Response> {
    params.knowing(&[])?;
    let found = caller.ask(Teams).await?;
    let line = |team: &candor_domain::people::Team| Named {
        id: team.id.0,
        name: team.name.clone(),
    };
    Ok(ok(&List::whole(found.iter().map(line).collect())))
}

/// Lists mailboxes
#[utoipa::path(
    get,
    path = "/api/v1/mailboxes",
    tag = "Desk",
    responses((status = 200, description = "Every mailbox", body = List<Mailbox>)),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn mailboxes(caller: Caller, params: Params) -> ApiResult<Response> {
    params.knowing(&[])?;
    let found = caller.ask(Mailboxes).await?;
    let line = |mailbox: &candor_domain::mailbox::Mailbox| Mailbox {
        id: mailbox.id.0,
        address: mailbox.address.to_string(),
        name: mailbox.name.clone(),
        team: mailbox.team.map(|team| team.0),
        active: mailbox.active,
    };
    Ok(ok(&List::whole(found.iter().map(line).collect())))
}
