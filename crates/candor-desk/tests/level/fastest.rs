//! The fastest times are for few.

use super::{hours, target, usual};
use candor_desk::DeskError;
use candor_desk::customer::{
    AddCustomer, AddOrganization, AddTier, ChangeCustomer, ChangeOrganization,
};
use candor_desk::level::{AddLevel, Fastest, FastestTimes, KeepFastestShare, RestLevel};
use candor_domain::actor::Actor;
use candor_domain::id::{LevelId, OrganizationId, TierId};
use candor_domain::level::{Coverage, Metric};
use candor_domain::ticket::Urgency;
use candor_testkit::TestDesk;

async fn customer(kit: &TestDesk, n: usize, at: (Option<TierId>, Option<OrganizationId>)) {
    let name = format!("Customer {n}");
    let add = AddCustomer {
        name: name.clone(),
        email: format!("c{n}@cafe.example"),
    };
    let change = ChangeCustomer {
        customer: kit.desk.run(&Actor::System, add).await.unwrap(),
        name,
        tier: at.0,
        organization: at.1,
        language: None,
        note: String::new(),
    };
    kit.desk.run(&Actor::System, change).await.unwrap();
}

/// Everybody has four open hours, the gold tier two calendar hours.
async fn two_levels(kit: &TestDesk, gold: TierId) -> (LevelId, LevelId) {
    let calendar = hours(kit).await;
    let everybody = Coverage {
        everybody: true,
        ..Coverage::default()
    };
    let standard = AddLevel(usual("Standard", calendar, everybody));
    let covers = Coverage {
        tiers: vec![gold],
        ..Coverage::default()
    };
    let mut fast = usual("Gold", calendar, covers);
    let first = fast
        .targets
        .iter_mut()
        .find(|one| (one.urgency, one.metric) == (Urgency::Normal, Metric::FirstReply));
    *first.unwrap() = target(Urgency::Normal, Metric::FirstReply, "5 calendar hours");
    let standard = kit.desk.run(&Actor::System, standard).await.unwrap();
    let gold = kit.desk.run(&Actor::System, AddLevel(fast)).await.unwrap();
    (standard, gold)
}

async fn told(kit: &TestDesk) -> Fastest {
    let mara = kit.actor("mara").await;
    kit.desk.ask(&mara, FastestTimes).await.unwrap()
}

#[tokio::test]
async fn a_level_that_too_many_would_get_warns() {
    let kit = TestDesk::new().await;
    let add = AddTier {
        name: "Gold".to_owned(),
        rank: 1,
    };
    let gold = kit.desk.run(&Actor::System, add).await.unwrap();
    let add = AddOrganization {
        name: "Café Lotte".to_owned(),
        tier: None,
    };
    let cafe = kit.desk.run(&Actor::System, add).await.unwrap();
    customer(&kit, 0, (Some(gold), None)).await;
    customer(&kit, 1, (None, Some(cafe))).await;
    for n in 2..10 {
        customer(&kit, n, (None, None)).await;
    }
    assert_eq!(told(&kit).await.levels, [], "nothing is promised yet");
    let (standard, fast) = two_levels(&kit, gold).await;

    // Five hours of the clock end before four open hours of a week that is closed most of the time.
    let few = told(&kit).await;
    assert_eq!(few.levels, [fast]);
    assert_eq!((few.customers, few.of, few.percent()), (1, 10, 10));
    assert!(!few.is_too_many(), "the desk wants 20 % at the most");

    // A tier of a company is that of its customers.
    let change = ChangeOrganization {
        organization: cafe,
        name: "Café Lotte".to_owned(),
        tier: Some(gold),
    };
    kit.desk.run(&Actor::System, change).await.unwrap();
    customer(&kit, 10, (Some(gold), None)).await;
    let many = told(&kit).await;
    assert_eq!((many.customers, many.of, many.percent()), (3, 11, 28));
    assert!(many.is_too_many());

    let mara = kit.actor("mara").await;
    let none = kit.desk.run(&mara, KeepFastestShare(0)).await;
    assert!(matches!(none, Err(DeskError::Invalid(_))));
    kit.desk.run(&mara, KeepFastestShare(28)).await.unwrap();
    assert!(!told(&kit).await.is_too_many());

    // With one speed for all nobody is first.
    let rest = RestLevel {
        level: standard,
        rests: true,
    };
    kit.desk.run(&mara, rest).await.unwrap();
    assert_eq!(told(&kit).await.levels, []);
}

#[tokio::test]
async fn the_page_of_the_levels_says_for_how_many_the_fastest_times_are() {
    let kit = TestDesk::new().await;
    let add = AddTier {
        name: "Gold".to_owned(),
        rank: 1,
    };
    let gold = kit.desk.run(&Actor::System, add).await.unwrap();
    customer(&kit, 0, (Some(gold), None)).await;
    customer(&kit, 1, (None, None)).await;
    let (_, fast) = two_levels(&kit, gold).await;
    let mut mara = kit.browser("mara").await;

    let words = mara.get("/settings/levels").await.words();
    let warned = "for 50 % of your customers; you want 20 % at the most";
    assert!(words.contains(warned), "{words}");
    let own = mara.get(&format!("/settings/levels/{fast}")).await.words();
    assert!(own.contains(warned), "{own}");

    let saved = mara
        .post("/settings/levels/fastest", &[("share", "60")])
        .await;
    assert_eq!(saved.status, 303);
    let words = mara.get("/settings/levels").await.words();
    assert!(words.contains("The fastest times you promise, for 50 % of your customers."));
    let refused = mara
        .post("/settings/levels/fastest", &[("share", "many")])
        .await;
    assert_eq!(refused.status, 422);
}
