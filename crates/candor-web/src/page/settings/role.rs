//! Roles: what their people may do, and how far it reaches.
//!
//! Owns: the list and the table of grants. Must not know: who may hand out what.

use super::{Place, question};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Choice, Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::people::{AddRole, ChangeRole, RemoveRole, Roles};
use candor_domain::id::RoleId;
use candor_domain::permission::{Grant, Permission, Role, Scope};

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Roles.admission();
    book.get("/settings/roles", may, index)
        .post("/settings/roles", may, create)
        .get("/settings/roles/{role}", may, show)
        .post("/settings/roles/{role}", may, change)
        .delete("/settings/roles/{role}", may, remove);
}

/// The name of a role; the first ones are called in the reader's language.
pub(super) fn role_name(t: &Texts, name: &str) -> String {
    match name {
        "owner" => t.get("role-owner"),
        "lead" => t.get("role-lead"),
        "agent" => t.get("role-agent"),
        "collaborator" => t.get("role-collaborator"),
        other => other.to_owned(),
    }
}

async fn index(page: Page) -> PageResult {
    list(&page, &Filled::default(), &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let roles = page.ask(Roles).await?;
    let row = |role: &Role| {
        Row::new(role_name(t, &role.name))
            .leads_to(format!("/settings/roles/{}", role.id))
            .below(t.arg("role-grants", "count", role.grants.len()))
    };
    Place::Roles
        .sheet(page)
        .await?
        .intro(t.get("roles-intro"))
        .block(Rows::new("", roles.iter().map(row).collect(), ""))
        .block(
            FormCard::new("/settings/roles", t.get("role-add"))
                .title(t.get("role-add-title"))
                .words(t.get("role-add-words"))
                .field(
                    Field::text("name", t.get("field-name"))
                        .value(form.text("name"))
                        .required()
                        .faults(faults, t),
                ),
        )
        .answer(page, faults)
}

/// `POST /settings/roles`: a role that may read; the rest is chosen on its own page.
async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let grants = vec![Grant {
        permission: Permission::ReadTickets,
        scope: Scope::Team,
    }];
    let name = form.text("name").to_owned();
    match page.run(AddRole { name, grants }).await {
        Ok(role) => Ok(page.lead_to(
            &format!("/settings/roles/{role}"),
            Some(&Flash::new(key("done-added"))),
        )),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(role): Path<RoleId>) -> PageResult {
    let role = found(&page, role).await?;
    table(&page, &role, &Faults::default()).await
}

async fn found(page: &Page, id: RoleId) -> Result<Role, DeskError> {
    let roles = page.ask(Roles).await?;
    let role = roles.into_iter().find(|role| role.id == id);
    role.ok_or(DeskError::NotFound("role"))
}

async fn change(page: Page, Path(role): Path<RoleId>, Form(form): Form<Filled>) -> PageResult {
    let granted = |permission: &Permission| {
        Scope::parse(form.text(permission.as_str())).map(|scope| Grant {
            permission: *permission,
            scope,
        })
    };
    let asked = Role {
        id: role,
        name: form.text("name").to_owned(),
        grants: Permission::ALL.iter().filter_map(granted).collect(),
    };
    let verb = ChangeRole {
        role,
        name: asked.name.clone(),
        grants: asked.grants.clone(),
    };
    match page.run(verb).await {
        Ok(()) => Ok(page.lead_to(
            &format!("/settings/roles/{role}"),
            Some(&Flash::new(key("done-saved"))),
        )),
        Err(error) => table(&page, &asked, &faults_of(error)?).await,
    }
}

async fn remove(page: Page, Path(role): Path<RoleId>) -> PageResult {
    page.run(RemoveRole { role }).await?;
    Ok(page.lead_to(Place::Roles.path(), Some(&Flash::new(key("done-removed")))))
}

async fn table(page: &Page, role: &Role, faults: &Faults) -> PageResult {
    let t = &page.t;
    let path = format!("/settings/roles/{}", role.id);
    let name = Field::text("name", t.get("field-name"))
        .value(&role.name)
        .required()
        .faults(faults, t);
    let mut card = FormCard::new(&path, t.get("app-save")).field(name);
    let groups = [
        (key("role-about-tickets"), "tickets."),
        (key("role-about-customers"), "customers."),
        (key("role-about-settings"), "settings."),
        (key("role-about-history"), "history."),
    ];
    for (heading, prefix) in groups {
        card = card.heading(t.get(heading));
        for &permission in Permission::ALL
            .iter()
            .filter(|permission| permission.as_str().starts_with(prefix))
        {
            card = card.field(grant_field(t, role, permission).faults(faults, t));
        }
    }
    let removal = (
        ActionButton::delete(&path, t.get("role-remove")),
        t.get("role-remove"),
    );
    let words = (t.get("role-remove-title"), t.get("role-remove-words"));
    let row = Row::new(t.get("role-remove-row"))
        .below(t.get("role-remove-words"))
        .ask(question(t, "remove".to_owned(), words, removal));
    Place::Roles
        .titled(page, &role_name(t, &role.name))
        .await?
        .back(t.get("place-roles"), Place::Roles.path())
        .intro(t.get("role-intro"))
        .block(card)
        .block(Rows::new("", vec![row], ""))
        .answer(page, faults)
}

fn grant_field(t: &Texts, role: &Role, permission: Permission) -> Field {
    let scopes = if permission.is_about_tickets() {
        Scope::ALL
    } else {
        &[Scope::All]
    };
    let words = |scope: Scope| match scope {
        Scope::All if permission.is_about_tickets() => t.get("scope-all"),
        Scope::All => t.get("scope-yes"),
        Scope::Team => t.get("scope-team"),
        Scope::Mailbox => t.get("scope-mailbox"),
        Scope::Own => t.get("scope-own"),
    };
    let mut choices = vec![Choice::new("", t.get("scope-none"))];
    choices.extend(
        scopes
            .iter()
            .map(|&scope| Choice::new(scope.as_str(), words(scope))),
    );
    let granted = role
        .grants
        .iter()
        .find(|grant| grant.permission == permission);
    Field::choice(permission.as_str(), permission_name(t, permission), choices)
        .value(granted.map_or("", |grant| grant.scope.as_str()))
}

/// What a permission allows, in words.
pub(crate) fn permission_name(t: &Texts, permission: Permission) -> String {
    use Permission as P;
    t.get(match permission {
        P::ReadTickets => key("may-read-tickets"),
        P::Reply => key("may-reply"),
        P::Note => key("may-note"),
        P::Assign => key("may-assign"),
        P::Change => key("may-change"),
        P::MarkSpam => key("may-mark-spam"),
        P::ReadCustomers => key("may-read-customers"),
        P::EditCustomers => key("may-edit-customers"),
        P::ManagePeople => key("may-manage-people"),
        P::ManageTeams => key("may-manage-teams"),
        P::ManageMailboxes => key("may-manage-mailboxes"),
        P::ManageBrand => key("may-manage-brand"),
        P::ManageOutgoing => key("may-manage-outgoing"),
        P::ManageLevels => key("may-manage-levels"),
        P::ManageJobs => key("may-manage-jobs"),
        P::ManageTokens => key("may-manage-tokens"),
        P::ReadHistory => key("may-read-history"),
    })
}
