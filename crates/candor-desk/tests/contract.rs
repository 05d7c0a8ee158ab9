//! Contracts with organizations, told as stories.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use candor_desk::contract::{
    AddContract, AnnounceMaintenance, ApproveStatement, CallMaintenanceOff, ChangeContract,
    ContractText, ContractView, EndContract, MaintenanceText, StatementSeen, StatementView,
};
use candor_desk::customer::{AddCustomer, AddOrganization, ChangeCustomer};
use candor_desk::level::{
    AddLevel, CalendarText, KeepCalendar, LevelText, Recount, SetTicketLevel, TargetText,
};
use candor_desk::ticket::{ChangeTicket, Reply, TicketView};
use candor_desk::verify::verify;
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::contract::{Apart, Month, Standing};
use candor_domain::id::{CalendarId, ContractId, LevelId, OrganizationId, TicketId};
use candor_domain::level::{Coverage, LevelReason, Metric};
use candor_domain::message::Channel;
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Change, Status, Urgency};
use candor_testkit::TestDesk;
use jiff::ToSpan;
use jiff::civil::date;

struct House {
    kit: TestDesk,
    organization: OrganizationId,
    contract: ContractId,
    standard: LevelId,
}

async fn calendar(kit: &TestDesk, name: &str, hours: &str) -> CalendarId {
    let text = CalendarText {
        name: name.to_owned(),
        zone: "Europe/Berlin".to_owned(),
        days: std::array::from_fn(|_| hours.to_owned()),
        ..CalendarText::default()
    };
    let keep = KeepCalendar {
        calendar: None,
        text,
    };
    kit.desk.run(&Actor::System, keep).await.unwrap()
}

async fn level(kit: &TestDesk, name: &str, (calendar, everybody): (CalendarId, bool)) -> LevelId {
    let of = |metric, text: &str| TargetText {
        urgency: Urgency::Normal,
        metric,
        text: text.to_owned(),
    };
    let text = LevelText {
        name: name.to_owned(),
        calendar: Some(calendar),
        targets: vec![
            of(Metric::FirstReply, "4 business hours"),
            of(Metric::Resolution, "8 business hours"),
        ],
        covers: Coverage {
            everybody,
            ..Coverage::default()
        },
        ..LevelText::default()
    };
    kit.desk.run(&Actor::System, AddLevel(text)).await.unwrap()
}

/// The café has a contract by mail from 1 March on; it counts every hour, the standard level 9 to
/// 18. Monday 2 March, 10:00 in Berlin.
async fn house() -> House {
    let kit = TestDesk::new().await;
    let shop = calendar(&kit, "Shop", "9-18").await;
    let always = calendar(&kit, "Always", "0-24").await;
    let standard = level(&kit, "Standard", (shop, true)).await;
    let care = level(&kit, "Care", (shop, false)).await;
    let add = AddOrganization {
        name: "Café Lotte".to_owned(),
        tier: None,
    };
    let organization = kit.desk.run(&Actor::System, add).await.unwrap();
    let add = AddCustomer {
        name: "Lena".to_owned(),
        email: "lena@cafe.example".to_owned(),
    };
    let change = ChangeCustomer {
        customer: kit.desk.run(&Actor::System, add).await.unwrap(),
        name: "Lena".to_owned(),
        tier: None,
        organization: Some(organization),
        language: None,
        note: String::new(),
    };
    kit.desk.run(&Actor::System, change).await.unwrap();
    let text = text(organization, (care, always));
    let contract = kit.desk.run(&Actor::System, AddContract(text)).await;
    House {
        contract: contract.unwrap(),
        kit,
        organization,
        standard,
    }
}

fn text(organization: OrganizationId, (level, calendar): (LevelId, CalendarId)) -> ContractText {
    ContractText {
        organization: Some(organization),
        name: "Care 2026".to_owned(),
        first_day: "2026-03-01".to_owned(),
        last_day: "2026-06-30".to_owned(),
        level: Some(level),
        calendar: Some(calendar),
        channels: vec![Channel::Mail],
        languages: vec!["de".to_owned()],
        includes: "Two grinders.".to_owned(),
        excludes: "Beans.".to_owned(),
        remedy: "95: 5\n60: 10".to_owned(),
    }
}

impl House {
    async fn mail(&self) -> TicketId {
        let kit = &self.kit;
        kit.mail("lena@cafe.example", "The grinder stands still", "Help!")
            .await
    }

    /// The level, why, and the contract that a ticket has.
    async fn promised(&self, ticket: TicketId) -> (String, LevelReason, Option<String>) {
        let mara = self.kit.actor("mara").await;
        let view = self.kit.desk.ask(&mara, TicketView { ticket }).await;
        let promise = view.unwrap().promise.unwrap();
        let level = promise.level.unwrap().1;
        (level, promise.reason.unwrap(), promise.contract)
    }

    async fn reply(&self, ticket: TicketId, then: AfterSend) {
        let reply = Reply {
            ticket,
            body: PublicText::new("We are on it.".to_owned()),
            cc: Vec::new(),
            then,
            seen: None,
            files: Vec::new(),
            channel: Channel::Desk,
        };
        let ayla = self.kit.actor("ayla").await;
        self.kit.desk.run(&ayla, reply).await.unwrap();
    }

    async fn solve(&self, ticket: TicketId) {
        let solve = ChangeTicket {
            ticket,
            change: Change::Status(Status::Solved),
            version: None,
        };
        let ayla = self.kit.actor("ayla").await;
        self.kit.desk.run(&ayla, solve).await.unwrap();
    }

    async fn statement(&self, month: &str) -> StatementSeen {
        let view = StatementView {
            contract: self.contract,
            month: month.parse().unwrap(),
        };
        self.kit.desk.ask(&Actor::System, view).await.unwrap()
    }

    async fn approve(&self, month: Month, hash: &str) -> Result<(), DeskError> {
        let mara = self.kit.actor("mara").await;
        let approve = ApproveStatement {
            contract: self.contract,
            month,
            hash: hash.to_owned(),
        };
        self.kit.desk.run(&mara, approve).await
    }

    async fn pass(&self, hours: i64) {
        for _ in 0..hours {
            self.kit.clock.advance(1.hour());
            self.kit.run_tasks().await;
        }
    }

    async fn findings(&self) -> Vec<String> {
        let report = verify(&self.kit.desk, &Actor::System, |_| {})
            .await
            .unwrap();
        report.findings.iter().map(ToString::to_string).collect()
    }
}

#[tokio::test]
async fn a_ticket_opened_within_a_contract_has_its_promises_in_its_hours() {
    let house = house().await;
    let ticket = house.mail().await;
    let named = Some("Care 2026".to_owned());
    let by_contract = ("Care".to_owned(), LevelReason::Contract, named);
    assert_eq!(house.promised(ticket).await, by_contract);
    // Eight hours on a clock that never stands, though the level counts the shop's hours.
    let row = house.kit.desk.store().read(move |tx| tx.clocks_of(ticket));
    let clocks = row.await.unwrap().unwrap().clocks;
    let due = clocks.clock(Metric::Resolution).due.unwrap();
    assert_eq!(due.to_string(), "2026-03-02T17:00:00Z");

    // By hand goes before the contract; taken back, the contract counts again.
    let mara = house.kit.actor("mara").await;
    let by_hand = |level| SetTicketLevel { ticket, level };
    let run = house.kit.desk.run(&mara, by_hand(Some(house.standard)));
    run.await.unwrap();
    let standard = ("Standard".to_owned(), LevelReason::Explicit, None);
    assert_eq!(house.promised(ticket).await, standard);
    house.kit.desk.run(&mara, by_hand(None)).await.unwrap();
    assert_eq!(house.promised(ticket).await, by_contract);

    // Others have what everybody has, and so have its own after the last day.
    let other = house.kit.mail("kim@post.example", "Hello", "Hello?").await;
    let like_all = ("Standard".to_owned(), LevelReason::Everybody, None);
    assert_eq!(house.promised(other).await, like_all);
    let end = EndContract {
        contract: house.contract,
        last_day: Some(date(2026, 3, 2)),
    };
    let before = house.kit.desk.run(&mara, end).await.unwrap();
    assert_eq!(before, Some(date(2026, 6, 30)));
    house.kit.run_jobs().await;
    assert_eq!(house.promised(ticket).await, by_contract);
    house.pass(15).await;
    let later = house.mail().await;
    assert_eq!(house.promised(later).await, like_all);
    let again = EndContract {
        last_day: before,
        ..end
    };
    house.kit.desk.run(&mara, again).await.unwrap();
    house.kit.run_jobs().await;
    assert_eq!(house.promised(later).await, by_contract);

    let recount = Recount {
        after: TicketId(0),
        limit: 100,
    };
    let wrong = house.kit.desk.ask(&Actor::System, recount).await.unwrap();
    assert_eq!(wrong.unwrap().1, []);
    assert_eq!(house.findings().await, [""; 0]);
}

#[tokio::test]
async fn a_changed_level_is_another_wording_of_its_contracts() {
    let house = house().await;
    let ticket = house.mail().await;
    let view = ContractView(house.contract);
    let (seen, months, _) = house.kit.desk.ask(&Actor::System, view).await.unwrap();
    assert_eq!((seen.standing, months.len()), (Standing::Running, 1));
    let mut changed = text(
        house.organization,
        (seen.contract.level, seen.contract.calendar),
    );
    changed.calendar = Some(CalendarId(1));
    let change = ChangeContract {
        contract: house.contract,
        text: changed.clone(),
    };
    let mara = house.kit.actor("mara").await;
    house.kit.desk.run(&mara, change).await.unwrap();
    house.kit.run_jobs().await;
    let row = house.kit.desk.store().read(move |tx| tx.clocks_of(ticket));
    let clocks = row.await.unwrap().unwrap().clocks;
    // In the shop's hours, the last of the eight hours ends at closing time.
    let due = clocks.clock(Metric::Resolution).due.unwrap();
    assert_eq!(due.to_string(), "2026-03-02T17:00:00Z");
    assert_ne!(clocks.terms, Some(seen.contract.terms));

    // A second contract for the same days and ways in is refused; one by phone is not.
    let add = house
        .kit
        .desk
        .run(&mara, AddContract(changed.clone()))
        .await;
    let DeskError::Invalid(fields) = add.unwrap_err() else {
        panic!("it is refused");
    };
    assert_eq!(fields[0].id, "error-contract-overlap");
    changed.channels = vec![Channel::Phone];
    house
        .kit
        .desk
        .run(&mara, AddContract(changed))
        .await
        .unwrap();
    let ayla = house.kit.actor("ayla").await;
    let refused = house.kit.desk.ask(&ayla, view).await;
    assert!(matches!(refused, Err(DeskError::NotAllowed(_))));
    assert_eq!(house.findings().await, [""; 0]);
}

/// Maintenance on Monday night, announced before it began, and another that is called off.
async fn announce(house: &House) {
    let mara = house.kit.actor("mara").await;
    let window = |begins: &str, ends: &str| AnnounceMaintenance {
        contract: house.contract,
        text: MaintenanceText {
            begins: begins.to_owned(),
            ends: ends.to_owned(),
            reason: "New scales".to_owned(),
        },
    };
    let night = window("2026-03-03T02:00", "2026-03-03T06:00");
    house.kit.desk.run(&mara, night).await.unwrap();
    let other = window("2026-03-09T02:00", "2026-03-09T06:00");
    let other = house.kit.desk.run(&mara, other).await.unwrap();
    let off = CallMaintenanceOff {
        maintenance: other,
        off: true,
    };
    house.kit.desk.run(&mara, off).await.unwrap();
    let late = window("2026-03-02T09:00", "2026-03-02T12:00");
    assert!(house.kit.desk.run(&mara, late).await.is_err());
}

/// One ticket that keeps everything, one that misses, one that maintenance delays: the last two.
async fn three_tickets(house: &House) -> (TicketId, TicketId) {
    // Kept: answered and solved at once.
    let kept = house.mail().await;
    house.reply(kept, AfterSend::Solve).await;
    // Missed: answered after six hours; solved late, but the customer was asked for five of them.
    let missed = house.mail().await;
    house.pass(6).await;
    house.reply(missed, AfterSend::Wait).await;
    house.pass(5).await;
    house.solve(missed).await;
    // Opened at 21:00, answered at once, solved at 06:30: late by ninety minutes of maintenance.
    let apart = house.mail().await;
    house.reply(apart, AfterSend::Open).await;
    house.pass(9).await;
    house.solve(apart).await;
    (missed, apart)
}

#[tokio::test]
async fn a_statement_counts_and_sets_apart() {
    let house = house().await;
    announce(&house).await;
    let (missed, apart) = three_tickets(&house).await;
    let draft = house.statement("2026-03").await;
    let of = |metric| {
        let lines = draft.document.targets.iter();
        let mut found = lines.filter(|line| line.metric == metric);
        let line = found.next().unwrap();
        (line.due, line.kept)
    };
    assert_eq!(of(Metric::FirstReply), (3, 2));
    assert_eq!(of(Metric::Resolution), (1, 1));
    let told: Vec<_> = draft.document.missed.iter().collect();
    let told: Vec<_> = told
        .iter()
        .map(|one| {
            (
                one.ticket,
                one.metric,
                one.delays.late_us / 60_000_000,
                one.apart,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (missed, Metric::FirstReply, 120, None),
            (missed, Metric::Resolution, 180, Some(Apart::Customer)),
            (apart, Metric::Resolution, 60, Some(Apart::Maintenance)),
        ]
    );
    let totals = draft.document.totals;
    assert_eq!((totals.due, totals.kept, totals.apart), (4, 3, 2));
    assert_eq!(totals.credit_bp, 500, "75 % lies below 95 and not below 60");
    assert_eq!(draft.document.maintenance.len(), 1);
}

#[tokio::test]
async fn an_approved_statement_never_changes() {
    let house = house().await;
    let mara = house.kit.actor("mara").await;
    announce(&house).await;
    three_tickets(&house).await;
    let draft = house.statement("2026-03").await;
    // While the month runs nobody can approve it, nor what they did not read.
    let march: Month = "2026-03".parse().unwrap();
    let early = house.approve(march, &draft.hash).await;
    assert!(matches!(early, Err(DeskError::Invalid(_))));
    house.kit.clock.advance((24 * 30).hours());
    house.kit.run_tasks().await;
    let unread = house.approve(march, "00").await;
    assert!(matches!(unread, Err(DeskError::Invalid(_))));
    house.approve(march, &draft.hash).await.unwrap();
    let twice = house.approve(march, &draft.hash).await;
    assert!(matches!(twice, Err(DeskError::Conflict(Conflict::TooLate))));

    // Another name of the contract changes the next month, not this one.
    let view = ContractView(house.contract);
    let (seen, ..) = house.kit.desk.ask(&mara, view).await.unwrap();
    let mut renamed = text(
        house.organization,
        (seen.contract.level, seen.contract.calendar),
    );
    renamed.name = "Care for ever".to_owned();
    let change = ChangeContract {
        contract: house.contract,
        text: renamed,
    };
    house.kit.desk.run(&mara, change).await.unwrap();
    let frozen = house.statement("2026-03").await;
    assert_eq!(
        (&frozen.hash, &frozen.document),
        (&draft.hash, &draft.document)
    );
    assert_eq!(frozen.approved.unwrap().by, "Mara");
    assert_eq!(
        house.statement("2026-04").await.document.contract,
        "Care for ever"
    );
    assert_eq!(house.findings().await, [""; 0]);
}
