//! Asking for a link to a new password.
//!
//! Owns: the form and its one answer. Must not know: whether an address is known.

use super::Card;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::page::Guest;
use crate::page::filled::Filled;
use crate::part::{Field, FormCard};
use axum::extract::Form;
use candor_desk::auth::request_reset;

/// `GET /forgotten`
pub(super) async fn show(guest: Guest) -> PageResult {
    let t = &guest.t;
    let email = Field::email("email", t.get("login-email"))
        .required()
        .autocomplete("username");
    Card::new(&guest, &t.get("forgotten-title"), t.get("forgotten-words"))
        .form(
            FormCard::new("/forgotten", t.get("forgotten-go"))
                .field(email)
                .beside(t.get("forgotten-back"), "/login"),
        )
        .answer(&Faults::default())
}

/// `POST /forgotten`: the same answer for every address.
pub(super) async fn create(guest: Guest, Form(form): Form<Filled>) -> PageResult {
    request_reset(&guest.app.desk, form.text("email"), &guest.address).await?;
    let t = &guest.t;
    Card::new(
        &guest,
        &t.get("forgotten-sent-title"),
        t.get("forgotten-sent-words"),
    )
    .link(t.get("forgotten-back"), "/login")
    .answer(&Faults::default())
}
