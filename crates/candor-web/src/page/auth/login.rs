//! Login and logout.
//!
//! Owns: the form and the session cookie. Must not know: who may do what.

use crate::cookie::{self, Flash};
use crate::error::{PageResult, render, render_with};
use crate::failure::{Failure, Faults};
use crate::i18n::Texts;
use crate::layout::PlainFrame;
use crate::next::local_path;
use crate::page::guest::Guest;
use crate::part::Field;
use askama::Template;
use axum::extract::{Form, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use candor_desk::auth::{LogIn, LogOut, LoggedIn, Password, log_in};
use candor_domain::actor::Actor;
use serde::Deserialize;

/// How long a browser keeps the cookie; the desk ends the session earlier.
const COOKIE_LIVES_S: u32 = 7 * 24 * 3600;

#[derive(Template)]
#[template(path = "page/auth/login.html")]
struct Login {
    frame: PlainFrame,
    t: Texts,
    email: Field,
    password: Field,
    next: String,
}

/// What the form and the address carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    email: String,
    password: String,
    next: String,
}

/// `GET /login`
pub(super) async fn show(guest: Guest, Query(typed): Query<Typed>) -> PageResult {
    let mut response = render(&page(&guest, &typed, &Faults::default()))?;
    response
        .headers_mut()
        .append(header::SET_COOKIE, Flash::clear(&guest.app.site));
    Ok(response)
}

/// `POST /login`
pub(super) async fn create(guest: Guest, Form(typed): Form<Typed>) -> PageResult {
    let tried = match Password::parse(&typed.password) {
        Ok(password) => try_password(&guest, &typed.email, password).await,
        Err(_) => Err(wrong()),
    };
    match tried.map_err(Failure::from) {
        Ok(logged_in) => Ok(let_in(
            &guest,
            &logged_in,
            local_path(&typed.next).unwrap_or("/inbox"),
        )),
        Err(Failure::Invalid(faults)) => render_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page(&guest, &typed, &Faults(faults)),
        ),
        Err(other) => Err(other.into()),
    }
}

async fn try_password(
    guest: &Guest,
    email: &str,
    password: Password,
) -> Result<LoggedIn, candor_desk::DeskError> {
    let asked = LogIn {
        email: email.to_owned(),
        password,
        user_agent: guest.user_agent.clone(),
        address: guest.address.clone(),
        replaces: guest.session.clone(),
        device: guest.device.clone(),
    };
    log_in(&guest.app.desk, asked).await
}

fn let_in(guest: &Guest, logged_in: &LoggedIn, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    let site = &guest.app.site;
    let cookies = [
        cookie::start_session(site, &logged_in.secret.text(), COOKIE_LIVES_S),
        cookie::know_device(site, logged_in.device.as_str()),
    ];
    for set in cookies {
        response.headers_mut().append(header::SET_COOKIE, set);
    }
    response
}

/// Lets somebody in who has just chosen their password.
pub(super) async fn enter(guest: &Guest, email: &str, password: Password, to: &str) -> PageResult {
    let logged_in = try_password(guest, email, password).await?;
    Ok(let_in(guest, &logged_in, to))
}

/// Leads to the login, which tells what was done.
pub(super) fn told_at_login(guest: &Guest, text: &'static str) -> Response {
    let mut response = Redirect::to("/login").into_response();
    let told = Flash::new(text).set(&guest.app.site);
    response.headers_mut().append(header::SET_COOKIE, told);
    response
}

/// The same answer as for a password that does not fit.
fn wrong() -> candor_desk::DeskError {
    candor_desk::DeskError::invalid(
        "email",
        "error-login-refused",
        "address and password do not fit together",
    )
}

/// `POST /logout`
pub(super) async fn remove(guest: Guest) -> PageResult {
    if let Some(secret) = guest.session.clone() {
        guest
            .app
            .desk
            .run(&Actor::Visitor, LogOut { secret })
            .await?;
    }
    let mut response = Redirect::to("/login").into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookie::end_session(&guest.app.site));
    Ok(response)
}

fn page(guest: &Guest, typed: &Typed, faults: &Faults) -> Login {
    let t = guest.t.clone();
    Login {
        frame: guest.frame(&t.get("login-title")),
        email: Field::email("email", t.get("login-email"))
            .value(&typed.email)
            .required()
            .autocomplete("username")
            .faults(faults, &t),
        password: Field::password("password", t.get("login-password"))
            .required()
            .autocomplete("current-password")
            .faults(faults, &t),
        next: typed.next.clone(),
        t,
    }
}
