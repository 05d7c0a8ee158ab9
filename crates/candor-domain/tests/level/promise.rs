//! Targets in words, levels as files, and who gets which.

use super::CLUB;
use candor_domain::id::{LevelId, MailboxId, OrganizationId, TierId};
use candor_domain::level::{LevelChoice, LevelReason, Metric, ServiceLevel, Target, TicketTraits};
use candor_domain::ticket::{Kind, Urgency};

const MANUAL: &str = include_str!("../../../../docs/manual/service-levels.md");

#[test]
fn a_target_says_which_time_counts() {
    for (text, written, minutes) in [
        ("8 business hours", "8 business hours", 480),
        ("1 Business Hour", "1 business hour", 60),
        ("90 business minutes", "90 business minutes", 90),
        ("2 calendar days", "2 calendar days", 2880),
        ("48 calendar hours", "2 calendar days", 2880),
    ] {
        let target: Target = text.parse().unwrap();
        assert_eq!(
            (target.to_string().as_str(), target.minutes()),
            (written, minutes)
        );
        assert_eq!(written.parse::<Target>().unwrap(), target);
    }
    for (text, words) in [
        ("8 hours", "business or calendar"),
        ("8 working hours", "business or calendar time"),
        ("1 business day", "business days differ in length"),
        ("8.5 business hours", "whole number"),
        ("0 business hours", "from a minute to a year"),
        ("4294967295 calendar days", "whole number"),
        ("8 business weeks", "the unit is"),
    ] {
        let error = text.parse::<Target>().unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn the_level_of_the_manual_is_read_and_stored() {
    assert!(
        MANUAL.contains(CLUB.trim_end()),
        "the manual shows another level"
    );
    let club: ServiceLevel = toml::from_str(CLUB).unwrap();
    let first = club.target(Urgency::Urgent, Metric::FirstReply).unwrap();
    assert_eq!(first.to_string(), "1 business hour");
    assert_eq!(club.target(Urgency::CanWait, Metric::NextReply), None);
    assert!((club.weight(Urgency::Urgent) - 12.0).abs() < f64::EPSILON);
    let stored = serde_json::to_string(&club).unwrap();
    assert_eq!(serde_json::from_str::<ServiceLevel>(&stored).unwrap(), club);
}

#[test]
fn a_level_that_cannot_be_meant_is_refused() {
    for (text, words) in [
        ("name = \" \"", "needs a name"),
        ("name = \"A\"\nwarn_at = [80, 50]", "two rising numbers"),
        (
            "name = \"A\"\n[targets.urgent]\npromised = \"1 business hour\"",
            "what people promise",
        ),
        ("name = \"A\"\nwarn_at = [50, 100]", "two rising numbers"),
        ("name = \"A\"\ntier_weight = 0.0", "from 0.01 to 1000"),
        ("name = \"A\"\ntier_weight = nan", "from 0.01 to 1000"),
        ("name = \"A\"\n[targets.soon]", "unknown variant"),
        (
            "name = \"A\"\n[targets.urgent]\nanswer = \"1 business hour\"",
            "unknown variant",
        ),
        (
            "name = \"A\"\n[targets.urgent]\nfirst_reply = \"soon\"",
            "is no target",
        ),
    ] {
        let error = toml::from_str::<ServiceLevel>(text)
            .unwrap_err()
            .to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn the_nearest_ground_gives_the_level() {
    let [hand, contract, house, tier, mailbox, complaint, all] = [1, 2, 3, 4, 5, 6, 7].map(LevelId);
    let choice = LevelChoice {
        organizations: [(OrganizationId(1), house)].into(),
        tiers: [(TierId(1), tier)].into(),
        mailboxes: [(MailboxId(1), mailbox)].into(),
        kinds: [(Kind::Complaint, complaint)].into(),
        everybody: Some(all),
    };
    let mut ticket = TicketTraits {
        explicit: Some(hand),
        contract: Some(contract),
        organization: Some(OrganizationId(1)),
        tier: Some(TierId(1)),
        mailbox: Some(MailboxId(1)),
        kind: Some(Kind::Complaint),
    };
    assert_eq!(choice.choose(&ticket), Some((hand, LevelReason::Explicit)));
    ticket.explicit = None;
    assert_eq!(
        choice.choose(&ticket),
        Some((contract, LevelReason::Contract))
    );
    ticket.contract = None;
    assert_eq!(
        choice.choose(&ticket),
        Some((house, LevelReason::Organization))
    );
    ticket.organization = Some(OrganizationId(2));
    assert_eq!(choice.choose(&ticket), Some((tier, LevelReason::Tier)));
    ticket.tier = None;
    assert_eq!(
        choice.choose(&ticket),
        Some((mailbox, LevelReason::Mailbox))
    );
    ticket.mailbox = None;
    assert_eq!(choice.choose(&ticket), Some((complaint, LevelReason::Kind)));
    ticket.kind = None;
    assert_eq!(choice.choose(&ticket), Some((all, LevelReason::Everybody)));
    assert_eq!(
        LevelChoice::default().choose(&ticket),
        None,
        "a ticket may have none"
    );
}
