//! Whatever happens, the stored clocks are those of the history.

use super::{level_for_everybody, usual, wrong};
use candor_desk::history::{PastDeed, PastMail, PastStep, PlayHistory};
use candor_desk::level::{ChangeLevel, DraftPromise, GivePromise, LevelsView, WithdrawPromise};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, PersonId, TicketId};
use candor_domain::level::Coverage;
use candor_domain::ticket::{AfterSend, Change, Kind, Status, Urgency};
use candor_testkit::TestDesk;
use jiff::ToSpan;
use std::collections::HashMap;

/// Tickets of the gate; more by `CANDOR_TEST_HISTORY_TICKETS`.
const TICKETS: usize = 60;

/// A plain generator, the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

fn letter(dice: &mut Dice) -> PastDeed {
    let sender = dice.below(20);
    PastDeed::CustomerWrote(Box::new(PastMail {
        email: EmailAddress::parse(&format!("c{sender}@cafe.example")).unwrap(),
        name: format!("Customer {sender}"),
        mailbox: MailboxId(1),
        subject: "A question".to_owned(),
        body: "When will it come?".to_owned(),
        terms: candor_store::search::analyse(""),
        files: Vec::new(),
        reading: None,
    }))
}

fn deed(dice: &mut Dice, who: PersonId) -> PastDeed {
    let changed = |change| PastDeed::Changed {
        by: Some(who),
        change,
    };
    let body = "We look into it.".to_owned();
    match dice.below(14) {
        0..=2 => letter(dice),
        3 => PastDeed::Noted { by: who, body },
        4 => PastDeed::Replied {
            by: who,
            body,
            then: AfterSend::Wait,
        },
        5 => PastDeed::Replied {
            by: who,
            body,
            then: AfterSend::Open,
        },
        6 => PastDeed::Replied {
            by: who,
            body,
            then: AfterSend::Solve,
        },
        7 => changed(Change::Urgency(Urgency::ALL[dice.below(3) as usize])),
        8 => changed(Change::Status(Status::OnHold)),
        9 => changed(Change::Status(Status::Waiting)),
        10 => changed(Change::Status(Status::Solved)),
        11 => changed(Change::Status(Status::Open)),
        12 => changed(Change::Spam(dice.below(2) == 0)),
        _ => changed(Change::Kind(Some(Kind::ALL[dice.below(3) as usize]))),
    }
}

#[tokio::test]
async fn a_random_history_gives_exactly_the_stored_clocks() {
    let asked = std::env::var("CANDOR_TEST_HISTORY_TICKETS").ok();
    let tickets = asked.and_then(|n| n.parse().ok()).unwrap_or(TICKETS);
    let kit = TestDesk::new().await;
    let who = kit.person("ayla").await.id;
    let mut dice = Dice(20_260_105);
    let mut known: HashMap<usize, TicketId> = HashMap::new();
    let mut level = None;
    for round in 0..8 {
        // The first level comes after tickets that nobody had promised anything.
        match (round, level) {
            (1, None) => level = Some(level_for_everybody(&kit).await),
            (3 | 6, Some(id)) => {
                let mara = kit.actor("mara").await;
                let calendar = kit.desk.ask(&mara, LevelsView).await.unwrap().calendars[0].id;
                let everybody = Coverage {
                    everybody: true,
                    ..Coverage::default()
                };
                let mut text = usual("Standard", calendar, everybody);
                for target in &mut text.targets {
                    target.text = format!("{} business hours", 1 + dice.below(20));
                }
                let change = ChangeLevel { level: id, text };
                kit.desk.run(&Actor::System, change).await.unwrap();
                kit.run_jobs().await;
            }
            _ => {}
        }
        for chunk in 0..tickets.div_ceil(50) {
            play(&kit, &mut dice, (chunk, tickets), &mut known, who).await;
        }
        promise(&kit, &mut dice, &known).await;
        kit.clock.advance(11.hours());
        kit.run_tasks().await;
    }
    assert!(known.len() > tickets / 2, "{} tickets", known.len());
    assert_eq!(wrong(&kit).await, Vec::<TicketId>::new());
}

/// Ayla promises something on some tickets, and takes some of it back. What the ticket's rules
/// forbid is left out.
async fn promise(kit: &TestDesk, dice: &mut Dice, known: &HashMap<usize, TicketId>) {
    let ayla = kit.actor("ayla").await;
    let mut tickets: Vec<TicketId> = known.values().copied().collect();
    tickets.sort_unstable();
    for ticket in tickets {
        let minutes = i64::try_from(1 + dice.below(1_500)).unwrap();
        let give = GivePromise {
            ticket,
            promise: DraftPromise {
                words: "You hear from me".to_owned(),
                due: kit.desk.now() + minutes.minutes(),
            },
        };
        let withdraw = WithdrawPromise {
            ticket,
            cycle: u32::try_from(1 + dice.below(2)).unwrap(),
            reason: "It is done".to_owned(),
        };
        match dice.below(4) {
            0 | 1 => drop(kit.desk.run(&ayla, give).await),
            2 => drop(kit.desk.run(&ayla, withdraw).await),
            _ => {}
        }
    }
}

/// One step for each ticket of a chunk. What the ticket's rules forbid is left out.
async fn play(
    kit: &TestDesk,
    dice: &mut Dice,
    (chunk, tickets): (usize, usize),
    known: &mut HashMap<usize, TicketId>,
    who: PersonId,
) {
    for ticket in (chunk * 50)..((chunk + 1) * 50).min(tickets) {
        let minutes = i64::try_from(dice.below(600)).unwrap();
        let deed = match known.get(&ticket) {
            Some(_) => deed(dice, who),
            None => letter(dice),
        };
        let step = PastStep {
            ticket,
            at: kit.desk.now() + minutes.minutes(),
            deed,
        };
        let history = PlayHistory {
            known: known.clone(),
            steps: vec![step],
        };
        if let Ok(opened) = kit.desk.run(&Actor::System, history).await {
            known.extend(opened);
        }
    }
}
