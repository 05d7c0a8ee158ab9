//! Whether somebody wants hints while they write.
//!
//! Owns: the switch. Must not know: what a hint says. Nobody else sees how it stands.

use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::Filled;
use crate::part::{Field, FormCard};
use axum::extract::Form;
use candor_desk::tone::{HintsWanted, SwitchHints};

pub(super) async fn card(page: &Page) -> Result<FormCard, PageError> {
    let t = &page.t;
    let wanted = page.ask(HintsWanted).await?;
    Ok(FormCard::new("/account/hints", t.get("app-save"))
        .title(t.get("hints-title"))
        .words(t.get("hints-words"))
        .field(Field::tick("hints", t.get("hints-on"), wanted)))
}

/// `POST /account/hints`
pub(super) async fn switch(page: Page, Form(form): Form<Filled>) -> PageResult {
    let off = form.text("hints") != "true";
    page.run(SwitchHints { off }).await?;
    Ok(page.lead_to("/account", Some(&Flash::new(key("done-saved")))))
}
