//! Of what somebody wants mail.
//!
//! Owns: the form. Must not know: who hears of which event. Nobody chooses for somebody else.

use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::Filled;
use crate::part::{Field, FormCard};
use axum::extract::Form;
use candor_desk::staff_mail::{ChangeMailWish, MailWishOf};

pub(super) async fn card(page: &Page) -> Result<FormCard, PageError> {
    let t = &page.t;
    let wish = page.ask(MailWishOf).await?;
    Ok(FormCard::new("/account/mail", t.get("app-save"))
        .title(t.get("bymail-title"))
        .words(t.get("bymail-words"))
        .field(Field::tick(
            "assigned",
            t.get("bymail-assigned"),
            wish.assigned,
        ))
        .field(Field::tick(
            "answered",
            t.get("bymail-answered"),
            wish.answered,
        ))
        .field(Field::tick("team", t.get("bymail-team"), wish.team)))
}

/// `POST /account/mail`
pub(super) async fn change(page: Page, Form(form): Form<Filled>) -> PageResult {
    let on = |name| form.text(name) == "true";
    let wish = ChangeMailWish {
        assigned: on("assigned"),
        answered: on("answered"),
        team: on("team"),
    };
    page.run(wish).await?;
    Ok(page.lead_to("/account", Some(&Flash::new(key("done-saved")))))
}
