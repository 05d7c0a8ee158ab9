//! Tickets that not everybody can answer.

use super::{level_for_everybody, on_shift, wrong};
use candor_desk::DeskError;
use candor_desk::error::Conflict;
use candor_desk::people::{AddTeam, Deactivate, Reactivate};
use candor_desk::queue::{
    HandOut, KeepQueueMode, NextForYou, QueueMode, QueueScreen, TakeNext, Taken,
};
use candor_desk::roster::{AbsenceText, AskForAbsence};
use candor_desk::skill::{AddSkill, ChangeSkill, SkillText, TakeSkillAway};
use candor_desk::ticket::ChangeTicket;
use candor_desk::verify::verify;
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, SkillId, TicketId};
use candor_domain::roster::AbsenceKind;
use candor_domain::ticket::Change;
use candor_testkit::TestDesk;
use jiff::ToSpan;

fn grinders(people: Vec<PersonId>) -> SkillText {
    SkillText {
        name: "Grinders".to_owned(),
        tags: vec!["Grinder".to_owned()],
        people,
        ..SkillText::default()
    }
}

async fn add(kit: &TestDesk, text: SkillText) -> SkillId {
    kit.desk.run(&Actor::System, AddSkill(text)).await.unwrap()
}

async fn tagged(kit: &TestDesk, from: &str, tag: &str) -> TicketId {
    let ticket = kit.mail(from, "It rattles", "What now?").await;
    let change = ChangeTicket {
        ticket,
        change: Change::Tags(vec![tag.to_owned()]),
        version: None,
    };
    kit.desk.run(&Actor::System, change).await.unwrap();
    ticket
}

async fn queue_of(kit: &TestDesk, who: &str) -> QueueScreen {
    let ask = NextForYou {
        limit: 10,
        after: None,
    };
    kit.desk.ask(&kit.actor(who).await, ask).await.unwrap()
}

async fn takes(kit: &TestDesk, who: &str) -> Taken {
    kit.desk.run(&kit.actor(who).await, TakeNext).await.unwrap()
}

#[tokio::test]
async fn a_ticket_goes_to_somebody_who_can_answer_it() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ben = kit.person("ben").await.id;
    add(&kit, grinders(vec![ben])).await;
    let rattles = tagged(&kit, "lena@cafe.example", "grinder").await;
    kit.clock.advance(5.minutes());
    let usual = kit.mail("otto@cafe.example", "A question", "When?").await;

    let ayla = queue_of(&kit, "ayla").await;
    let lines: Vec<TicketId> = ayla.lines.iter().map(|line| line.ticket).collect();
    assert_eq!(lines, [usual], "she would not be given the other");
    assert_eq!((ayla.waiting, ayla.for_others), (1, 1));
    let ben = queue_of(&kit, "ben").await;
    assert_eq!(ben.lines[0].ticket, rattles);
    assert_eq!(ben.lines[0].skills, ["Grinders"]);
    assert_eq!((ben.waiting, ben.for_others), (2, 0));
    let jonas = queue_of(&kit, "jonas").await;
    assert_eq!((jonas.waiting, jonas.for_others), (2, 0), "he leads");

    assert_eq!(takes(&kit, "ayla").await, Taken::Ticket(usual));
    assert_eq!(takes(&kit, "ayla").await, Taken::Nothing);
    assert_eq!(takes(&kit, "ben").await, Taken::Ticket(rattles));
    assert!(wrong(&kit).await.is_empty());
}

#[tokio::test]
async fn a_lead_sees_what_waits_for_another_team() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let add = AddTeam {
        name: "Workshop".to_owned(),
    };
    let workshop = kit.desk.run(&Actor::System, add).await.unwrap();
    let ticket = kit.mail("lena@cafe.example", "A question", "When?").await;
    let change = ChangeTicket {
        ticket,
        change: Change::Assign {
            team: Some(workshop),
            person: None,
        },
        version: None,
    };
    kit.desk.run(&Actor::System, change).await.unwrap();

    let ayla = queue_of(&kit, "ayla").await;
    assert_eq!((ayla.waiting, ayla.for_others), (0, 1));
    let jonas = queue_of(&kit, "jonas").await;
    assert_eq!(jonas.lines[0].other_team.as_deref(), Some("Workshop"));
    assert_eq!(
        takes(&kit, "jonas").await,
        Taken::Nothing,
        "not of his team"
    );
}

#[tokio::test]
async fn a_customer_is_answered_in_their_language() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ben = kit.person("ben").await.id;
    let text = SkillText {
        name: "German".to_owned(),
        languages: vec!["DE".to_owned(), " ".to_owned()],
        people: vec![ben],
        ..SkillText::default()
    };
    let german = add(&kit, text.clone()).await;
    let body = "Guten Tag, meine Lieferung ist noch nicht angekommen. Wann kommt sie denn?";
    let ticket = kit.mail("lena@cafe.example", "Lieferung", body).await;
    let store = kit.desk.store();
    let customer = store
        .read(move |tx| -> Result<_, DeskError> {
            let ticket = tx.ticket(ticket)?.unwrap();
            Ok(tx.customer(ticket.customer)?.unwrap())
        })
        .await
        .unwrap();
    let change = candor_desk::customer::ChangeCustomer {
        customer: customer.id,
        name: customer.name,
        tier: None,
        organization: None,
        language: Some("de-AT".to_owned()),
        note: String::new(),
    };
    kit.desk.run(&Actor::System, change).await.unwrap();
    assert_eq!(takes(&kit, "ayla").await, Taken::Nothing);

    // Without the skill she is as good as anybody, and with it again she is not.
    let mara = kit.actor("mara").await;
    let (skill, goes) = (german, true);
    kit.desk
        .run(&mara, TakeSkillAway { skill, goes })
        .await
        .unwrap();
    assert_eq!(queue_of(&kit, "ayla").await.waiting, 1);
    let again = kit.desk.run(&mara, AddSkill(text)).await.unwrap();
    let (skill, goes) = (german, false);
    let back = kit.desk.run(&mara, TakeSkillAway { skill, goes }).await;
    let taken = Conflict::Taken("name");
    assert!(matches!(back, Err(DeskError::Conflict(why)) if why == taken));
    assert_ne!(again, german);
    assert_eq!(queue_of(&kit, "ayla").await.waiting, 0);
    assert!(wrong(&kit).await.is_empty());
}

/// On leave for this one day.
async fn away(kit: &TestDesk, person: PersonId) {
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let today = kit.desk.now().to_zoned(zone).date().to_string();
    let leave = AskForAbsence(AbsenceText {
        person,
        deputy: None,
        first: today.clone(),
        last: today,
        kind: AbsenceKind::Leave,
        note: String::new(),
    });
    kit.desk.run(&Actor::System, leave).await.unwrap();
}

#[tokio::test]
async fn what_nobody_can_do_or_what_waits_too_long_goes_to_anybody() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ben = kit.person("ben").await.id;
    let mara = kit.actor("mara").await;
    add(&kit, grinders(vec![ben])).await;
    tagged(&kit, "lena@cafe.example", "grinder").await;
    assert_eq!(queue_of(&kit, "ayla").await.waiting, 0);

    kit.desk
        .run(&mara, Deactivate { person: ben })
        .await
        .unwrap();
    let open = queue_of(&kit, "ayla").await;
    assert_eq!(open.waiting, 1, "whoever could do it left");
    assert!(open.lines[0].skills.is_empty());

    kit.desk
        .run(&mara, Reactivate { person: ben })
        .await
        .unwrap();
    assert_eq!(queue_of(&kit, "ayla").await.waiting, 0);
    away(&kit, ben).await;
    assert_eq!(queue_of(&kit, "ayla").await.waiting, 1, "he is on leave");
    kit.clock.advance(48.hours());
    assert_eq!(queue_of(&kit, "ayla").await.waiting, 0);
    kit.clock.advance(504.hours());
    let open = queue_of(&kit, "ayla").await;
    assert!(open.lines[0].starving, "{:?}", open.lines);
    assert!(matches!(takes(&kit, "ayla").await, Taken::Ticket(_)));
}

#[tokio::test]
async fn the_desk_hands_out_only_to_those_who_can() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let (ayla, ben) = (kit.person("ayla").await.id, kit.person("ben").await.id);
    add(&kit, grinders(vec![ben])).await;
    let mut tickets = Vec::new();
    for number in 0..3 {
        tickets.push(tagged(&kit, &format!("c{number}@cafe.example"), "grinder").await);
    }
    tickets.push(kit.mail("otto@cafe.example", "A question", "When?").await);
    on_shift(&kit, &[ayla, ben]).await;
    let mode = KeepQueueMode(QueueMode::LeastLoaded);
    kit.desk.run(&Actor::System, mode).await.unwrap();
    assert_eq!(kit.desk.run(&Actor::System, HandOut).await.unwrap(), 4);
    let read = tickets.clone();
    let have = kit.desk.store().read(move |tx| -> Result<_, DeskError> {
        let of = |id: &TicketId| Ok(tx.ticket(*id)?.and_then(|ticket| ticket.assignee));
        read.iter().map(of).collect::<Result<Vec<_>, DeskError>>()
    });
    assert_eq!(
        have.await.unwrap(),
        [Some(ben), Some(ben), Some(ben), Some(ayla)]
    );
}

#[tokio::test]
async fn a_skill_that_no_ticket_could_need_is_refused() {
    let kit = TestDesk::new().await;
    let (mara, ayla) = (kit.actor("mara").await, kit.actor("ayla").await);
    let needless = SkillText {
        name: "Charm".to_owned(),
        ..SkillText::default()
    };
    let refused = kit.desk.run(&mara, AddSkill(needless)).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))));
    let strange = SkillText {
        languages: vec!["de utsch".to_owned()],
        ..grinders(Vec::new())
    };
    let refused = kit.desk.run(&mara, AddSkill(strange)).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))));
    let refused = kit.desk.run(&ayla, AddSkill(grinders(Vec::new()))).await;
    assert!(matches!(refused, Err(DeskError::NotAllowed(_))));
    let unknown = AddSkill(grinders(vec![PersonId(4_711)]));
    let refused = kit.desk.run(&mara, unknown).await;
    assert!(matches!(refused, Err(DeskError::NotFound("person"))));

    let skill = add(&kit, grinders(Vec::new())).await;
    let text = SkillText {
        tags: vec!["Grinder G2".to_owned(), "grinder-g2".to_owned()],
        ..grinders(Vec::new())
    };
    kit.desk
        .run(&mara, ChangeSkill { skill, text })
        .await
        .unwrap();
    let kept = kit
        .desk
        .ask(&ayla, candor_desk::skill::SkillOf(skill))
        .await;
    assert_eq!(kept.unwrap().tags, ["grinder-g2"], "as tickets spell it");

    // The history knows every skill.
    let report = verify(&kit.desk, &Actor::System, |_| {}).await.unwrap();
    assert!(report.is_clean(), "{:?}", report.findings);
    let changed = kit.desk.store().write(move |tx| {
        let mut skill = tx.skills()?.remove(0);
        skill.people.push(PersonId(1));
        tx.save_skill(&skill)
    });
    changed.await.unwrap();
    let report = verify(&kit.desk, &Actor::System, |_| {}).await.unwrap();
    assert!(
        !report.is_clean(),
        "somebody was given a skill behind its back"
    );
}
