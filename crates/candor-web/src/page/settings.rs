//! Settings: what whoever looks after the desk can set up, see and mend.
//!
//! Owns: the places with their paths and permissions, and the page around each. Must not know: what
//! is set there.

mod asking;
mod automatic;
mod brand;
mod certificate;
mod contract;
mod dead_address;
mod domain;
mod fetching;
mod group;
mod history;
mod hours;
mod job;
mod level;
mod mail;
mod mailbox;
mod mailbox_log;
mod organization;
mod outgoing;
mod past_mail;
mod people;
mod person;
mod provider_account;
mod quarantine;
mod role;
mod sender;
mod sending;
mod session;
mod sign_in;
mod skill;
mod team;
mod tier;
mod trial;
mod voice;
mod watch;

pub(crate) use contract::standing_words;
pub use contract::statement_on_paper;
pub(crate) use hours::week_words;
pub(crate) use organization::tier_choices;
pub(crate) use role::permission_name;
pub(crate) use session::session_rows;

use crate::error::{PageError, PageResult};
use crate::failure::Failure;
use crate::i18n::{Texts, key};
use crate::layout::{RailLink, Section};
use crate::page::Page;
use crate::page::sheet::Sheet;
use crate::part::{ActionButton, ConfirmDialog, Notice};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use candor_desk::DeskError;
use candor_domain::permission::Permission;

/// A place in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    People,
    Roles,
    Teams,
    Skills,
    Mailboxes,
    Brands,
    Levels,
    Hours,
    Contracts,
    Voice,
    Outgoing,
    Domains,
    Senders,
    Mails,
    Addresses,
    Quarantine,
    Jobs,
    Certificate,
    Tiers,
    Organizations,
    History,
}

impl Place {
    /// In the order in which people see them.
    const ALL: [Self; 21] = [
        Self::People,
        Self::Roles,
        Self::Teams,
        Self::Skills,
        Self::Mailboxes,
        Self::Brands,
        Self::Levels,
        Self::Hours,
        Self::Contracts,
        Self::Voice,
        Self::Outgoing,
        Self::Domains,
        Self::Senders,
        Self::Mails,
        Self::Addresses,
        Self::Quarantine,
        Self::Jobs,
        Self::Certificate,
        Self::Tiers,
        Self::Organizations,
        Self::History,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::People => "/settings/people",
            Self::Roles => "/settings/roles",
            Self::Teams => "/settings/teams",
            Self::Skills => "/settings/skills",
            Self::Mailboxes => "/settings/mailboxes",
            Self::Brands => "/settings/brands",
            Self::Levels => "/settings/levels",
            Self::Hours => "/settings/hours",
            Self::Contracts => "/settings/contracts",
            Self::Voice => "/settings/voice",
            Self::Outgoing => "/settings/outgoing",
            Self::Domains => "/settings/domains",
            Self::Senders => "/settings/senders",
            Self::Mails => "/settings/mails",
            Self::Addresses => "/settings/addresses",
            Self::Quarantine => "/settings/quarantine",
            Self::Jobs => "/settings/jobs",
            Self::Certificate => "/settings/certificate",
            Self::Tiers => "/settings/tiers",
            Self::Organizations => "/settings/organizations",
            Self::History => "/settings/history",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::People => key("place-people"),
            Self::Roles => key("place-roles"),
            Self::Teams => key("place-teams"),
            Self::Skills => key("place-skills"),
            Self::Mailboxes => key("place-mailboxes"),
            Self::Brands => key("place-brands"),
            Self::Levels => key("place-levels"),
            Self::Hours => key("place-hours"),
            Self::Contracts => key("place-contracts"),
            Self::Voice => key("place-voice"),
            Self::Outgoing => key("place-outgoing"),
            Self::Domains => key("place-domains"),
            Self::Senders => key("place-senders"),
            Self::Mails => key("place-mails"),
            Self::Addresses => key("place-addresses"),
            Self::Quarantine => key("place-quarantine"),
            Self::Jobs => key("place-jobs"),
            Self::Certificate => key("place-certificate"),
            Self::Tiers => key("place-tiers"),
            Self::Organizations => key("place-organizations"),
            Self::History => key("place-history"),
        }
    }

    /// What the page behind it asks for.
    const fn permission(self) -> Permission {
        match self {
            Self::People | Self::Roles => Permission::ManagePeople,
            Self::Teams | Self::Skills => Permission::ManageTeams,
            Self::Mailboxes | Self::Senders => Permission::ManageMailboxes,
            Self::Brands | Self::Voice => Permission::ManageBrand,
            Self::Levels | Self::Hours | Self::Contracts => Permission::ManageLevels,
            Self::Outgoing | Self::Domains | Self::Mails | Self::Addresses | Self::Certificate => {
                Permission::ManageOutgoing
            }
            Self::Quarantine | Self::Jobs => Permission::ManageJobs,
            Self::Tiers | Self::Organizations => Permission::EditCustomers,
            Self::History => Permission::ReadHistory,
        }
    }

    const fn admission(self) -> Admission {
        Admission::Permission(self.permission())
    }

    /// An empty page of this place under its own title.
    async fn sheet(self, page: &Page) -> Result<Sheet, PageError> {
        self.titled(page, &page.t.get(self.title())).await
    }

    /// An empty page of this place about one thing.
    async fn titled(self, page: &Page, title: &str) -> Result<Sheet, PageError> {
        let places = Self::ALL
            .into_iter()
            .filter(|place| page.may(place.permission()));
        let links = places.map(|place| RailLink {
            label: page.t.get(place.title()),
            href: place.path().to_owned(),
            count: None,
            current: place == self,
        });
        Ok(Sheet::new(page, Section::Settings, title)
            .await?
            .places(links.collect())
            .maybe(alert(page).await?))
    }
}

/// `GET /settings`: the first place that this person may open.
async fn index(page: Page) -> PageResult {
    let first = Place::ALL
        .into_iter()
        .find(|place| page.may(place.permission()));
    let place = first.ok_or(Failure::NotAllowed)?;
    Ok(page.lead_to(place.path(), None))
}

/// What is wrong with the mail or the address, for those who look after it, on whichever page.
pub(crate) async fn alert(page: &Page) -> Result<Option<Notice>, DeskError> {
    if let Some(brake) = automatic::alert(page).await? {
        return Ok(Some(brake));
    }
    match watch::alert(page).await? {
        Some(silence) => Ok(Some(silence)),
        None => certificate::alert(page).await,
    }
}

/// A question before a step that is hard to take back.
fn question(
    t: &Texts,
    name: String,
    (title, words): (String, String),
    step: (ActionButton, String),
) -> ConfirmDialog {
    ConfirmDialog {
        name,
        opener: step.1,
        title,
        words,
        action: step.0.danger(),
        cancel: t.get("app-cancel"),
    }
}

/// Writes the settings into the book.
pub(super) fn routes(book: &mut RouteBook<App>) {
    book.get("/settings", Admission::Staff, index);
    people::routes(book);
    person::routes(book);
    role::routes(book);
    team::routes(book);
    skill::routes(book);
    mailbox::routes(book);
    mailbox_log::routes(book);
    fetching::routes(book);
    past_mail::routes(book);
    sending::routes(book);
    sign_in::routes(book);
    asking::routes(book);
    brand::routes(book);
    certificate::routes(book);
    voice::routes(book);
    level::routes(book);
    hours::routes(book);
    contract::routes(book);
    outgoing::routes(book);
    domain::routes(book);
    sender::routes(book);
    mail::routes(book);
    dead_address::routes(book);
    automatic::routes(book);
    watch::routes(book);
    quarantine::routes(book);
    job::routes(book);
    tier::routes(book);
    organization::routes(book);
    history::routes(book);
}
