//! Mail that the desk sends by itself: the acknowledgement of a mailbox, and the brake.
//!
//! Owns: the form and the alert. Must not know: the limits.

use super::Place;
use super::mailbox::{found, one_with, path_of};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Field, FormCard, Notice, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::automatic::{Acknowledgement, Brake, ChangeAcknowledgement, ReleaseBrake};
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;

pub(super) fn routes(book: &mut RouteBook<App>) {
    book.post(
        "/settings/mailboxes/{mailbox}/acknowledgement",
        Place::Mailboxes.admission(),
        change,
    )
    .delete(
        "/settings/automatic/brake",
        Place::Outgoing.admission(),
        release,
    );
}

/// The form on a mailbox's page.
pub(super) fn card(
    t: &Texts,
    mailbox: MailboxId,
    now: &Acknowledgement,
    faults: &Faults,
) -> FormCard {
    let action = format!("{}/acknowledgement", path_of(mailbox));
    FormCard::new(action, t.get("app-save"))
        .title(t.get("acknowledgement-title"))
        .words(t.get("acknowledgement-words"))
        .field(Field::tick("on", t.get("acknowledgement-on"), now.on).prefixed("acknowledgement"))
        .field(
            Field::area("acknowledgement", t.get("acknowledgement-text"), 5)
                .value(&now.text)
                .hint(t.get("acknowledgement-text-hint"))
                .faults(faults, t),
        )
}

async fn change(
    page: Page,
    Path(mailbox): Path<MailboxId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let to = Acknowledgement {
        on: form.text("on") == "true",
        text: form.text("acknowledgement").to_owned(),
    };
    let verb = ChangeAcknowledgement {
        mailbox,
        to: to.clone(),
    };
    match page.run(verb).await {
        Ok(()) => Ok(page.lead_to(&path_of(mailbox), Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            one_with(&page, &found(&page, mailbox).await?, &to, &faults).await
        }
    }
}

/// What owners are told, on whichever page, while the brake is on.
pub(super) async fn alert(page: &Page) -> Result<Option<Notice>, DeskError> {
    if !page.may(Permission::ManageOutgoing) {
        return Ok(None);
    }
    let since = page.ask(Brake).await?;
    Ok(since.map(|since| {
        let t = &page.t;
        let words = t.arg("brake-on", "when", t.moment(since));
        let release = ActionButton::delete("/settings/automatic/brake", t.get("brake-release"));
        Notice::new(words, Tone::Bad).with_undo(release)
    }))
}

async fn release(page: Page) -> PageResult {
    page.run(ReleaseBrake).await?;
    let told = Flash::new(key("done-brake-released"));
    Ok(page.lead_to(Place::Outgoing.path(), Some(&told)))
}
