//! Teams.
//!
//! Owns: the list with its small forms. Must not know: what a team may see.

use super::{Place, question};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::people::{AddTeam, People, RemoveTeam, RenameTeam, Teams};
use candor_domain::id::TeamId;
use candor_domain::people::Team;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Teams.admission();
    book.get("/settings/teams", may, index)
        .post("/settings/teams", may, create)
        .get("/settings/teams/{team}", may, show)
        .post("/settings/teams/{team}", may, rename)
        .delete("/settings/teams/{team}", may, remove);
}

async fn index(page: Page) -> PageResult {
    list(&page, &Filled::default(), &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let teams = page.ask(Teams).await?;
    let people = page.ask(People).await?;
    let row = |team: &Team| {
        let members = people
            .iter()
            .filter(|person| person.active && person.teams.contains(&team.id));
        let names: Vec<&str> = members.map(|person| person.name.as_str()).collect();
        let below = if names.is_empty() {
            t.get("team-nobody")
        } else {
            names.join(", ")
        };
        Row::new(&team.name)
            .leads_to(format!("/settings/teams/{}", team.id))
            .below(below)
    };
    Place::Teams
        .sheet(page)
        .await?
        .intro(t.get("teams-intro"))
        .block(Rows::new(
            "",
            teams.iter().map(row).collect(),
            t.get("teams-none"),
        ))
        .block(
            FormCard::new("/settings/teams", t.get("team-add"))
                .title(t.get("team-add-title"))
                .field(
                    Field::text("name", t.get("field-name"))
                        .value(form.text("name"))
                        .required()
                        .faults(faults, t),
                ),
        )
        .answer(page, faults)
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let name = form.text("name").to_owned();
    match page.run(AddTeam { name }).await {
        Ok(_) => Ok(page.lead_to(Place::Teams.path(), Some(&Flash::new(key("done-added"))))),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(team): Path<TeamId>) -> PageResult {
    one(&page, team, None, &Faults::default()).await
}

async fn one(page: &Page, team: TeamId, typed: Option<&str>, faults: &Faults) -> PageResult {
    let t = &page.t;
    let teams = page.ask(Teams).await?;
    let team = teams
        .into_iter()
        .find(|own| own.id == team)
        .ok_or(DeskError::NotFound("team"))?;
    let path = format!("/settings/teams/{}", team.id);
    let removal = (
        ActionButton::delete(&path, t.get("team-remove")),
        t.get("team-remove"),
    );
    let words = (
        t.arg("team-remove-title", "name", &team.name),
        t.get("team-remove-words"),
    );
    let row = Row::new(t.get("team-remove-row"))
        .below(t.get("team-remove-words"))
        .ask(question(t, "remove".to_owned(), words, removal));
    Place::Teams
        .titled(page, &team.name)
        .await?
        .back(t.get("place-teams"), Place::Teams.path())
        .block(
            FormCard::new(&path, t.get("app-save")).field(
                Field::text("name", t.get("field-name"))
                    .value(typed.unwrap_or(&team.name))
                    .required()
                    .faults(faults, t),
            ),
        )
        .block(Rows::new("", vec![row], ""))
        .answer(page, faults)
}

async fn rename(page: Page, Path(team): Path<TeamId>, Form(form): Form<Filled>) -> PageResult {
    let name = form.text("name").to_owned();
    match page.run(RenameTeam { team, name }).await {
        Ok(()) => Ok(page.lead_to(Place::Teams.path(), Some(&Flash::new(key("done-saved"))))),
        Err(error) => one(&page, team, Some(form.text("name")), &faults_of(error)?).await,
    }
}

async fn remove(page: Page, Path(team): Path<TeamId>) -> PageResult {
    page.run(RemoveTeam { team }).await?;
    Ok(page.lead_to(Place::Teams.path(), Some(&Flash::new(key("done-removed")))))
}
