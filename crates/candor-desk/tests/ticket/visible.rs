//! What somebody may see is one rule, in memory and in SQL.

use super::ticket;
use candor_desk::mailbox::{AddMailbox, MailboxFields};
use candor_desk::people::AddTeam;
use candor_desk::ticket::ChangeTicket;
use candor_domain::actor::Actor;
use candor_domain::id::{MailboxId, PersonId, TeamId, TicketId};
use candor_domain::permission::Whereabouts;
use candor_domain::ticket::Change;
use candor_domain::visibility::Visibility;
use candor_store::Stretch;
use candor_store::ticket::{ListFilter, TicketList};
use candor_testkit::TestDesk;

/// A ticket at each whereabouts: two mailboxes, two teams or none, two people or nobody.
async fn a_ticket_everywhere(
    kit: &TestDesk,
) -> (Vec<(TicketId, Whereabouts)>, [TeamId; 2], [PersonId; 2]) {
    let second = AddMailbox {
        address: "wholesale@shop.example".to_owned(),
        brand: None,
        fields: MailboxFields {
            name: "Wholesale".to_owned(),
            team: None,
            close_after_days: 7,
            signature: String::new(),
        },
    };
    kit.desk.run(&Actor::System, second).await.unwrap();
    let other = kit
        .desk
        .run(
            &Actor::System,
            AddTeam {
                name: "Billing".to_owned(),
            },
        )
        .await
        .unwrap();
    let (teams, people) = (
        [kit.team, other],
        [kit.person("ayla").await.id, kit.person("ben").await.id],
    );
    let mut tickets = Vec::new();
    for mailbox in ["help@shop.example", "wholesale@shop.example"] {
        for team in [None, Some(teams[0]), Some(teams[1])] {
            for person in [None, Some(people[0]), Some(people[1])] {
                let number = tickets.len();
                let raw = format!(
                    "From: c{number}@customer.example\r\nTo: {mailbox}\r\nSubject: Hi\r\n\
                     Message-ID: <{number}@customer.example>\r\n\r\nHello\r\n"
                );
                let id = kit.deliver(mailbox, raw.as_bytes()).await;
                let change = Change::Assign { team, person };
                let give = ChangeTicket {
                    ticket: id,
                    change,
                    version: None,
                };
                // A ticket that is there already refuses to change.
                drop(kit.desk.run(&Actor::System, give).await);
                tickets.push((id, ticket(kit, id).await.whereabouts()));
            }
        }
    }
    (tickets, teams, people)
}

/// Every subset of two things.
fn subsets<T: Copy>(both: [T; 2]) -> [Vec<T>; 4] {
    [vec![], vec![both[0]], vec![both[1]], both.to_vec()]
}

#[tokio::test]
async fn the_rule_in_sql_sees_exactly_what_the_rule_in_memory_sees() {
    let kit = TestDesk::new().await;
    let (tickets, teams, people) = a_ticket_everywhere(&kit).await;
    let ids: Vec<TicketId> = tickets.iter().map(|(id, _)| *id).collect();
    let boxes = [tickets[0].1.mailbox, tickets[9].1.mailbox];
    for all in [false, true] {
        for mailboxes in subsets::<MailboxId>(boxes) {
            for teams in subsets(teams) {
                for assignee in [None, Some(people[0]), Some(people[1])] {
                    let visibility = Visibility {
                        all,
                        mailboxes: mailboxes.clone(),
                        teams: teams.clone(),
                        assignee,
                    };
                    let wanted: Vec<TicketId> = tickets
                        .iter()
                        .filter(|(_, at)| visibility.sees(at))
                        .map(|(id, _)| *id)
                        .collect();
                    assert_eq!(
                        seen(&kit, &visibility, &ids).await,
                        wanted,
                        "{visibility:?}"
                    );
                }
            }
        }
    }
}

/// What SQL sees, asked in both ways there are.
async fn seen(kit: &TestDesk, visibility: &Visibility, ids: &[TicketId]) -> Vec<TicketId> {
    let (filter, asked, ids) = (
        ListFilter {
            list: TicketList::All,
            visibility: visibility.clone(),
            reader: PersonId(0),
            stretch: Stretch::Top,
            limit: 100,
        },
        visibility.clone(),
        ids.to_vec(),
    );
    let (listed, mut among) = kit
        .desk
        .store()
        .read(move |tx| {
            let listed = tx.list_tickets(&filter)?;
            Ok::<_, candor_store::StoreError>((listed, tx.seen_among(&asked, &ids)?))
        })
        .await
        .unwrap();
    among.sort_unstable();
    let mut listed: Vec<TicketId> = listed.iter().map(|row| row.id).collect();
    listed.sort_unstable();
    assert_eq!(listed, among, "a list and a look-up see the same");
    among
}
