//! What each command does.
//!
//! Owns: one function a command, over the same verbs as the pages. Must not know: how its words
//! were typed.

mod mail;
mod mail_parse;
mod verify;

pub(crate) use mail::mail_receive;
pub(crate) use mail_parse::mail_parse;
pub(crate) use verify::verify;

use crate::boot;
use crate::cli::{AddUser, CreateToken, Init};
use crate::config::Config;
use anyhow::{Context, Result, bail};
use candor_desk::Desk;
use candor_desk::auth::{IssueResetLink, Password, Secret};
use candor_desk::people::{Invitation, Invite, PersonByEmail, Roles, SetUp};
use candor_desk::token;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::people::Person;
use candor_domain::permission::Permission;

/// Makes a new desk with its owner.
pub(crate) async fn init(config: &Config, init: &Init) -> Result<String> {
    let owner = EmailAddress::parse(&init.owner_email)?;
    let text = std::fs::read_to_string(&init.password_file)
        .with_context(|| format!("cannot read {}", init.password_file.display()))?;
    let password = Password::parse(text.lines().next().unwrap_or_default())?;
    let desk = boot::open(config).await?;
    let hash = desk.hash_password(&password).await?;
    let set_up = SetUp {
        name: init
            .owner_name
            .clone()
            .unwrap_or_else(|| owner.local_part().to_owned()),
        email: owner.to_string(),
        password: hash,
        mailbox: init
            .mailbox
            .clone()
            .unwrap_or_else(|| format!("help@{}", owner.domain())),
        brand: init.brand.clone(),
        language: init.language.clone(),
        zone: init.zone.clone(),
    };
    desk.run(&Actor::System, set_up)
        .await
        .context("this desk could not be set up (an existing one is left as it is)")?;
    Ok(format!(
        "The desk is ready in {}. Start it with: candor serve",
        config.data.display()
    ))
}

/// Adds somebody and gives their invitation link.
pub(crate) async fn user_add(config: &Config, user: &AddUser) -> Result<String> {
    let desk = boot::open(config).await?;
    let roles = desk.ask(&Actor::System, Roles).await?;
    let Some(role) = roles.iter().find(|role| role.name == user.role) else {
        let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
        bail!(
            "there is no role {:?}; there are: {}",
            user.role,
            names.join(", ")
        );
    };
    let address = EmailAddress::parse(&user.email)?;
    let name = if user.name.is_empty() {
        address.local_part().to_owned()
    } else {
        user.name.clone()
    };
    let invitation = Invitation {
        name,
        email: address.to_string(),
        role: role.id,
        teams: Vec::new(),
        mailboxes: Vec::new(),
    };
    let invite = Invite {
        invitation,
        secret: Secret::draw(&desk),
        by_mail: false,
    };
    let (_, link) = desk.run(&Actor::System, invite).await?;
    Ok(link)
}

/// Gives a link by which somebody sets a new password.
pub(crate) async fn reset_link(config: &Config, email: &str) -> Result<String> {
    let desk = boot::open(config).await?;
    let person = person(&desk, email).await?;
    let secret = Secret::draw(&desk);
    Ok(desk
        .run(
            &Actor::System,
            IssueResetLink {
                person: person.id,
                secret,
            },
        )
        .await?)
}

/// Makes a token and gives only it.
pub(crate) async fn token_create(config: &Config, create: &CreateToken) -> Result<String> {
    let mut scopes = Vec::new();
    for word in create
        .scopes
        .iter()
        .flat_map(|scope| scope.split([',', ' ']))
        .filter(|word| !word.is_empty())
    {
        let Some(scope) = Permission::parse(word) else {
            let all: Vec<&str> = Permission::ALL.iter().map(|scope| scope.as_str()).collect();
            bail!("there is no scope {word:?}; there are: {}", all.join(", "));
        };
        scopes.push(scope);
    }
    let desk = boot::open(config).await?;
    let person = person(&desk, &create.person).await?;
    let secret = Secret::draw(&desk);
    let text = token::written(&secret);
    let verb = token::CreateToken {
        person: person.id,
        name: create.name.clone(),
        scopes,
        days: token::DEFAULT_DAYS,
        session: None,
        secret,
    };
    desk.run(&Actor::System, verb).await?;
    Ok(text)
}

/// Gives the OpenAPI document as it stands in the documentation.
pub(crate) fn openapi() -> Result<String> {
    Ok(serde_json::to_string_pretty(&candor_web::api::openapi())?)
}

async fn person(desk: &Desk, email: &str) -> Result<Person> {
    let address = EmailAddress::parse(email)?;
    let found = desk
        .ask(
            &Actor::System,
            PersonByEmail {
                email: address.clone(),
            },
        )
        .await?;
    found.with_context(|| format!("nobody here logs in with {address}"))
}

/// Checks the configuration and the database.
pub(crate) async fn check(config: &Config) -> Result<String> {
    let desk = boot::open(config).await?;
    boot::courier(config)?;
    let position = desk.store().read(|tx| tx.last_position()).await?;
    Ok(format!(
        "Configuration: fine. Database: {:?}, reachable and up to date, {position} entries in the history. Data folder: {}.",
        config.database,
        config.data.display()
    ))
}
