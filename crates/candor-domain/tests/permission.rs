//! Grants, and the one answer to what somebody may see and do.

use candor_domain::id::{MailboxId, PersonId, TeamId};
use candor_domain::permission::{Access, Grant, Permission, Scope, Whereabouts, first_roles};
use proptest::prelude::*;

fn access(scopes: &[Scope]) -> Access {
    Access {
        person: PersonId(1),
        grants: scopes
            .iter()
            .map(|&scope| Grant {
                permission: Permission::ReadTickets,
                scope,
            })
            .collect(),
        teams: vec![TeamId(1)],
        mailboxes: vec![MailboxId(1)],
    }
}

fn whereabouts() -> impl Strategy<Value = Whereabouts> {
    (
        1..4_i64,
        prop::option::of(1..4_i64),
        prop::option::of(1..4_i64),
    )
        .prop_map(|(mailbox, team, assignee)| Whereabouts {
            mailbox: MailboxId(mailbox),
            team: team.map(TeamId),
            assignee: assignee.map(PersonId),
        })
}

proptest! {
    #[test]
    fn what_is_seen_is_what_may_be_read(
        scopes in prop::sample::subsequence(Scope::ALL.to_vec(), 0..=Scope::ALL.len()),
        at in whereabouts(),
    ) {
        let access = access(&scopes);
        prop_assert_eq!(access.visibility().sees(&at), access.may(Permission::ReadTickets, &at));
    }
}

#[test]
fn nobody_hands_out_more_than_they_have() {
    let [owner, lead, agent, collaborator] = first_roles().map(|(_, grants)| grants);
    let holder = |grants: &[Grant]| Access {
        grants: grants.to_vec(),
        ..access(&[])
    };
    assert!(holder(&owner).covers(&lead));
    assert!(holder(&lead).covers(&agent));
    assert!(holder(&agent).covers(&collaborator));
    assert!(!holder(&lead).covers(&owner));
    assert!(!holder(&collaborator).covers(&agent));
}

#[test]
fn a_token_only_narrows() {
    let [owner, ..] = first_roles().map(|(_, grants)| grants);
    let full = Access {
        grants: owner,
        ..access(&[])
    };
    let narrow = full.clone().narrowed_to(&[Permission::ReadTickets]);
    assert!(narrow.has(Permission::ReadTickets));
    assert!(!narrow.has(Permission::Reply));
    assert_eq!(full.clone().narrowed_to(&[]), full);
}
