//! What people may do: grants, roles and the access that follows from them.
//!
//! Owns: permissions, scopes and the one answer to "may this person do that to this ticket".
//! Must not know: how a person logged in.

use crate::id::{MailboxId, PersonId, RoleId, TeamId};
use crate::visibility::Visibility;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// One thing that a role may allow.
    Permission {
        /// See tickets with their messages and notes.
        ReadTickets = "tickets.read",
        /// Answer customers and open tickets for them.
        Reply = "tickets.reply",
        /// Write notes that only staff see.
        Note = "tickets.note",
        /// Give a ticket to a person or a team.
        Assign = "tickets.assign",
        /// Set kind, urgency, tags; wait, hold, solve, close and reopen.
        Change = "tickets.change",
        /// Mark as spam and take the mark away.
        MarkSpam = "tickets.spam",
        /// See the customers' pages.
        ReadCustomers = "customers.read",
        /// Change customers, organizations and tiers.
        EditCustomers = "customers.edit",
        /// Invite people, change roles, end sessions.
        ManagePeople = "settings.people",
        /// Add and change teams.
        ManageTeams = "settings.teams",
        /// Add and change mailboxes.
        ManageMailboxes = "settings.mailboxes",
        /// Change name and language of the brand.
        ManageBrand = "settings.brand",
        /// Set up service levels and opening hours.
        ManageLevels = "settings.levels",
        /// Set up outgoing mail and read mail kept in the folder.
        ManageOutgoing = "settings.outgoing",
        /// See and revive jobs that gave up.
        ManageJobs = "settings.jobs",
        /// Make and revoke API tokens.
        ManageTokens = "settings.tokens",
        /// Read and verify the history.
        ReadHistory = "history.read",
    }
}

words! {
    /// How far a grant reaches.
    Scope {
        /// Every ticket.
        All = "all",
        /// Tickets of the person's teams.
        Team = "team",
        /// Tickets of the person's mailboxes.
        Mailbox = "mailbox",
        /// Tickets given to the person.
        Own = "own",
    }
}

impl Permission {
    /// Whether the permission is about tickets, so that a scope smaller than all has a meaning.
    pub fn is_about_tickets(self) -> bool {
        self.as_str().starts_with("tickets.")
    }
}

/// A permission with its reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// What is allowed.
    pub permission: Permission,
    /// Where it is allowed.
    pub scope: Scope,
}

/// An editable set of grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The row.
    pub id: RoleId,
    /// Its name, unique.
    pub name: String,
    /// Sorted, without doubles.
    pub grants: Vec<Grant>,
}

/// The roles that a new desk starts with.
pub fn first_roles() -> [(&'static str, Vec<Grant>); 4] {
    use Permission as P;
    let everywhere = |permissions: &[P]| -> Vec<Grant> {
        permissions
            .iter()
            .map(|&permission| Grant {
                permission,
                scope: Scope::All,
            })
            .collect()
    };
    let lead = [
        P::ReadTickets,
        P::Reply,
        P::Note,
        P::Assign,
        P::Change,
        P::MarkSpam,
        P::ReadCustomers,
        P::EditCustomers,
        P::ManageTeams,
        P::ManageJobs,
        P::ManageLevels,
        P::ReadHistory,
    ];
    let agent = [
        P::ReadTickets,
        P::Reply,
        P::Note,
        P::Assign,
        P::Change,
        P::MarkSpam,
        P::ReadCustomers,
        P::EditCustomers,
    ];
    let collaborator = [P::ReadTickets, P::Note]
        .map(|permission| Grant {
            permission,
            scope: Scope::Team,
        })
        .to_vec();
    [
        ("owner", everywhere(P::ALL)),
        ("lead", everywhere(&lead)),
        ("agent", everywhere(&agent)),
        ("collaborator", collaborator),
    ]
}

/// Where a ticket stands, as far as grants look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whereabouts {
    /// The mailbox it came in by.
    pub mailbox: MailboxId,
    /// The team that has it.
    pub team: Option<TeamId>,
    /// The person who has it.
    pub assignee: Option<PersonId>,
}

/// Everything that decides what one person may do, loaded once a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Who.
    pub person: PersonId,
    /// The grants of their role, narrowed by the token they came with.
    pub grants: Vec<Grant>,
    /// The teams they belong to.
    pub teams: Vec<TeamId>,
    /// The mailboxes they look after.
    pub mailboxes: Vec<MailboxId>,
}

impl Access {
    /// Whether the person may do this anywhere at all.
    pub fn has(&self, permission: Permission) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.permission == permission)
    }

    /// Whether the person may do this to the ticket that stands there.
    pub fn may(&self, permission: Permission, at: &Whereabouts) -> bool {
        self.grants
            .iter()
            .filter(|grant| grant.permission == permission)
            .any(|grant| match grant.scope {
                Scope::All => true,
                Scope::Team => at.team.is_some_and(|team| self.teams.contains(&team)),
                Scope::Mailbox => self.mailboxes.contains(&at.mailbox),
                Scope::Own => at.assignee == Some(self.person),
            })
    }

    /// The tickets that the person may see.
    pub fn visibility(&self) -> Visibility {
        let mut seen = Visibility::nothing();
        for grant in &self.grants {
            if grant.permission != Permission::ReadTickets {
                continue;
            }
            match grant.scope {
                Scope::All => seen.all = true,
                Scope::Team => seen.teams.clone_from(&self.teams),
                Scope::Mailbox => seen.mailboxes.clone_from(&self.mailboxes),
                Scope::Own => seen.assignee = Some(self.person),
            }
        }
        seen
    }

    /// Keeps only what the scopes of a token allow; an empty list keeps everything.
    #[must_use]
    pub fn narrowed_to(mut self, scopes: &[Permission]) -> Self {
        if !scopes.is_empty() {
            self.grants
                .retain(|grant| scopes.contains(&grant.permission));
        }
        self
    }

    /// Whether every grant of `other` is among ours: nobody hands out more than they have.
    pub fn covers(&self, other: &[Grant]) -> bool {
        other.iter().all(|wanted| {
            self.grants.iter().any(|own| {
                own.permission == wanted.permission
                    && (own.scope == Scope::All || own.scope == wanted.scope)
            })
        })
    }
}
