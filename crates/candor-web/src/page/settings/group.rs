//! Teams and mailboxes to tick.
//!
//! Owns: the two choices that several forms share. Must not know: what being in one means.

use crate::i18n::Texts;
use crate::part::Ticks;
use candor_domain::id::{MailboxId, TeamId};
use candor_domain::mailbox::Mailbox;
use candor_domain::people::Team;

pub(super) fn team_ticks(t: &Texts, teams: &[Team], chosen: &[TeamId]) -> Ticks {
    let choice = |team: &Team| {
        (
            team.id.to_string(),
            team.name.clone(),
            chosen.contains(&team.id),
        )
    };
    Ticks {
        legend: t.get("field-teams"),
        name: "team",
        choices: teams.iter().map(choice).collect(),
        hint: String::new(),
    }
}

pub(super) fn mailbox_ticks(t: &Texts, mailboxes: &[Mailbox], chosen: &[MailboxId]) -> Ticks {
    let choice = |mailbox: &Mailbox| {
        let words = format!("{} ({})", mailbox.name, mailbox.address);
        (mailbox.id.to_string(), words, chosen.contains(&mailbox.id))
    };
    Ticks {
        legend: t.get("field-mailboxes"),
        name: "mailbox",
        choices: mailboxes.iter().map(choice).collect(),
        hint: t.get("field-mailboxes-hint"),
    }
}
