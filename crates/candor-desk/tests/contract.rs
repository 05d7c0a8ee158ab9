//! Contracts with organizations, told as stories.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use candor_desk::contract::{
    AddContract, AnnounceMaintenance, ApproveStatement, CallMaintenanceOff, ChangeContract,
    ContractText, ContractView, ContractsOf, CorrectStatement, EndContract, MaintenanceText,
    StatementSeen, StatementView, TakeContractAway, Wanted,
};
use candor_desk::customer::{AddCustomer, AddOrganization, ChangeCustomer};
use candor_desk::level::{
    AddLevel, AttainmentBy, AttainmentView, CalendarText, KeepCalendar, LevelText, Recount,
    SetTicketLevel, TargetText,
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
        self.put(ticket, Status::Solved).await;
    }

    async fn put(&self, ticket: TicketId, status: Status) {
        let solve = ChangeTicket {
            ticket,
            change: Change::Status(status),
            version: None,
        };
        let ayla = self.kit.actor("ayla").await;
        self.kit.desk.run(&ayla, solve).await.unwrap();
    }

    async fn statement(&self, month: &str) -> StatementSeen {
        let view = StatementView::of(self.contract, month.parse().unwrap());
        self.kit.desk.ask(&Actor::System, view).await.unwrap()
    }

    async fn approve(&self, month: Month, hash: &str) -> Result<(), DeskError> {
        let mara = self.kit.actor("mara").await;
        let approve = ApproveStatement {
            contract: self.contract,
            month,
            hash: hash.to_owned(),
            words: |seen| {
                Some(format!(
                    "kept {} of {}",
                    seen.document.totals.kept, seen.document.totals.due
                ))
            },
        };
        self.kit.desk.run(&mara, approve).await
    }

    async fn wanted(&self, month: Month, wanted: Wanted) -> Result<StatementSeen, DeskError> {
        let view = StatementView {
            contract: self.contract,
            month,
            wanted,
        };
        self.kit.desk.ask(&Actor::System, view).await
    }

    async fn correct(&self, month: Month, (hash, reason): (&str, &str)) -> Result<(), DeskError> {
        let mara = self.kit.actor("mara").await;
        let correct = CorrectStatement {
            contract: self.contract,
            month,
            hash: hash.to_owned(),
            reason: reason.to_owned(),
            words: |seen| seen.approved.as_ref().map(|approved| approved.by.clone()),
        };
        self.kit.desk.run(&mara, correct).await
    }

    async fn rename(&self, excludes: &str) {
        let view = ContractView::of(self.contract);
        let (seen, ..) = self.kit.desk.ask(&Actor::System, view).await.unwrap();
        let mut changed = text(
            self.organization,
            (seen.contract.level, seen.contract.calendar),
        );
        changed.excludes = excludes.to_owned();
        let change = ChangeContract {
            contract: self.contract,
            text: changed,
        };
        self.kit.desk.run(&Actor::System, change).await.unwrap();
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
async fn a_contract_written_by_mistake_goes_and_comes_back_with_its_tickets() {
    let house = house().await;
    let mara = house.kit.actor("mara").await;
    let ticket = house.mail().await;
    let by_contract = house.promised(ticket).await;
    let contract = house.contract;
    let away = TakeContractAway {
        contract,
        goes: true,
    };
    let back = TakeContractAway {
        contract,
        goes: false,
    };

    house.kit.desk.run(&mara, away).await.unwrap();
    house.kit.run_jobs().await;

    let like_all = ("Standard".to_owned(), LevelReason::Everybody, None);
    assert_eq!(house.promised(ticket).await, like_all);
    let of = ContractsOf(house.organization);
    assert_eq!(house.kit.desk.ask(&mara, of).await.unwrap(), []);
    let end = EndContract {
        contract,
        last_day: None,
    };
    let refused = house.kit.desk.run(&mara, end).await;
    assert!(matches!(refused, Err(DeskError::NotFound(_))));
    assert_eq!(house.findings().await, [""; 0]);

    house.kit.desk.run(&mara, back).await.unwrap();
    house.kit.run_jobs().await;
    assert_eq!(house.promised(ticket).await, by_contract);
    assert_eq!(house.findings().await, [""; 0]);
}

#[tokio::test]
async fn a_contract_does_not_come_back_over_another_one() {
    let house = house().await;
    let mara = house.kit.actor("mara").await;
    let contract = house.contract;
    let take = |goes| TakeContractAway { contract, goes };
    let view = ContractView::of(contract);
    let (seen, ..) = house.kit.desk.ask(&mara, view).await.unwrap();
    let kept = (seen.contract.level, seen.contract.calendar);
    house.kit.desk.run(&mara, take(true)).await.unwrap();
    let other = AddContract(text(house.organization, kept));
    house.kit.desk.run(&mara, other).await.unwrap();

    let refused = house.kit.desk.run(&mara, take(false)).await;

    assert_eq!(refusal(refused), "error-contract-overlap");
}

#[tokio::test]
async fn a_changed_level_is_another_wording_of_its_contracts() {
    let house = house().await;
    let ticket = house.mail().await;
    let view = ContractView::of(house.contract);
    let (seen, months, _) = house.kit.desk.ask(&Actor::System, view).await.unwrap();
    assert_eq!((seen.standing, months.months.len()), (Standing::Running, 1));
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

    // The team's own report counts the same promises, and sets nothing apart.
    let mara = house.kit.actor("mara").await;
    let report = AttainmentView {
        days: 60,
        by: AttainmentBy::Contract,
    };
    let report = house.kit.desk.ask(&mara, report).await.unwrap();
    let lines = report.lines.iter();
    let counts = lines.map(|line| (line.metric, line.promises, line.kept));
    let counts: Vec<_> = counts.collect();
    assert_eq!(
        counts,
        [(Metric::FirstReply, 3, 2), (Metric::Resolution, 3, 1)]
    );
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

    // Another name of the contract changes the next month, not this one; nor does it go away.
    let away = TakeContractAway {
        contract: house.contract,
        goes: true,
    };
    let stays = house.kit.desk.run(&mara, away).await;
    assert!(matches!(
        stays,
        Err(DeskError::Conflict(Conflict::InUse(_)))
    ));
    let view = ContractView::of(house.contract);
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

fn refusal(result: Result<(), DeskError>) -> String {
    match result {
        Err(DeskError::Invalid(fields)) => fields[0].id.to_owned(),
        other => panic!("it is refused with words: {other:?}"),
    }
}

#[tokio::test]
async fn an_approved_statement_is_corrected_by_another_one() {
    let house = house().await;
    three_tickets(&house).await;
    house.kit.clock.advance((24 * 31).hours());
    house.kit.run_tasks().await;
    let march: Month = "2026-03".parse().unwrap();
    // What nobody approved has nothing to correct.
    let early = house.wanted(march, Wanted::Correction).await;
    assert!(matches!(early, Err(DeskError::NotFound(_))));
    let first = house.statement("2026-03").await;
    house.approve(march, &first.hash).await.unwrap();
    let same = house.wanted(march, Wanted::Correction).await.unwrap();
    assert!(same.unchanged);
    let refused = house.correct(march, (&same.hash, "To be sure")).await;
    assert_eq!(refusal(refused), "error-correction-same");

    // The contract was written down wrongly.
    house.rename("Beans and cups.").await;
    let draft = house.wanted(march, Wanted::Correction).await.unwrap();
    assert!(!draft.unchanged && draft.approved.is_none());
    let refused = house.correct(march, (&draft.hash, "  ")).await;
    assert_eq!(refusal(refused), "error-correction-reason");
    let refused = house.correct(march, (&first.hash, "Cups")).await;
    assert_eq!(refusal(refused), "error-statement-moved");
    let reason = "The cups were missing.";
    house.correct(march, (&draft.hash, reason)).await.unwrap();
    let twice = house.correct(march, (&draft.hash, reason)).await;
    assert_eq!(refusal(twice), "error-statement-moved");

    let second = house.statement("2026-03").await;
    let corrects = second.document.corrects.clone().unwrap();
    assert_eq!((corrects.version, &corrects.sha256), (1, &first.hash));
    assert_eq!(corrects.reason, reason);
    assert_eq!(second.document.excludes, "Beans and cups.");
    assert_eq!(second.paper, "Mara", "its words were kept");
    let old = house.wanted(march, Wanted::Version(1)).await.unwrap();
    assert_eq!((&old.bytes, old.replaced_by), (&first.bytes, Some(2)));
    let none = house.wanted(march, Wanted::Version(3)).await;
    assert!(matches!(none, Err(DeskError::NotFound(_))));
    let view = ContractView::of(house.contract);
    let (_, months, _) = house.kit.desk.ask(&Actor::System, view).await.unwrap();
    let march = months.months.iter().find(|one| one.month == march).unwrap();
    let versions: Vec<u32> = march.approvals.iter().map(|one| one.version).collect();
    assert_eq!(versions, [2, 1]);
    assert_eq!(house.findings().await, [""; 0]);
}

#[tokio::test]
async fn the_name_under_a_statement_is_the_one_of_its_day() {
    let house = house().await;
    house.kit.clock.advance((24 * 31).hours());
    house.kit.run_tasks().await;
    let march: Month = "2026-03".parse().unwrap();
    let draft = house.statement("2026-03").await;
    house.approve(march, &draft.hash).await.unwrap();
    let rename = |tx: &mut candor_store::Tx<'_>| {
        let kept = tx
            .statement(ContractId(1), "2026-03".parse().unwrap())?
            .unwrap();
        let mut person = tx.person(kept.approved_by)?.unwrap();
        person.name = "Mara Lind".to_owned();
        tx.save_person(&person)
    };
    house.kit.desk.store().write(rename).await.unwrap();
    let frozen = house.statement("2026-03").await;
    assert_eq!(frozen.approved.unwrap().by, "Mara");
    assert_eq!(frozen.paper, "kept 0 of 0");
}

#[tokio::test]
async fn every_month_of_a_contract_is_listed_page_by_page() {
    let house = house().await;
    let end = EndContract {
        contract: house.contract,
        last_day: Some(date(2027, 3, 31)),
    };
    house.kit.desk.run(&Actor::System, end).await.unwrap();
    // Two years on; nobody ever answered this one, which came on the last day.
    house.kit.clock.advance((24 * 394).hours());
    house.kit.run_tasks().await;
    let ticket = house.mail().await;
    house.reply(ticket, AfterSend::Open).await;
    house.kit.clock.advance((24 * 400).hours());
    house.kit.run_tasks().await;
    let ask = |until: Option<Month>| ContractView {
        contract: house.contract,
        until,
    };
    let mut seen = Vec::new();
    let mut until = None;
    loop {
        let view = house.kit.desk.ask(&Actor::System, ask(until)).await;
        let (_, page, _) = view.unwrap();
        assert_eq!(page.newer.is_some(), until.is_some());
        seen.extend(page.months.iter().map(|one| one.month.to_string()));
        until = page.older;
        if until.is_none() {
            break;
        }
    }
    assert_eq!(seen.first().unwrap(), "2027-04");
    assert_eq!(seen.last().unwrap(), "2026-03");
    assert_eq!(seen.len(), 14);
}

#[tokio::test]
async fn a_miss_stays_in_its_contract_whatever_the_ticket_gets_later() {
    let house = house().await;
    let ayla = house.kit.actor("ayla").await;
    let ticket = house.mail().await;
    house.pass(5).await;
    let by_hand = SetTicketLevel {
        ticket,
        level: Some(house.standard),
    };
    // Nobody takes their own late ticket out of a contract; a lead may.
    let refused = house.kit.desk.run(&ayla, by_hand).await.unwrap_err();
    assert!(matches!(refused, DeskError::NotAllowed(_)), "{refused}");
    let mara = house.kit.actor("mara").await;
    house.kit.desk.run(&mara, by_hand).await.unwrap();
    house.reply(ticket, AfterSend::Solve).await;

    let draft = house.statement("2026-03").await;
    let missed: Vec<_> = draft.document.missed.iter().collect();
    assert_eq!(missed.len(), 1);
    assert_eq!(missed[0].metric, Metric::FirstReply);
    assert!(missed[0].done.is_some(), "it was answered, late");
    assert_eq!(house.findings().await, [""; 0]);
}

#[tokio::test]
async fn waiting_for_the_customer_is_a_question_to_them_and_not_a_status() {
    let house = house().await;
    let ayla = house.kit.actor("ayla").await;
    let ticket = house.mail().await;
    let wait = ChangeTicket {
        ticket,
        change: Change::Status(Status::Waiting),
        version: None,
    };
    house.kit.desk.run(&ayla, wait).await.unwrap();
    house.pass(14).await;
    house.solve(ticket).await;

    let draft = house.statement("2026-03").await;
    let solution = |one: &&candor_domain::contract::Missed| one.metric == Metric::Resolution;
    let late = draft.document.missed.iter().find(solution).unwrap();
    assert_eq!((late.delays.customer_us, late.apart), (0, None));
}

#[tokio::test]
async fn time_in_which_a_clock_stood_is_neither_late_nor_excused() {
    let house = house().await;
    // Maintenance from two to six in the night.
    announce(&house).await;
    let ticket = house.mail().await;
    // Due at two in the afternoon; solved at three without a word, opened again at ten.
    house.pass(5).await;
    house.solve(ticket).await;
    house.pass(19).await;
    house.put(ticket, Status::Open).await;
    house.pass(1).await;
    house.reply(ticket, AfterSend::Solve).await;

    let draft = house.statement("2026-03").await;
    let missed: Vec<_> = draft.document.missed.iter().collect();
    assert_eq!(missed.len(), 1, "{missed:?}");
    let late = missed[0];
    assert_eq!(late.metric, Metric::FirstReply);
    assert_eq!(late.delays.late_us / 60_000_000, 120, "an hour twice");
    assert_eq!((late.delays.maintenance_us, late.apart), (0, None));
    assert!(late.done.is_some() && late.ended.is_none());
}

#[tokio::test]
async fn a_ticket_that_was_solved_without_an_answer_owes_none_any_more() {
    let house = house().await;
    announce(&house).await;
    let ticket = house.mail().await;
    house.pass(6).await;
    house.solve(ticket).await;
    let solved = house.kit.desk.now();
    house.kit.clock.advance((24 * 40).hours());
    house.kit.run_tasks().await;

    let draft = house.statement("2026-03").await;
    let missed: Vec<_> = draft.document.missed.iter().collect();
    assert_eq!(missed.len(), 1, "{missed:?}");
    assert_eq!((missed[0].done, missed[0].ended), (None, Some(solved)));
    assert_eq!(missed[0].delays.late_us / 60_000_000, 120);
    // It counts: the answer never came.
    assert_eq!((missed[0].apart, draft.document.totals.kept), (None, 1));
}

#[tokio::test]
async fn what_is_not_done_at_the_end_of_the_month_counts_as_missed() {
    let house = house().await;
    // The last noon of March; answered at once, and nothing is heard for two days.
    house.kit.clock.advance((24 * 29 + 2).hours());
    house.kit.run_tasks().await;
    let ticket = house.mail().await;
    house.reply(ticket, AfterSend::Wait).await;
    house.pass(40).await;

    let draft = house.statement("2026-03").await;
    let missed: Vec<_> = draft.document.missed.iter().collect();
    assert_eq!(missed.len(), 1, "{missed:?}");
    assert_eq!((missed[0].ticket, missed[0].done), (ticket, None));
    assert!(missed[0].delays.late_us < missed[0].delays.customer_us);
    assert_eq!(missed[0].apart, None);
}

#[tokio::test]
async fn maintenance_of_the_day_before_excuses_what_falls_due_in_the_new_month() {
    let house = house().await;
    let mara = house.kit.actor("mara").await;
    let night = AnnounceMaintenance {
        contract: house.contract,
        text: MaintenanceText {
            begins: "2026-03-31T20:00".to_owned(),
            ends: "2026-03-31T23:30".to_owned(),
            reason: "New scales".to_owned(),
        },
    };
    house.kit.desk.run(&mara, night).await.unwrap();
    // 20:00 in Berlin; due at 04:00, done at 06:00.
    house.kit.clock.advance((24 * 29 + 9).hours());
    house.kit.run_tasks().await;
    let ticket = house.mail().await;
    house.reply(ticket, AfterSend::Open).await;
    house.pass(10).await;
    house.solve(ticket).await;

    let draft = house.statement("2026-04").await;
    let missed: Vec<_> = draft.document.missed.iter().collect();
    assert_eq!(missed.len(), 1, "{missed:?}");
    assert_eq!(missed[0].apart, Some(Apart::Maintenance));
    assert_eq!(draft.document.maintenance.len(), 1, "it is told with it");
}
