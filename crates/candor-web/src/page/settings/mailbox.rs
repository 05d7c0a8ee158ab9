//! Mailboxes: the addresses that customers write to.
//!
//! Owns: the list, the form for a new one and for one that is there. Must not know: how mail is
//! carried.

use super::fetching::place_of;
use super::{Place, asking, automatic, mailbox_log, past_mail, sending, watch};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Chip, Choice, Field, FormCard, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::automatic::{Acknowledgement, AcknowledgementOf};
use candor_desk::mailbox::{
    AddMailbox, Brands, ChangeMailbox, MailboxFields, Mailboxes, RestMailbox,
};
use candor_desk::people::Teams;
use candor_domain::id::MailboxId;
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::people::Team;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes", may, index)
        .post("/settings/mailboxes", may, create)
        .get("/settings/mailboxes/{mailbox}", may, show)
        .post("/settings/mailboxes/{mailbox}", may, change)
        .post("/settings/mailboxes/{mailbox}/rest", may, rest)
        .delete("/settings/mailboxes/{mailbox}/rest", may, wake);
}

pub(super) fn path_of(mailbox: MailboxId) -> String {
    format!("{}/{mailbox}", Place::Mailboxes.path())
}

async fn index(page: Page) -> PageResult {
    let fresh = Filled::with(&[(
        "close_after_days",
        Mailbox::DEFAULT_CLOSE_AFTER_DAYS.to_string(),
    )]);
    list(&page, &fresh, &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let mailboxes = page.ask(Mailboxes).await?;
    let offered = Offered::of(page).await?;
    let row = |mailbox: &Mailbox| {
        let row = Row::new(&mailbox.name)
            .leads_to(path_of(mailbox.id))
            .below(mailbox.address.as_str());
        let row = match offered.brands.iter().find(|own| own.id == mailbox.brand) {
            Some(brand) if offered.brands.len() > 1 => row.chip(Chip::new(&brand.name)),
            _ => row,
        };
        let row = match offered
            .teams
            .iter()
            .find(|team| Some(team.id) == mailbox.team)
        {
            Some(team) => row.chip(Chip::new(&team.name)),
            None => row,
        };
        if mailbox.active {
            row
        } else {
            row.chip(Chip::toned(t.get("mailbox-rests"), Tone::Warn))
        }
    };
    let address = Field::email("address", t.get("mailbox-address"))
        .value(form.text("address"))
        .hint(t.get("mailbox-address-hint"))
        .required()
        .faults(faults, t);
    let card = FormCard::new(Place::Mailboxes.path(), t.get("mailbox-add"))
        .title(t.get("mailbox-add-title"))
        .field(address);
    Place::Mailboxes
        .sheet(page)
        .await?
        .intro(t.get("mailboxes-intro"))
        .block(Rows::new(
            "",
            mailboxes.iter().map(row).collect(),
            t.get("mailboxes-none"),
        ))
        .block(with_fields(card, t, &offered, form, faults))
        .answer(page, faults)
}

/// What a mailbox can be given to.
struct Offered {
    teams: Vec<Team>,
    brands: Vec<Brand>,
}

impl Offered {
    async fn of(page: &Page) -> Result<Self, DeskError> {
        Ok(Self {
            teams: page.ask(Teams).await?,
            brands: page.ask(Brands).await?,
        })
    }

    /// The brands to choose from, where there is a choice.
    fn brand(&self, t: &Texts, form: &Filled) -> Option<Field> {
        let choices = self.brands.iter();
        let choices = choices.map(|brand| Choice::new(brand.id.to_string(), &brand.name));
        let field = Field::choice("brand", t.get("mailbox-brand"), choices.collect());
        (self.brands.len() > 1).then(|| field.value(form.text("brand")))
    }
}

fn with_fields(
    mut card: FormCard,
    t: &Texts,
    offered: &Offered,
    form: &Filled,
    faults: &Faults,
) -> FormCard {
    let mut choices = vec![Choice::new("", t.get("mailbox-no-team"))];
    let teams = offered.teams.iter();
    choices.extend(teams.map(|team| Choice::new(team.id.to_string(), &team.name)));
    if let Some(brand) = offered.brand(t, form) {
        card = card.field(brand);
    }
    card.field(
        Field::text("name", t.get("mailbox-name"))
            .value(form.text("name"))
            .hint(t.get("mailbox-name-hint"))
            .required()
            .faults(faults, t),
    )
    .field(
        Field::choice("team", t.get("mailbox-team"), choices)
            .value(form.text("team"))
            .faults(faults, t),
    )
    .field(
        Field::text("close_after_days", t.get("mailbox-days"))
            .value(form.text("close_after_days"))
            .hint(t.get("mailbox-days-hint"))
            .faults(faults, t),
    )
    .field(
        Field::area("signature", t.get("mailbox-signature"), 3)
            .value(form.text("signature"))
            .hint(t.get("mailbox-signature-hint"))
            .faults(faults, t),
    )
}

fn fields_of(form: &Filled) -> MailboxFields {
    MailboxFields {
        name: form.text("name").to_owned(),
        team: form.value("team"),
        close_after_days: form.number("close_after_days"),
        signature: form.text("signature").to_owned(),
    }
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let add = AddMailbox {
        address: form.text("address").to_owned(),
        brand: form.value("brand"),
        fields: fields_of(&form),
    };
    match page.run(add).await {
        Ok(_) => Ok(page.lead_to(
            Place::Mailboxes.path(),
            Some(&Flash::new(key("done-added"))),
        )),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

pub(super) async fn found(page: &Page, id: MailboxId) -> Result<Mailbox, DeskError> {
    let mailboxes = page.ask(Mailboxes).await?;
    mailboxes
        .into_iter()
        .find(|own| own.id == id)
        .ok_or(DeskError::NotFound("mailbox"))
}

async fn show(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    let mailbox = found(&page, mailbox).await?;
    let form = form_of(&mailbox);
    one(&page, &mailbox, &form, &Faults::default()).await
}

fn form_of(mailbox: &Mailbox) -> Filled {
    Filled::with(&[
        ("name", mailbox.name.clone()),
        ("brand", mailbox.brand.to_string()),
        (
            "team",
            mailbox
                .team
                .map(|team| team.to_string())
                .unwrap_or_default(),
        ),
        ("close_after_days", mailbox.close_after_days.to_string()),
        ("signature", mailbox.signature.clone()),
    ])
}

/// The page with an acknowledgement as it was entered.
pub(super) async fn one_with(
    page: &Page,
    mailbox: &Mailbox,
    entered: &Acknowledgement,
    faults: &Faults,
) -> PageResult {
    whole(page, mailbox, &form_of(mailbox), (entered, faults), faults).await
}

async fn one(page: &Page, mailbox: &Mailbox, form: &Filled, faults: &Faults) -> PageResult {
    let now = page.ask(AcknowledgementOf(mailbox.id)).await?;
    let none = Faults::default();
    whole(page, mailbox, form, (&now, &none), faults).await
}

async fn whole(
    page: &Page,
    mailbox: &Mailbox,
    form: &Filled,
    acknowledgement: (&Acknowledgement, &Faults),
    faults: &Faults,
) -> PageResult {
    let t = &page.t;
    let offered = Offered::of(page).await?;
    let card = FormCard::new(path_of(mailbox.id), t.get("app-save"));
    let resource = format!("{}/rest", path_of(mailbox.id));
    let row = if mailbox.active {
        Row::new(t.get("mailbox-in-use"))
            .below(t.get("mailbox-in-use-words"))
            .act(ActionButton::post(resource, t.get("mailbox-let-rest")))
    } else {
        Row::new(t.get("mailbox-rests"))
            .below(t.get("mailbox-rests-words"))
            .act(ActionButton::delete(&resource, t.get("mailbox-wake")).primary())
    };
    let fetching = Row::new(t.get("fetching-title"))
        .below(t.get("fetching-row-words"))
        .leads_to(place_of(mailbox.id));
    let past = Row::new(t.get("past-title"))
        .below(t.get("past-row-words"))
        .leads_to(past_mail::place_of(mailbox.id));
    let sending = Row::new(t.get("sending-title"))
        .below(t.get("sending-row-words"))
        .leads_to(sending::place_of(mailbox.id));
    let trial = sending::trial_row(page, mailbox.id);
    let log = Row::new(t.get("mailbox-log-title"))
        .below(t.get("mailbox-log-row-words"))
        .leads_to(mailbox_log::place_of(mailbox.id));
    let watched = Row::new(t.get("watch-title"))
        .below(t.get("watch-row-words"))
        .leads_to(watch::place_of(mailbox.id));
    let asking = Row::new(t.get("rating-row"))
        .below(t.get("rating-row-words"))
        .leads_to(asking::place_of(mailbox.id));
    Place::Mailboxes
        .titled(page, &mailbox.name)
        .await?
        .back(t.get("place-mailboxes"), Place::Mailboxes.path())
        .intro(t.arg("mailbox-intro", "address", mailbox.address.as_str()))
        .block(with_fields(card, t, &offered, form, faults))
        .block(automatic::card(
            t,
            mailbox.id,
            acknowledgement.0,
            acknowledgement.1,
        ))
        .block(Rows::new(
            "",
            vec![log, fetching, past, sending, trial, watched, asking, row],
            "",
        ))
        .answer(page, faults)
}

async fn change(
    page: Page,
    Path(mailbox): Path<MailboxId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let change = ChangeMailbox {
        mailbox,
        brand: form.value("brand"),
        fields: fields_of(&form),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to(&path_of(mailbox), Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            one(&page, &found(&page, mailbox).await?, &form, &faults).await
        }
    }
}

async fn rest(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    page.run(RestMailbox {
        mailbox,
        rests: true,
    })
    .await?;
    let undo = format!("{}/rest/removal", path_of(mailbox));
    let told = Flash::new(key("done-mailbox-rests")).with_undo(undo);
    Ok(page.lead_to(&path_of(mailbox), Some(&told)))
}

async fn wake(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    page.run(RestMailbox {
        mailbox,
        rests: false,
    })
    .await?;
    Ok(page.lead_to(
        &path_of(mailbox),
        Some(&Flash::new(key("done-mailbox-wakes"))),
    ))
}
