//! The same verbs and queries in this process, without HTTP, sessions and pages.
//!
//! Owns: what stands beside each row. Must not know: pages.

use super::Setting;
use super::figures::{Inside, Spread};
use anyhow::Result;
use candor_desk::ticket::{ListCounts, ListPage, OpenTicket, Reply, Search, TicketView, WhichList};
use candor_desk::{Desk, DeskError, Stretch};
use candor_domain::id::TicketId;
use candor_domain::message::Channel;
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Urgency};
use candor_store::StoreFigures;
use std::time::{Duration, Instant};

/// What stands beside the rows.
pub(crate) struct InsideRows {
    /// A page of a list with the counts.
    pub inbox: Inside,
    /// A ticket with everything that its page shows.
    pub ticket: Inside,
    /// A search.
    pub search: Inside,
    /// Opening a ticket, durable.
    pub create: Inside,
    /// Answering, durable.
    pub reply: Inside,
}

/// Measures each of them `setting.requests` times, one after the other.
pub(crate) async fn measure(desk: &Desk, setting: &Setting) -> Result<InsideRows> {
    let mut samples: [Samples; 5] = Default::default();
    let [inbox, ticket, search, create, reply] = &mut samples;
    for n in 0..setting.requests {
        inbox.take(desk, show_inbox(desk, setting)).await?;
        let view = TicketView {
            ticket: TicketId(setting.ticket(n)),
        };
        ticket.take(desk, desk.ask(&setting.actor, view)).await?;
        let words = Search {
            text: Setting::words(n).to_owned(),
            limit: 50,
        };
        search.take(desk, desk.ask(&setting.actor, words)).await?;
        let open = desk.run(&setting.actor, new_ticket(n));
        let opened = create.take(desk, open).await?;
        let answer = desk.run(&setting.actor, answer_to(opened.id));
        reply.take(desk, answer).await?;
    }
    let [inbox, ticket, search, create, reply] = samples.map(Samples::inside);
    Ok(InsideRows {
        inbox,
        ticket,
        search,
        create,
        reply,
    })
}

/// What one row took, each time.
#[derive(Default)]
struct Samples {
    desk: Vec<Duration>,
    engine: Vec<Duration>,
    statements: u64,
}

impl Samples {
    /// Runs one and notes what it took, and what of it the engine took.
    async fn take<T>(
        &mut self,
        desk: &Desk,
        work: impl Future<Output = Result<T, DeskError>>,
    ) -> Result<T> {
        let before: StoreFigures = desk.store().figures();
        let started = Instant::now();
        let done = work.await?;
        self.desk.push(started.elapsed());
        let after = desk.store().figures();
        self.engine
            .push(after.statement_time.saturating_sub(before.statement_time));
        self.statements += after.statements - before.statements;
        Ok(done)
    }

    fn inside(self) -> Inside {
        let count = self.desk.len().max(1) as f64;
        Inside {
            statements: self.statements as f64 / count,
            desk: Spread::of(self.desk),
            engine: Spread::of(self.engine),
        }
    }
}

async fn show_inbox(desk: &Desk, setting: &Setting) -> Result<(), DeskError> {
    let page = ListPage {
        list: WhichList::All,
        customer: None,
        stretch: Stretch::Top,
        limit: 50,
    };
    desk.ask(&setting.actor, page).await?;
    desk.ask(&setting.actor, ListCounts).await.map(drop)
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

fn answer_to(ticket: TicketId) -> Reply {
    Reply {
        files: Vec::new(),
        ticket,
        body: PublicText::new("It is on its way and arrives **tomorrow**."),
        cc: Vec::new(),
        then: AfterSend::Open,
        seen: None,
        channel: Channel::Api,
    }
}
