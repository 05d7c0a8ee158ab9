//! `candor bench`: loads a desk through the verbs and measures it over loopback.
//!
//! Owns: what is measured and how it is told. Must not know: what would be a good figure; that
//! stands in docs/benchmarks.md.
//!
//! The desk that is measured is a process of its own (`candor serve`), so that its processor time
//! and memory are its own. Beside each row stands the time of the same verb or query in this
//! process, without HTTP, sessions and pages, and of its statements alone.
#![expect(clippy::print_stdout, reason = "a command line prints")]

mod client;
mod figures;
mod inside;
mod mail;
mod process;
mod queue;
mod reading;
mod rest;
mod tone;
mod web;

use crate::boot;
use crate::cli::{Bench, Demo};
use crate::config::Config;
use crate::demo;
use anyhow::{Context, Result};
use candor_desk::Desk;
use candor_desk::auth::Secret;
use candor_desk::people::{PersonByEmail, SetUpOpen};
use candor_desk::token;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_store::Tx;
use figures::Table;
use process::Served;
use std::time::Instant;

/// Who works in the measured shop.
pub(crate) const WORKER: &str = "ayla@harbour-pine.example";

/// Loads, measures, prints a table in Markdown.
pub(crate) async fn run(bench: &Bench, config: Config) -> Result<()> {
    let loading = Instant::now();
    let desk = boot::open(&config).await?;
    desk.store().start_sequencer();
    let fresh = desk.ask(&Actor::System, SetUpOpen).await?;
    if fresh {
        let demo = Demo {
            tickets: bench.tickets,
            port: 0,
            data: None,
            seed: 7,
            smtp_port: 0,
        };
        demo::seed(&desk, &demo).await?;
    }
    let loaded_in = loading.elapsed();
    let setting = Setting::find(&desk, bench).await?;
    let mut table = Table::new();
    if fresh {
        table.note(format!(
            "Loaded {} tickets and {} messages through the verbs in {:.0} s.",
            setting.tickets,
            setting.messages,
            loaded_in.as_secs_f64()
        ));
    }
    for told in queue::told(&desk, &setting).await? {
        table.note(told);
    }
    if bench.only_queue {
        println!("{table}");
        return Ok(());
    }
    let inside = inside::measure(&desk, &setting).await?;
    for told in tone::told(&desk, &setting).await? {
        table.note(told);
    }
    for told in reading::told(&desk, &setting, &bench.mails_from).await? {
        table.note(told);
    }
    let served = Served::start(&config).await?;
    table.note(format!(
        "Start to first answer: {} ms.",
        served.first_answer.as_millis()
    ));
    for line in web::measure((&served, &desk), &setting, &inside).await? {
        table.line(line);
    }
    let mail = mail::measure((&served, &desk), bench.mails).await?;
    table.note(mail.told());
    rest::rest(&desk, &served).await?;
    let memory = served.memory_after_a_minute().await?;
    table.note(format!(
        "Memory (PSS) a minute after: {:.1} MB.",
        memory as f64 / 1e6
    ));
    let size = std::fs::metadata(std::env::current_exe()?)?.len();
    table.note(format!("Binary: {:.1} MB.", size as f64 / 1e6));
    served.stop().await?;
    println!("{table}");
    Ok(())
}

/// What the requests need to know of the loaded desk.
pub(crate) struct Setting {
    /// How many tickets there are.
    pub tickets: i64,
    /// The newest number of those that were loaded; all below exist.
    pub spread_over: i64,
    /// How many messages there are.
    pub messages: i64,
    /// A token for the API.
    pub token: String,
    /// Requests measured for each row.
    pub requests: usize,
    /// As whom the queries in this process ask.
    pub actor: Actor,
}

impl Setting {
    async fn find(desk: &Desk, bench: &Bench) -> Result<Self> {
        let email = EmailAddress::parse(WORKER)?;
        let person = desk.ask(&Actor::System, PersonByEmail { email }).await?;
        let person = person.context("the shop to measure has no Ayla; give an empty database")?;
        let secret = Secret::draw(desk);
        let text = token::written(&secret);
        let create = token::CreateToken {
            person: person.id,
            name: "bench".to_owned(),
            scopes: Vec::new(),
            days: 1,
            session: None,
            secret,
        };
        desk.run(&Actor::System, create).await?;
        let (tickets, messages) = desk
            .store()
            .read(|tx: &mut Tx<'_>| tx.size_of_desk())
            .await?;
        let access = desk
            .store()
            .read(move |tx| candor_desk::people::access_of(tx, person.id))
            .await?;
        Ok(Self {
            tickets,
            messages,
            // What came later, by mail, may have left numbers out.
            spread_over: tickets.min(bench.tickets as i64),
            token: text,
            requests: bench.requests,
            actor: Actor::Person(access.context("Ayla left")?),
        })
    }

    /// A ticket's number for the n-th request, spread over all of them.
    pub(crate) fn ticket(&self, n: usize) -> i64 {
        spread(n, self.spread_over)
    }

    /// Words to search for in the n-th request: common ones, rare ones, two at once.
    pub(crate) fn words(n: usize) -> &'static str {
        [
            "grinder",
            "parcel late",
            "Rechnung",
            "descaling",
            "moka pot",
            "PINE10",
            "Bohnen",
            "refund",
        ][n % 8]
    }
}

/// The n-th of numbers that jump about between 1 and `tickets`.
fn spread(n: usize, tickets: i64) -> i64 {
    (n as i64).wrapping_mul(7_919).rem_euclid(tickets) + 1
}
