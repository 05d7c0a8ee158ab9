//! Which service level a ticket gets.
//!
//! Owns: the order of the grounds. Must not know: what the level promises.

use crate::id::{LevelId, MailboxId, OrganizationId, TierId};
use crate::ticket::Kind;
use crate::word::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of a ticket when its level is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TicketTraits {
    /// A level that somebody gave this ticket by hand.
    pub explicit: Option<LevelId>,
    /// The level of the contract that covers it.
    pub contract: Option<LevelId>,
    /// The customer's organization.
    pub organization: Option<OrganizationId>,
    /// The customer's tier.
    pub tier: Option<TierId>,
    /// Where it came in.
    pub mailbox: Option<MailboxId>,
    /// What the customer wants.
    pub kind: Option<Kind>,
}

words! {
    /// Why a ticket has its level; shown beside it.
    LevelReason {
        /// Somebody chose it.
        Explicit = "explicit",
        /// The contract says so.
        Contract = "contract",
        /// The organization has it.
        Organization = "organization",
        /// The tier has it.
        Tier = "tier",
        /// The mailbox has it.
        Mailbox = "mailbox",
        /// Its kind has it.
        Kind = "kind",
        /// Everybody else has it.
        Everybody = "everybody",
    }
}

/// Who has which level. The more a ground says of this one ticket, the earlier it counts:
/// by hand, contract, organization, tier, mailbox, kind, everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LevelChoice {
    /// By organization.
    pub organizations: BTreeMap<OrganizationId, LevelId>,
    /// By tier.
    pub tiers: BTreeMap<TierId, LevelId>,
    /// By mailbox.
    pub mailboxes: BTreeMap<MailboxId, LevelId>,
    /// By kind.
    pub kinds: BTreeMap<Kind, LevelId>,
    /// For all others; without it they have no level.
    pub everybody: Option<LevelId>,
}

impl LevelChoice {
    /// The level of a ticket and why; `None` when nothing is promised.
    pub fn choose(&self, ticket: &TicketTraits) -> Option<(LevelId, LevelReason)> {
        let organization = ticket.organization;
        let organization = organization.and_then(|id| self.organizations.get(&id).copied());
        let tier = ticket.tier.and_then(|id| self.tiers.get(&id).copied());
        let mailbox = ticket
            .mailbox
            .and_then(|id| self.mailboxes.get(&id).copied());
        let kind = ticket.kind.and_then(|kind| self.kinds.get(&kind).copied());
        let grounds = [
            (ticket.explicit, LevelReason::Explicit),
            (ticket.contract, LevelReason::Contract),
            (organization, LevelReason::Organization),
            (tier, LevelReason::Tier),
            (mailbox, LevelReason::Mailbox),
            (kind, LevelReason::Kind),
            (self.everybody, LevelReason::Everybody),
        ];
        grounds
            .into_iter()
            .find_map(|(level, why)| Some((level?, why)))
    }
}
