//! `candor demo`: a seeded shop, ready to look at.
//!
//! Owns: making the shop through the same verbs as everybody else, and saying how to log in.
//! Must not know: what anybody writes; that is the script.
#![expect(clippy::print_stdout, reason = "a command line prints")]

mod cast;
mod contract;
mod given;
mod letters;
mod play;
mod promise;
mod rate;
pub(crate) mod script;
mod staff;

use crate::boot;
use crate::cli::Demo;
use crate::config::Config;
use crate::doors::Doors;
use crate::serve;
use anyhow::{Context, Result};
use candor_desk::people::SetUpOpen;
use candor_domain::actor::Actor;
use candor_store::DatabaseUrl;
use std::path::PathBuf;

/// The password of everybody in the demo shop.
pub(crate) const PASSWORD: &str = "harbour-and-pine";

/// Seeds the shop where it is not there yet, then serves it.
pub(crate) async fn run(demo: &Demo, mut config: Config) -> Result<()> {
    let temporary = match &demo.data {
        Some(_) => None,
        None => Some(TemporaryFolder::make()?),
    };
    config.data = match (&demo.data, &temporary) {
        (Some(data), _) => data.clone(),
        (None, Some(folder)) => folder.0.clone(),
        (None, None) => config.data,
    };
    config.database = DatabaseUrl::Sqlite(config.data.join("candor.sqlite"));
    config.listen = ([127, 0, 0, 1], demo.port).into();
    config.public_url = format!("http://127.0.0.1:{}", demo.port);
    config.smtp_listen = Some(([127, 0, 0, 1], demo.smtp_port).into());
    config.smtp_relay = None;
    let doors = Doors::open(&mut config).await?;
    let desk = boot::open(&config).await?;
    if desk.ask(&Actor::System, SetUpOpen).await? {
        seed(&desk, demo).await?;
    }
    print_logins(&config);
    let served = serve::serve(&config, desk, doors).await;
    drop(temporary);
    served
}

/// Fills an empty desk with the shop.
pub(crate) async fn seed(desk: &candor_desk::Desk, demo: &Demo) -> Result<()> {
    let plan = script::Plan {
        seed: demo.seed,
        tickets: demo.tickets,
        end: desk.now(),
    };
    let mut written = script::script(&plan);
    given::name_times(&mut written, plan.end);
    let cast = cast::hire(desk, &written.shop)
        .await
        .context("the demo shop could not be set up")?;
    // Who has which class is known before they write, so that each ticket gets its promises.
    let tiers = cast::know_customers(desk, &written).await?;
    promise::promise(desk, written.shop.zone, &tiers)
        .await
        .context("the demo shop's promises could not be set up")?;
    let contracts = contract::sign(desk, &written, plan.end)
        .await
        .context("the demo shop's contracts could not be written")?;
    play::play(desk, &cast, &written)
        .await
        .context("the demo shop's weeks could not be played")?;
    letters::deliver(desk, cast.mailboxes[0])
        .await
        .context("the demo shop's last mails did not come in")?;
    rate::rate(desk, &cast)
        .await
        .context("the demo shop's ratings could not be brought")?;
    staff::roster(desk, &cast, demo.tickets)
        .await
        .context("the demo shop's roster could not be written")?;
    contract::approve(desk, &cast, &contracts)
        .await
        .context("the demo shop's statements could not be approved")?;
    Ok(())
}

fn print_logins(config: &Config) {
    println!("Harbour & Pine Coffee is open at {}", config.public_url);
    println!();
    println!("  Mara, the owner     mara@harbour-pine.example");
    println!("  Jonas, the lead     jonas@harbour-pine.example");
    println!("  Ayla, an agent      ayla@harbour-pine.example");
    println!("  The password of all is {PASSWORD}");
    println!();
    println!("  Customers ask at {}/help", config.public_url);
    if let Some(address) = config.smtp_listen {
        println!("  Mail comes in at smtp://{address} for help@harbour-pine.example");
    }
    println!(
        "  Mail that goes out is kept in {}",
        config.data.join("kept-mail").display()
    );
    println!();
    println!("Ctrl+C closes the shop.");
}

/// A folder that goes away with the demo.
struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    fn make() -> Result<Self> {
        let name = format!("candor-demo-{}", candor_store::random_name());
        let folder = std::env::temp_dir().join(name);
        crate::keys::make_private_folder(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's folder for such things.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
