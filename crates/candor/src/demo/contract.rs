//! The contracts of the demo shop: two cafés that buy care for their machines.
//!
//! Owns: what is agreed, the maintenance, the approval of last month. Must not know: what became
//! of each promise.

use super::cast::Cast;
use super::script::{Deed, Script};
use anyhow::{Context, Result};
use candor_desk::contract::{
    AddContract, AnnounceMaintenance, ApproveStatement, ChangeContract, ContractText, ContractView,
    CorrectStatement, MaintenanceText, StatementView, Wanted,
};
use candor_desk::level::{LevelsView, LookAtClocks};
use candor_desk::{Desk, DeskError, Verb};
use candor_domain::actor::Actor;
use candor_domain::contract::Month;
use candor_domain::id::{ContractId, OrganizationId};
use candor_domain::message::Channel;
use candor_web::page::settings::statement_on_paper;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The two cafés that write most: their places among the shop's organizations.
fn busiest(script: &Script) -> Vec<usize> {
    let mut mails = vec![0_usize; script.shop.organizations.len()];
    for step in &script.steps {
        if let Deed::CustomerMail(mail) = &step.deed
            && let Some(cafe) = script.shop.customers[mail.customer].organization
        {
            mails[cafe] += 1;
        }
    }
    let mut cafes: Vec<usize> = (0..mails.len()).collect();
    cafes.sort_by_key(|&cafe| (std::cmp::Reverse(mails[cafe]), cafe));
    cafes.truncate(2);
    cafes
}

/// Signs both contracts, before the weeks are played.
pub(super) async fn sign(desk: &Desk, script: &Script, end: Timestamp) -> Result<Vec<ContractId>> {
    let found = desk.ask(&Actor::System, LevelsView).await?;
    let zone = TimeZone::get(script.shop.zone)?;
    let today = zone.to_datetime(end).date();
    let level = found
        .levels
        .iter()
        .find(|kept| kept.level.name() == "Wholesale");
    let calendar = found.calendars.first().context("the shop has hours")?.id;
    let mut contracts = Vec::new();
    for (index, cafe) in busiest(script).into_iter().enumerate() {
        let name = script.shop.organizations[cafe].name;
        let organization = found.organizations.iter().find(|one| one.name == name);
        let organization = organization.context("the café is known")?.id;
        let mut text = agreed(index, (organization, today));
        text.level = level.map(|kept| kept.id);
        text.calendar = Some(calendar);
        contracts.push(desk.run(&Actor::System, AddContract(text)).await?);
    }
    for &contract in &contracts {
        maintain(desk, contract, today).await?;
    }
    Ok(contracts)
}

fn agreed(index: usize, (organization, today): (OrganizationId, Date)) -> ContractText {
    let begun = Month::of(today).before().first();
    let german = index == 0;
    let (name, includes, excludes) = if german {
        (
            "Maschinenpflege",
            "Zwei Espressomaschinen und drei Mühlen samt Ersatzteilen.",
            "Schäden durch fremde Eingriffe; Bohnen und Zubehör.",
        )
    } else {
        (
            "Machine care",
            "One espresso machine and two grinders with their spare parts.",
            "Damage by others; beans and accessories.",
        )
    };
    let last = if german {
        String::new()
    } else {
        today.saturating_add(40.days()).to_string()
    };
    ContractText {
        organization: Some(organization),
        name: name.to_owned(),
        first_day: begun.to_string(),
        last_day: last,
        level: None,
        calendar: None,
        channels: vec![Channel::Mail, Channel::Form, Channel::Phone],
        languages: if german {
            vec!["de".to_owned(), "en".to_owned()]
        } else {
            vec!["en".to_owned()]
        },
        includes: includes.to_owned(),
        excludes: excludes.to_owned(),
        remedy: "95: 5\n90: 10\n80: 25".to_owned(),
    }
}

/// One evening last month, announced a week before, and one that is to come.
async fn maintain(desk: &Desk, contract: ContractId, today: Date) -> Result<()> {
    let last = Month::of(today).before().first().saturating_add(13.days());
    let next = today.saturating_add(12.days());
    for (day, days_ago) in [(last, 62), (next, 0)] {
        let announce = AnnounceMaintenance {
            contract,
            text: MaintenanceText {
                begins: format!("{day}T15:00"),
                ends: format!("{day}T18:00"),
                reason: "Stocktaking in the workshop".to_owned(),
            },
        };
        let cx = desk.cx(&Actor::System);
        let then = cx.now().saturating_sub((24 * days_ago).hours())?;
        let cx = cx.at(Actor::System, then, 0);
        let write = desk.store().write(move |tx| {
            announce.apply(tx, &cx)?;
            Ok::<_, DeskError>(())
        });
        write.await?;
    }
    Ok(())
}

/// The owner approves last month; this month stays a draft. One café had agreed on a higher credit
/// than was written down: its contract and its statement are corrected.
pub(super) async fn approve(desk: &Desk, cast: &Cast, contracts: &[ContractId]) -> Result<()> {
    while desk.run(&Actor::System, LookAtClocks).await? > 0 {}
    let owner = super::rate::actor(desk, cast.people[0]).await?;
    for &contract in contracts {
        let (seen, ..) = desk.ask(&owner, ContractView::of(contract)).await?;
        let month = Month::of(seen.today).before();
        let read = desk.ask(&owner, StatementView::of(contract, month)).await?;
        let approve = ApproveStatement {
            contract,
            month,
            hash: read.hash,
            words: statement_on_paper,
        };
        desk.run(&owner, approve).await?;
    }
    let last = contracts.last().context("the shop has contracts")?;
    correct(desk, &owner, *last).await
}

async fn correct(desk: &Desk, owner: &Actor, contract: ContractId) -> Result<()> {
    let (seen, ..) = desk.ask(owner, ContractView::of(contract)).await?;
    let month = Month::of(seen.today).before();
    let mut text = agreed(1, (seen.contract.organization, seen.today));
    text.level = Some(seen.contract.level);
    text.calendar = Some(seen.contract.calendar);
    "95: 5\n90: 15\n80: 30".clone_into(&mut text.remedy);
    desk.run(owner, ChangeContract { contract, text }).await?;
    let correction = StatementView {
        contract,
        month,
        wanted: Wanted::Correction,
    };
    let read = desk.ask(owner, correction).await?;
    let correct = CorrectStatement {
        contract,
        month,
        hash: read.hash,
        reason: "The contract names higher credits than we had entered.".to_owned(),
        words: statement_on_paper,
    };
    desk.run(owner, correct).await?;
    Ok(())
}
