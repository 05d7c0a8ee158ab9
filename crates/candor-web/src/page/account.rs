//! A person's own page: how they are called, how they log in, where they are logged in.
//!
//! Owns: the page and its small forms. Must not know: what others may change about the person.

mod email;
mod hints;
mod profile;
mod token;
mod told;

use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::Faults;
use crate::i18n::key;
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::settings::session_rows;
use crate::page::sheet::Sheet;
use crate::part::{ActionButton, Field, FormCard, Row, Rows};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::auth::{EndOtherSessions, EndSession, Password, SessionsOf, change_password};
use candor_domain::id::SessionId;
use candor_domain::permission::Permission;

/// Writes the person's own pages into the book.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let tokens = Admission::Permission(Permission::ManageTokens);
    book.get("/account", Admission::Staff, index)
        .post("/account", Admission::Staff, profile::change)
        .post("/account/email", Admission::Staff, email::change)
        .post("/account/password", Admission::Staff, set_password)
        .post("/account/hints", Admission::Staff, hints::switch)
        .post("/account/mail", Admission::Staff, told::change)
        .delete("/account/sessions", Admission::Staff, end_others)
        .delete("/account/sessions/{session}", Admission::Staff, end_session)
        .get("/account/tokens", tokens, token::index)
        .post("/account/tokens", tokens, token::create)
        .delete("/account/tokens/{token}", tokens, token::revoke);
}

async fn index(page: Page) -> PageResult {
    let form = profile::form_of(&page.visit.person);
    show(&page, (&form, &Faults::default()), &Tried::default()).await
}

/// What the last try of one of the forms with a password got wrong.
#[derive(Default)]
struct Tried {
    password: Faults,
    email: (String, Faults),
}

/// The page, with what the last try of one of its forms got wrong.
async fn show(page: &Page, profile: (&Filled, &Faults), tried: &Tried) -> PageResult {
    let t = &page.t;
    let person = &page.visit.person;
    let all = [profile.1, &tried.password, &tried.email.1];
    let faults = all.into_iter().find(|faults| !faults.is_empty());
    let out = Row::new(t.get("account-leave"))
        .below(person.email.as_str())
        .act(ActionButton::post("/logout", t.get("app-logout")));
    Sheet::new(page, Section::Account, &t.get("account-title"))
        .await?
        .block(Rows::new("", vec![shifts_row(page)], ""))
        .block(profile::card(page, profile.0, profile.1))
        .block(password_card(page, &tried.password))
        .block(email::card(page, &tried.email))
        .block(told::card(page).await?)
        .block(hints::card(page).await?)
        .block(sessions(page).await?)
        .maybe(page.may(Permission::ManageTokens).then(|| tokens_row(page)))
        .block(Rows::new("", vec![out], ""))
        .answer(page, faults.unwrap_or(&Faults::default()))
}

/// The way to one's shifts on a phone, whose tabs have no place for it.
fn shifts_row(page: &Page) -> Row {
    let t = &page.t;
    Row::new(t.get("shifts-title"))
        .below(t.get("shifts-row"))
        .go("/shifts", t.get("shifts-open"))
}

fn password_card(page: &Page, faults: &Faults) -> FormCard {
    let t = &page.t;
    FormCard::new("/account/password", t.get("account-password-go"))
        .title(t.get("account-password"))
        .words(t.get("account-password-words"))
        .field(
            Field::password("password", t.get("account-password-present"))
                .required()
                .autocomplete("current-password")
                .faults(faults, t),
        )
        .field(
            Field::password("new", t.get("new-password"))
                .hint(t.get("new-password-hint"))
                .required()
                .autocomplete("new-password")
                .faults(faults, t),
        )
}

async fn sessions(page: &Page) -> Result<Rows, PageError> {
    let t = &page.t;
    let sessions = page
        .ask(SessionsOf {
            person: page.visit.person.id,
        })
        .await?;
    let mut rows = session_rows(
        t,
        &sessions,
        Some(page.visit.session.id),
        "/account/sessions",
    );
    if sessions.len() > 1 {
        let end = ActionButton::delete("/account/sessions", t.get("session-end-others"));
        rows.push(
            Row::new(t.get("session-others"))
                .below(t.get("session-others-words"))
                .act(end),
        );
    }
    Ok(Rows::new(t.get("account-sessions"), rows, ""))
}

fn tokens_row(page: &Page) -> Rows {
    let t = &page.t;
    let row = Row::new(t.get("tokens-title"))
        .below(t.get("tokens-words"))
        .go("/account/tokens", t.get("tokens-open"));
    Rows::new("", vec![row], "")
}

/// `POST /account/password`
async fn set_password(page: Page, Form(form): Form<Filled>) -> PageResult {
    match changed(&page, &form).await {
        Ok(()) => Ok(page.lead_to("/account", Some(&Flash::new(key("done-password-changed"))))),
        Err(error) => {
            let profile = profile::form_of(&page.visit.person);
            let tried = Tried {
                password: faults_of(error)?,
                ..Tried::default()
            };
            show(&page, (&profile, &Faults::default()), &tried).await
        }
    }
}

async fn changed(page: &Page, form: &Filled) -> Result<(), DeskError> {
    let old = present_password(form)?;
    let new = Password::parse(form.text("new")).map_err(|error| moved(error, "new"))?;
    change_password(&page.app.desk, &page.visit, &old, &new).await
}

/// The present password as typed. One that never could be a password is as wrong as any other.
pub(crate) fn present_password(form: &Filled) -> Result<Password, DeskError> {
    Password::parse(form.text("password")).map_err(|_| {
        DeskError::invalid(
            "password",
            key("error-password-wrong"),
            "this is not your password",
        )
    })
}

/// The same refusal at another field: the form has two passwords.
fn moved(error: DeskError, to: &'static str) -> DeskError {
    match error {
        DeskError::Invalid(mut fields) => {
            for field in &mut fields {
                field.field = to;
            }
            DeskError::Invalid(fields)
        }
        other => other,
    }
}

async fn end_session(page: Page, Path(session): Path<SessionId>) -> PageResult {
    page.run(EndSession { session }).await?;
    Ok(page.lead_to("/account", Some(&Flash::new(key("done-session-ended")))))
}

async fn end_others(page: Page) -> PageResult {
    let keep = page.visit.session.id;
    page.run(EndOtherSessions { keep }).await?;
    Ok(page.lead_to("/account", Some(&Flash::new(key("done-sessions-ended")))))
}
