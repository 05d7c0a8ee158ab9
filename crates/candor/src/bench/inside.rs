//! The same verbs and queries in this process, without HTTP, sessions and pages.
//!
//! Owns: what stands beside each row. Must not know: pages.

use super::Setting;
use super::figures::Spread;
use anyhow::Result;
use candor_desk::ticket::{ListCounts, ListPage, OpenTicket, Reply, Search, TicketView, WhichList};
use candor_desk::{Desk, Stretch};
use candor_domain::id::TicketId;
use candor_domain::message::Channel;
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Urgency};
use std::time::{Duration, Instant};

/// Times of the desk alone.
pub(crate) struct Inside {
    /// A page of a list with the counts.
    pub inbox: Spread,
    /// A ticket with everything that its page shows.
    pub ticket: Spread,
    /// A search.
    pub search: Spread,
    /// Opening a ticket, durable.
    pub create: Spread,
    /// Answering, durable.
    pub reply: Spread,
}

/// Measures each of them `setting.requests` times, one after the other.
pub(crate) async fn measure(desk: &Desk, setting: &Setting) -> Result<Inside> {
    let mut times: [Vec<Duration>; 5] = Default::default();
    for n in 0..setting.requests {
        let started = Instant::now();
        let page = ListPage {
            list: WhichList::All,
            customer: None,
            stretch: Stretch::Top,
            limit: 50,
        };
        desk.ask(&setting.actor, page).await?;
        desk.ask(&setting.actor, ListCounts).await?;
        times[0].push(started.elapsed());

        let started = Instant::now();
        desk.ask(
            &setting.actor,
            TicketView {
                ticket: TicketId(setting.ticket(n)),
            },
        )
        .await?;
        times[1].push(started.elapsed());

        let started = Instant::now();
        desk.ask(
            &setting.actor,
            Search {
                text: Setting::words(n).to_owned(),
                limit: 50,
            },
        )
        .await?;
        times[2].push(started.elapsed());

        let started = Instant::now();
        let opened = desk.run(&setting.actor, new_ticket(n)).await?;
        times[3].push(started.elapsed());

        let started = Instant::now();
        let reply = Reply {
            files: Vec::new(),
            ticket: opened.id,
            body: PublicText::new("It is on its way and arrives **tomorrow**."),
            cc: Vec::new(),
            then: AfterSend::Open,
            seen: None,
            channel: Channel::Api,
        };
        desk.run(&setting.actor, reply).await?;
        times[4].push(started.elapsed());
    }
    let [inbox, ticket, search, create, reply] = times.map(Spread::of);
    Ok(Inside {
        inbox,
        ticket,
        search,
        create,
        reply,
    })
}

fn new_ticket(n: usize) -> OpenTicket {
    OpenTicket {
        phone: String::new(),
        subject: format!("Where is order {n}?"),
        body: "It was due on Friday and nothing came.".to_owned(),
        email: format!("bench{}@customer.example", n % 500),
        name: format!("Bench {}", n % 500),
        mailbox: None,
        channel: Channel::Api,
        kind: None,
        urgency: Urgency::Normal,
        tags: Vec::new(),
        files: Vec::new(),
    }
}
