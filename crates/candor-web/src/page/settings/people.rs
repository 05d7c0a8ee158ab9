//! The people of the desk, and inviting somebody.
//!
//! Owns: the list and the invitation form. Must not know: who may hand out what.

use super::Place;
use super::group::{mailbox_ticks, team_ticks};
use super::role::role_name;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Avatar, Chip, Choice, Field, FormCard, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::Form;
use candor_desk::mailbox::Mailboxes;
use candor_desk::people::{Invitation, PeoplePage, PersonLine, Roles, Teams, invite};
use candor_domain::id::RoleId;
use candor_domain::permission::Role;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let place = Place::People;
    book.get(place.path(), place.admission(), index)
        .post(place.path(), place.admission(), create);
}

async fn index(page: Page) -> PageResult {
    show(&page, &Filled::default(), &Faults::default()).await
}

/// `POST /settings/people`: invites somebody.
async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let invitation = Invitation {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        role: form.value("role").unwrap_or(RoleId(0)),
        teams: form.all("team"),
        mailboxes: form.all("mailbox"),
    };
    match invite(&page.app.desk, &page.actor, invitation).await {
        Ok(_) => Ok(page.lead_to(Place::People.path(), Some(&Flash::new(key("done-invited"))))),
        Err(error) => show(&page, &form, &faults_of(error)?).await,
    }
}

async fn show(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let people = page.ask(PeoplePage).await?;
    let rows = people.iter().map(|line| row(t, line)).collect();
    Place::People
        .sheet(page)
        .await?
        .intro(t.get("people-intro"))
        .block(Rows::new("", rows, ""))
        .block(invitation(page, form, faults).await?)
        .answer(page, faults)
}

fn row(t: &Texts, line: &PersonLine) -> Row {
    let person = &line.person;
    let row = Row::new(&person.name)
        .avatar(Avatar::staff(&person.name))
        .leads_to(format!("{}/{}", Place::People.path(), person.id))
        .below(person.email.as_str())
        .chip(Chip::new(role_name(t, &line.role)));
    match standing(t, line) {
        Some(chip) => row.chip(chip),
        None => row,
    }
}

/// Left, invited or last seen.
pub(super) fn standing(t: &Texts, line: &PersonLine) -> Option<Chip> {
    if !line.person.active {
        return Some(Chip::toned(t.get("person-left"), Tone::Bad));
    }
    if line.invited {
        return Some(Chip::toned(t.get("person-invited"), Tone::Warn));
    }
    let seen = line.seen_at?;
    Some(Chip::toned(
        t.arg("person-seen", "when", t.relative(seen)),
        Tone::Good,
    ))
}

async fn invitation(
    page: &Page,
    form: &Filled,
    faults: &Faults,
) -> Result<FormCard, crate::error::PageError> {
    let t = &page.t;
    let roles = page.ask(Roles).await?;
    let teams = page.ask(Teams).await?;
    let mailboxes = page.ask(Mailboxes).await?;
    let chosen = form.optional("role").or_else(|| modest(&roles));
    Ok(FormCard::new(Place::People.path(), t.get("people-invite"))
        .title(t.get("people-invite-title"))
        .words(t.get("people-invite-words"))
        .field(
            Field::text("name", t.get("field-name"))
                .value(form.text("name"))
                .required()
                .faults(faults, t),
        )
        .field(
            Field::email("email", t.get("field-email"))
                .value(form.text("email"))
                .required()
                .faults(faults, t),
        )
        .field(
            role_field(t, &roles)
                .value(chosen.unwrap_or_default())
                .faults(faults, t),
        )
        .ticks(team_ticks(t, &teams, &form.all("team")))
        .ticks(mailbox_ticks(t, &mailboxes, &form.all("mailbox"))))
}

/// The role that a form offers at first: the one for daily work rather than the owner's.
fn modest(roles: &[Role]) -> Option<String> {
    let agent = roles.iter().find(|role| role.name == "agent");
    agent.or(roles.last()).map(|role| role.id.to_string())
}

pub(super) fn role_field(t: &Texts, roles: &[Role]) -> Field {
    let choices = roles
        .iter()
        .map(|role| Choice::new(role.id.to_string(), role_name(t, &role.name)));
    Field::choice("role", t.get("field-role"), choices.collect())
}
