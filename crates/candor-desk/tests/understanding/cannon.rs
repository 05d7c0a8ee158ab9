//! Two desks, a machine that answers everything, and a mailing list, wired to one another.

use super::automatic::switch;
use crate::house::{HELP, House, mail};
use candor_testkit::SentMail;
use std::collections::BTreeMap;

const OTHER: &str = "desk@other.example";
const ROBOT: &str = "robot@auto.example";
const LIST: &str = "all@lists.example";

/// The world outside: it carries what the desks send.
struct World {
    shop: House,
    other: House,
    /// How many mails of each desk were carried.
    carried: [usize; 2],
    /// Mails that the robot and the list wrote.
    written: usize,
}

impl World {
    async fn new() -> Self {
        let (shop, other) = (House::new().await, House::other(OTHER).await);
        switch(&shop, "").await;
        switch(&other, "").await;
        Self {
            shop,
            other,
            carried: [0, 0],
            written: 0,
        }
    }

    /// Carries everything that went out since the last round. Returns how many mails there were.
    async fn round(&mut self) -> usize {
        let mut fresh: Vec<SentMail> = Vec::new();
        for (at, house) in [&self.shop, &self.other].into_iter().enumerate() {
            let sent = house.courier.sent();
            fresh.extend(sent[self.carried[at]..].iter().cloned());
            self.carried[at] = sent.len();
        }
        for sent in &fresh {
            for recipient in &sent.envelope.recipients {
                self.carry(sent, recipient).await;
            }
        }
        fresh.len()
    }

    async fn carry(&mut self, sent: &SentMail, recipient: &str) {
        let raw = String::from_utf8_lossy(&sent.raw).replace("\r\n", "\n");
        let from = &sent.envelope.mail_from;
        if recipient.ends_with("@shop.example") {
            self.shop.accept_from(from, &[recipient], &raw).await;
            self.shop.run_jobs().await;
        } else if recipient.ends_with("@other.example") {
            self.other.accept_from(from, &[recipient], &raw).await;
            self.other.run_jobs().await;
        } else if recipient == ROBOT {
            let to = sent.message.from.clone().unwrap().address;
            self.robot_writes(to.as_str()).await;
        } else if recipient == LIST {
            self.list_sends(&raw).await;
        }
    }

    /// The worst kind: it looks like a person, never the same, and refers to nothing.
    async fn robot_writes(&mut self, to: &str) {
        self.written += 1;
        let (id, text) = (
            format!("{}@auto.example", self.written),
            format!("We have received your message, number {}.", self.written),
        );
        let mail = mail(ROBOT, &id, &text, &text).replace(HELP, to);
        let house = if to == OTHER { &self.other } else { &self.shop };
        house.accept_from(ROBOT, &[to], &mail).await;
        house.run_jobs().await;
    }

    /// Sends a mail on to both desks, as lists do.
    async fn list_sends(&mut self, raw: &str) {
        self.written += 1;
        let raw = format!("List-Post: <mailto:{LIST}>\nList-Id: <all.lists.example>\n{raw}");
        let from = "all-bounces@lists.example";
        self.shop.accept_from(from, &[HELP], &raw).await;
        self.other.accept_from(from, &[OTHER], &raw).await;
        self.shop.run_jobs().await;
        self.other.run_jobs().await;
    }
}

/// Automatic mails by desk and recipient.
fn automatic(world: &World) -> BTreeMap<(usize, String), usize> {
    let mut counts = BTreeMap::new();
    for (desk, house) in [&world.shop, &world.other].into_iter().enumerate() {
        for sent in house.courier.sent() {
            if sent.message.auto_submitted.is_some() {
                let to = sent.envelope.recipients[0].clone();
                *counts.entry((desk, to)).or_default() += 1;
            }
        }
    }
    counts
}

#[tokio::test]
async fn wired_to_one_another_they_fall_silent() {
    let mut world = World::new().await;
    // Each desk has a mail in the other's name, both have one of the robot, and the list has one
    // that names it as its writer.
    let as_other = mail(OTHER, "1@other.example", "Delivery", "When do you deliver?");
    world.shop.deliver(&[HELP], &as_other).await;
    let as_shop = mail(HELP, "1@shop.example", "Invoice", "Where is the invoice?");
    world
        .other
        .deliver(
            &[OTHER],
            &as_shop.replace("To: help@shop", "To: desk@other"),
        )
        .await;
    world.robot_writes(HELP).await;
    world.robot_writes(OTHER).await;
    world
        .list_sends(&mail(
            LIST,
            "1@lists.example",
            "Hello all",
            "Who comes on Friday?",
        ))
        .await;

    let mut rounds = 0;
    while world.round().await > 0 {
        rounds += 1;
        assert!(rounds < 20, "they never stop: {:?}", automatic(&world));
    }

    let counts = automatic(&world);
    assert!(counts.values().all(|count| *count <= 3), "{counts:?}");
    assert!(counts.len() >= 2, "somebody was told: {counts:?}");
    // A day later they are still silent: nothing is left to carry.
    assert_eq!(world.round().await, 0);
}

#[tokio::test]
async fn a_robot_that_writes_all_day_hears_of_us_once() {
    let mut world = World::new().await;
    for _ in 0..40 {
        world.robot_writes(HELP).await;
    }
    let counts = automatic(&world);
    assert_eq!(counts.values().sum::<usize>(), 1, "{counts:?}");
}
