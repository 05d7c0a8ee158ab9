//! One person in the settings: role, teams, mailboxes, logins, access.
//!
//! Owns: the page and its forms. Must not know: who may hand out what.

use super::group::{mailbox_ticks, team_ticks};
use super::people::{role_field, standing};
use super::session::session_rows;
use super::{Place, question};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::account::present_password;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::part::{ActionButton, Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use axum::response::Response;
use candor_desk::DeskError;
use candor_desk::auth::{EndSession, Secret, SessionsOf, confirm_password};
use candor_desk::mailbox::Mailboxes;
use candor_desk::people::{
    ChangeEmailOf, ChangeRoleOf, Deactivate, InviteAgain, PersonLine, PersonPage, Reactivate,
    Roles, SetMailboxesOf, SetTeamsOf, Teams,
};
use candor_domain::id::{PersonId, RoleId, SessionId};

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::People.admission();
    book.get("/settings/people/{person}", may, show)
        .post("/settings/people/{person}/role", may, set_role)
        .post("/settings/people/{person}/email", may, set_email)
        .post("/settings/people/{person}/teams", may, set_teams)
        .post("/settings/people/{person}/mailboxes", may, set_mailboxes)
        .post("/settings/people/{person}/invitation", may, invite_again)
        .post("/settings/people/{person}/access", may, reactivate)
        .delete("/settings/people/{person}/access", may, deactivate)
        .delete(
            "/settings/people/{person}/sessions/{session}",
            may,
            end_session,
        );
}

fn path_of(person: PersonId) -> String {
    format!("{}/{person}", Place::People.path())
}

fn saved(page: &Page, person: PersonId) -> Response {
    page.lead_to(&path_of(person), Some(&Flash::new(key("done-saved"))))
}

async fn show(page: Page, Path(person): Path<PersonId>) -> PageResult {
    one(&page, person, &Filled::default(), &Faults::default()).await
}

/// The page; `typed` is an address that was refused.
async fn one(page: &Page, person: PersonId, typed: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let line = page.ask(PersonPage { person }).await?;
    let sheet = Place::People
        .titled(page, &line.person.name)
        .await?
        .back(t.get("place-people"), Place::People.path())
        .intro(line.person.email.as_str());
    let sheet = match standing(t, &line) {
        Some(chip) => sheet.chip(chip),
        None => sheet,
    };
    let sheet = if line.person.active {
        let sheet = rights(page, sheet, &line).await?;
        sheet.block(address(t, &line, typed, faults))
    } else {
        sheet
    };
    sheet.block(access(t, &line)).answer(page, faults)
}

/// The address that somebody logs in with.
fn address(t: &Texts, line: &PersonLine, typed: &Filled, faults: &Faults) -> FormCard {
    let mut form = typed.clone();
    form.fill("email", line.person.email.as_str());
    let path = format!("{}/email", path_of(line.person.id));
    FormCard::new(path, t.get("person-email-go"))
        .title(t.get("login-email"))
        .words(t.get("person-email-words"))
        .field(
            Field::email("email", t.get("login-email"))
                .value(form.text("email"))
                .required()
                .faults(faults, t),
        )
        .field(
            Field::password("password", t.get("account-password-present"))
                .required()
                .autocomplete("current-password")
                .faults(faults, t),
        )
}

/// What somebody who works here may do, and where they are logged in.
async fn rights(
    page: &Page,
    sheet: Sheet,
    line: &PersonLine,
) -> Result<Sheet, crate::error::PageError> {
    let t = &page.t;
    let person = &line.person;
    let path = path_of(person.id);
    let roles = page.ask(Roles).await?;
    let teams = page.ask(Teams).await?;
    let mailboxes = page.ask(Mailboxes).await?;
    let sessions = page.ask(SessionsOf { person: person.id }).await?;
    let here = Some(page.visit.session.id);
    let logins = session_rows(t, &sessions, here, &format!("{path}/sessions"));
    Ok(sheet
        .block(
            FormCard::new(format!("{path}/role"), t.get("app-save")).field(
                role_field(t, &roles)
                    .value(person.role.to_string())
                    .hint(t.get("person-role-words")),
            ),
        )
        .maybe((!teams.is_empty()).then(|| {
            FormCard::new(format!("{path}/teams"), t.get("app-save")).ticks(team_ticks(
                t,
                &teams,
                &person.teams,
            ))
        }))
        .maybe((!mailboxes.is_empty()).then(|| {
            FormCard::new(format!("{path}/mailboxes"), t.get("app-save")).ticks(mailbox_ticks(
                t,
                &mailboxes,
                &person.mailboxes,
            ))
        }))
        .block(Rows::new(
            t.get("person-sessions"),
            logins,
            t.get("person-sessions-none"),
        )))
}

/// The ways to let somebody in again or out for good.
fn access(t: &Texts, line: &PersonLine) -> Rows {
    let path = path_of(line.person.id);
    let resource = format!("{path}/access");
    let mut rows = Vec::new();
    if line.person.active && line.invited {
        let again = ActionButton::post(format!("{path}/invitation"), t.get("person-invite-again"));
        rows.push(
            Row::new(t.get("person-invitation"))
                .below(t.get("person-invitation-words"))
                .act(again),
        );
    }
    if line.person.active {
        let ends = (
            t.arg("person-deactivate-title", "name", &line.person.name),
            t.get("person-deactivate-words"),
        );
        let step = (
            ActionButton::delete(&resource, t.get("person-deactivate")),
            t.get("person-deactivate"),
        );
        let ask = question(t, "deactivate".to_owned(), ends, step);
        rows.push(
            Row::new(t.get("person-access"))
                .below(t.get("person-access-words"))
                .ask(ask),
        );
    } else {
        let back = ActionButton::post(resource, t.get("person-reactivate"));
        rows.push(
            Row::new(t.get("person-no-access"))
                .below(t.get("person-no-access-words"))
                .act(back),
        );
    }
    Rows::new(t.get("person-access-title"), rows, "")
}

async fn set_role(
    page: Page,
    Path(person): Path<PersonId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let role = form.value("role").unwrap_or(RoleId(0));
    page.run(ChangeRoleOf { person, role }).await?;
    Ok(saved(&page, person))
}

async fn set_email(
    page: Page,
    Path(person): Path<PersonId>,
    Form(form): Form<Filled>,
) -> PageResult {
    match changed_email(&page, person, &form).await {
        Ok(()) => Ok(saved(&page, person)),
        Err(error) => one(&page, person, &form, &faults_of(error)?).await,
    }
}

async fn changed_email(page: &Page, person: PersonId, form: &Filled) -> Result<(), DeskError> {
    let password = present_password(form)?;
    confirm_password(&page.app.desk, &page.visit, &password).await?;
    let change = ChangeEmailOf {
        person,
        email: form.text("email").to_owned(),
        session: Some(page.visit.session.id),
    };
    page.run(change).await
}

async fn set_teams(
    page: Page,
    Path(person): Path<PersonId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let teams = form.all("team");
    page.run(SetTeamsOf { person, teams }).await?;
    Ok(saved(&page, person))
}

async fn set_mailboxes(
    page: Page,
    Path(person): Path<PersonId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let mailboxes = form.all("mailbox");
    page.run(SetMailboxesOf { person, mailboxes }).await?;
    Ok(saved(&page, person))
}

async fn invite_again(page: Page, Path(person): Path<PersonId>) -> PageResult {
    let secret = Secret::draw(&page.app.desk);
    page.run(InviteAgain { person, secret }).await?;
    Ok(page.lead_to(&path_of(person), Some(&Flash::new(key("done-invited")))))
}

async fn deactivate(page: Page, Path(person): Path<PersonId>) -> PageResult {
    let left = page.run(Deactivate { person }).await?;
    let told = if left > 0 {
        key("done-deactivated-with-tickets")
    } else {
        key("done-deactivated")
    };
    let undo = format!("{}/access", path_of(person));
    Ok(page.lead_to(&path_of(person), Some(&Flash::new(told).with_undo(undo))))
}

async fn reactivate(page: Page, Path(person): Path<PersonId>) -> PageResult {
    page.run(Reactivate { person }).await?;
    Ok(page.lead_to(&path_of(person), Some(&Flash::new(key("done-reactivated")))))
}

async fn end_session(
    page: Page,
    Path((person, session)): Path<(PersonId, SessionId)>,
) -> PageResult {
    page.run(EndSession { session }).await?;
    Ok(page.lead_to(
        &path_of(person),
        Some(&Flash::new(key("done-session-ended"))),
    ))
}
