//! The people, teams, mailboxes and customers of the demo shop.
//!
//! Owns: hiring the cast through the desk's verbs. Must not know: what they write.

use super::PASSWORD;
use super::script::{Deed, Role, Script, Shop};
use anyhow::{Context, Result};
use candor_desk::auth::{Password, Secret};
use candor_desk::customer::{AddOrganization, AddTier, ChangeCustomer, find_or_make_customer};
use candor_desk::mailbox::{AddMailbox, ChangeMailbox, MailboxFields};
use candor_desk::people::{
    AcceptInvitation, AddTeam, ChangePerson, Invitation, Invite, RenameTeam, SetTeamsOf, SetUp,
};
use candor_desk::{Cx, Desk, DeskError};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, OrganizationId, PersonId, TeamId, TierId};
use candor_store::Tx;
use jiff::Timestamp;
use std::collections::HashSet;

/// Who and what the script's indices mean on the desk.
pub(crate) struct Cast {
    /// By index of `Shop::people`.
    pub people: Vec<PersonId>,
    /// By index of `Shop::teams`.
    pub teams: Vec<TeamId>,
    /// By index of `Shop::mailboxes`.
    pub mailboxes: Vec<MailboxId>,
}

/// Sets the desk up and hires everybody.
pub(crate) async fn hire(desk: &Desk, shop: &Shop) -> Result<Cast> {
    let hash = desk.hash_password(&Password::parse(PASSWORD)?).await?;
    let owner = &shop.people[0];
    let done = desk
        .run(
            &Actor::System,
            SetUp {
                name: owner.name.to_owned(),
                email: owner.email.to_owned(),
                password: hash.clone(),
                mailbox: shop.mailboxes[0].address.to_owned(),
                brand: shop.brand.to_owned(),
                language: "en".to_owned(),
                zone: shop.zone.to_owned(),
            },
        )
        .await?;
    let teams = form_teams(desk, shop, done.team).await?;
    let mailboxes = open_mailboxes(desk, shop, &teams, done.mailbox).await?;
    let mut people = vec![done.owner];
    for person in &shop.people[1..] {
        let role = done.roles[match person.role {
            Role::Owner => 0,
            Role::Lead => 1,
            Role::Agent => 2,
        }];
        let secret = Secret::draw(desk);
        let invitation = Invitation {
            name: person.name.to_owned(),
            email: person.email.to_owned(),
            role,
            teams: person
                .teams
                .iter()
                .map(|&team| teams[team as usize])
                .collect(),
            mailboxes: Vec::new(),
        };
        let invite = Invite {
            invitation,
            secret: secret.clone(),
            by_mail: false,
        };
        let (id, _) = desk.run(&Actor::System, invite).await?;
        let accept = AcceptInvitation {
            secret,
            name: person.name.to_owned(),
            password: hash.clone(),
        };
        desk.run(&Actor::Visitor, accept).await?;
        people.push(id);
    }
    settle_people(desk, shop, &people, &teams).await?;
    Ok(Cast {
        people,
        teams,
        mailboxes,
    })
}

async fn form_teams(desk: &Desk, shop: &Shop, first: TeamId) -> Result<Vec<TeamId>> {
    desk.run(
        &Actor::System,
        RenameTeam {
            team: first,
            name: shop.teams[0].to_owned(),
        },
    )
    .await
    .ok();
    let mut teams = vec![first];
    for name in &shop.teams[1..] {
        teams.push(
            desk.run(
                &Actor::System,
                AddTeam {
                    name: (*name).to_owned(),
                },
            )
            .await?,
        );
    }
    Ok(teams)
}

async fn open_mailboxes(
    desk: &Desk,
    shop: &Shop,
    teams: &[TeamId],
    first: MailboxId,
) -> Result<Vec<MailboxId>> {
    let fields = |mailbox: &super::script::Mailbox| MailboxFields {
        name: mailbox.name.to_owned(),
        team: Some(teams[mailbox.team as usize]),
        close_after_days: 7,
        signature: format!("{}\nSpeicherstadt, Hamburg", shop.brand),
    };
    let change = ChangeMailbox {
        mailbox: first,
        brand: None,
        fields: fields(&shop.mailboxes[0]),
    };
    desk.run(&Actor::System, change).await?;
    let mut mailboxes = vec![first];
    for mailbox in &shop.mailboxes[1..] {
        let add = AddMailbox {
            address: mailbox.address.to_owned(),
            brand: None,
            fields: fields(mailbox),
        };
        mailboxes.push(desk.run(&Actor::System, add).await?);
    }
    Ok(mailboxes)
}

/// Zone and language of everybody, and the owner's teams.
async fn settle_people(
    desk: &Desk,
    shop: &Shop,
    people: &[PersonId],
    teams: &[TeamId],
) -> Result<()> {
    let of_owner = shop.people[0]
        .teams
        .iter()
        .map(|&team| teams[team as usize])
        .collect();
    desk.run(
        &Actor::System,
        SetTeamsOf {
            person: people[0],
            teams: of_owner,
        },
    )
    .await?;
    for (person, &id) in shop.people.iter().zip(people) {
        let found = desk
            .store()
            .read(move |tx| candor_desk::people::access_of(tx, id))
            .await?;
        let actor = Actor::Person(found.context("a person of the demo shop is gone")?);
        let change = ChangePerson {
            name: person.name.to_owned(),
            language: None,
            zone: shop.zone.to_owned(),
            undo_seconds: 10,
        };
        desk.run(&actor, change).await?;
    }
    Ok(())
}

/// Makes the customers who are going to write, with class, company and language. Gives the classes.
pub(crate) async fn know_customers(desk: &Desk, script: &Script) -> Result<Vec<TierId>> {
    let shop = &script.shop;
    let mut tiers = Vec::new();
    for (rank, name) in shop.tiers.iter().enumerate() {
        let add = AddTier {
            name: (*name).to_owned(),
            rank: rank as i64 + 1,
        };
        tiers.push(desk.run(&Actor::System, add).await?);
    }
    let mut organizations = Vec::new();
    for organization in &shop.organizations {
        let add = AddOrganization {
            name: organization.name.to_owned(),
            tier: Some(tiers[0]),
        };
        organizations.push(desk.run(&Actor::System, add).await?);
    }
    let known: Vec<Known> = first_mails(script)
        .into_iter()
        .map(|(index, first)| {
            let customer = &shop.customers[index];
            Ok(Known {
                first,
                address: EmailAddress::parse(&customer.email)?,
                name: customer.name.clone(),
                tier: tiers[customer.tier as usize],
                organization: customer.organization.map(|index| organizations[index]),
                language: customer.language.to_owned(),
            })
        })
        .collect::<Result<_>>()?;
    for chunk in known.chunks(200) {
        let chunk = chunk.to_vec();
        let cx = desk.cx(&Actor::System);
        desk.store()
            .write(move |tx| {
                for (index, known) in chunk.iter().enumerate() {
                    let cx = cx.at(Actor::System, known.first, index);
                    known.make(tx, &cx)?;
                }
                Ok::<_, candor_desk::DeskError>(())
            })
            .await?;
    }
    Ok(tiers)
}

/// A customer before their first mail.
#[derive(Clone)]
struct Known {
    first: Timestamp,
    address: EmailAddress,
    name: String,
    tier: TierId,
    organization: Option<OrganizationId>,
    language: String,
}

impl Known {
    fn make(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let customer = find_or_make_customer(tx, cx, &self.address, &self.name)?;
        let change = ChangeCustomer {
            customer: customer.id,
            name: self.name.clone(),
            tier: Some(self.tier),
            organization: self.organization,
            language: Some(self.language.clone()),
            note: String::new(),
        };
        candor_desk::Verb::apply(&change, tx, cx)
    }
}

/// When each customer writes for the first time, in that order.
fn first_mails(script: &Script) -> Vec<(usize, Timestamp)> {
    let mut seen = HashSet::new();
    let mails = script.steps.iter().filter_map(|step| match &step.deed {
        Deed::CustomerMail(mail) => Some((mail.customer, step.at)),
        _ => None,
    });
    mails
        .filter(|(customer, _)| seen.insert(*customer))
        .collect()
}
