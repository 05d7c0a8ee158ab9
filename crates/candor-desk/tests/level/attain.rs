//! What was kept, counted by team and reason.

use super::{level_for_everybody, reply};
use candor_desk::level::{AttainmentBy, AttainmentLine, AttainmentView};
use candor_desk::people::AddTeam;
use candor_desk::ticket::ChangeTicket;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::level::Metric;
use candor_domain::ticket::{AfterSend, Change};
use candor_testkit::TestDesk;
use jiff::ToSpan;

async fn change(kit: &TestDesk, ticket: TicketId, change: Change) {
    let version = None;
    let change = ChangeTicket {
        ticket,
        change,
        version,
    };
    kit.desk.run(&Actor::System, change).await.unwrap();
}

/// Name, promises and kept ones of the first replies.
async fn first_replies(kit: &TestDesk, by: AttainmentBy) -> Vec<(String, u64, u64)> {
    let mara = kit.actor("mara").await;
    let report = kit.desk.ask(&mara, AttainmentView { days: 1, by }).await;
    let lines = report.unwrap().lines.into_iter();
    let first = lines.filter(|line| line.metric == Metric::FirstReply);
    let line = |line: AttainmentLine| {
        assert!(line.interval.0 <= line.share() && line.share() <= line.interval.1);
        (line.name.unwrap_or_default(), line.promises, line.kept)
    };
    first.map(line).collect()
}

#[tokio::test]
async fn what_was_kept_is_told_by_team_and_by_reason() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let add = AddTeam {
        name: "Workshop".to_owned(),
    };
    let workshop = kit.desk.run(&Actor::System, add).await.unwrap();
    let kept = kit.mail("lena@cafe.example", "Late parcel", "Where?").await;
    let missed = kit.mail("otto@cafe.example", "It rattles", "Why?").await;
    let tags = ["delivery", "late"].map(str::to_owned).to_vec();
    change(&kit, kept, Change::Tags(tags)).await;
    let assign = Change::Assign {
        team: Some(workshop),
        person: None,
    };
    change(&kit, missed, assign).await;
    kit.clock.advance(1.hour());
    reply(&kit, "ayla", kept, AfterSend::Wait).await;
    kit.clock.advance(4.hours());
    kit.run_tasks().await;

    let line = |name: &str, promises, kept| (name.to_owned(), promises, kept);
    assert_eq!(
        first_replies(&kit, AttainmentBy::Level).await,
        [line("Standard", 2, 1)]
    );
    assert_eq!(
        first_replies(&kit, AttainmentBy::Team).await,
        [line("Support", 1, 1), line("Workshop", 1, 0)]
    );
    assert_eq!(
        first_replies(&kit, AttainmentBy::Reason).await,
        [line("delivery", 1, 1), line("late", 1, 1), line("", 1, 0)],
        "those without a tag last"
    );
    assert_eq!(first_replies(&kit, AttainmentBy::Contract).await, []);
}
