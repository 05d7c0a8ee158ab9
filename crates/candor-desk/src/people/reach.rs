//! Nobody hands out more than they have, and somebody stays owner.
//!
//! Owns: the two rules. Must not know: which verb asks.

use crate::cx::Cx;
use crate::error::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::{MailboxId, TeamId};
use candor_domain::people::Person;
use candor_domain::permission::{Access, Grant, Permission, Role, Scope};
use candor_store::Tx;

/// What somebody can reach: grants in the teams and mailboxes where they hold.
pub(crate) struct Reach<'a> {
    pub(crate) grants: &'a [Grant],
    pub(crate) teams: &'a [TeamId],
    pub(crate) mailboxes: &'a [MailboxId],
}

/// Refuses unless the actor reaches as far themselves. The desk itself may hand out anything.
pub(crate) fn may_hand_out(cx: &Cx, reach: &Reach<'_>) -> Result<(), DeskError> {
    match &cx.actor {
        Actor::System => Ok(()),
        Actor::Person(access) if covers(access, reach) => Ok(()),
        _ => Err(DeskError::NotAllowed(
            "nobody hands out more than they have",
        )),
    }
}

/// Refuses unless the actor reaches as far as this person already does: nobody changes, locks out
/// or takes over somebody who stands above them.
pub(crate) fn may_stand_above(tx: &mut Tx<'_>, cx: &Cx, person: &Person) -> Result<(), DeskError> {
    let role = tx.role(person.role)?.ok_or(DeskError::NotFound("role"))?;
    let reach = Reach {
        grants: &role.grants,
        teams: &person.teams,
        mailboxes: &person.mailboxes,
    };
    may_hand_out(cx, &reach)
}

fn covers(access: &Access, reach: &Reach<'_>) -> bool {
    reach.grants.iter().all(|wanted| {
        access
            .grants
            .iter()
            .filter(|own| own.permission == wanted.permission)
            .any(|own| reaches(access, own.scope, wanted.scope, reach))
    })
}

fn reaches(access: &Access, own: Scope, wanted: Scope, reach: &Reach<'_>) -> bool {
    match (own, wanted) {
        (Scope::All, _) | (Scope::Own, Scope::Own) => true,
        (Scope::Team, Scope::Team) => reach.teams.iter().all(|team| access.teams.contains(team)),
        (Scope::Mailbox, Scope::Mailbox) => reach
            .mailboxes
            .iter()
            .all(|mailbox| access.mailboxes.contains(mailbox)),
        _ => false,
    }
}

/// Whether a role allows everything everywhere, whatever it is called.
pub(crate) fn is_owner(role: &Role) -> bool {
    Permission::ALL.iter().all(|&permission| {
        role.grants.contains(&Grant {
            permission,
            scope: Scope::All,
        })
    })
}

/// Refuses when nobody is left who owns the desk and can log in. Asked after the rows of a change
/// were written, in its transaction, by changes that touch an owner.
pub(crate) fn somebody_stays_owner(tx: &mut Tx<'_>) -> Result<(), DeskError> {
    let owners: Vec<_> = tx
        .roles()?
        .into_iter()
        .filter(is_owner)
        .map(|role| role.id)
        .collect();
    let without_password = tx.people_without_password()?;
    let stays = tx.people()?.iter().any(|person| {
        person.active && owners.contains(&person.role) && !without_password.contains(&person.id)
    });
    if stays {
        Ok(())
    } else {
        Err(DeskError::Conflict(Conflict::LastOwner))
    }
}
