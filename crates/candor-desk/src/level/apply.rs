//! Open tickets follow a changed level, calendar or customer.
//!
//! Owns: the job that chooses their levels anew, in chunks. Must not know: what was changed.

use super::follow::reconsider;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::worker::{JobOutcome, JobRun};
use candor_domain::actor::Actor;
use candor_domain::id::{CustomerId, OrganizationId, TicketId};
use candor_store::Tx;
use candor_store::job::NewJob;
use serde::{Deserialize, Serialize};

/// The job's name.
pub const LEVELS_JOB: &str = "levels";

/// Tickets of one transaction.
const CHUNK: i64 = 100;

/// Whose tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Every ticket that is not done.
    All,
    /// Those of one customer.
    Customer(CustomerId),
    /// Those of an organization's customers.
    Organization(OrganizationId),
}

/// Lets the levels of open tickets be chosen anew once this transaction is committed.
pub(crate) fn later(tx: &mut Tx<'_>, cx: &Cx, whose: Whose) -> Result<(), DeskError> {
    if tx.levels()?.is_empty() {
        return Ok(());
    }
    if let Whose::Customer(customer) = whose
        && tx.undone_of_customer(customer)?.is_empty()
    {
        return Ok(());
    }
    let payload = serde_json::to_string(&whose).map_err(|e| DeskError::Internal(e.to_string()))?;
    // No key: a run that is under way may have passed the tickets that this change is about.
    tx.enqueue(NewJob {
        kind: LEVELS_JOB,
        payload,
        run_at: cx.now(),
        dedupe: None,
    })?;
    Ok(())
}

/// Chooses the levels of a chunk of open tickets anew.
#[derive(Debug, Clone, Copy)]
pub struct Reconsider {
    /// Whose.
    pub whose: Whose,
    /// Those after this ticket.
    pub after: TicketId,
}

impl Verb for Reconsider {
    /// Where to go on; `None` at the end.
    type Output = Option<TicketId>;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed("only the desk itself applies levels"));
        }
        let tickets = match self.whose {
            Whose::All => tx.undone_after(self.after, CHUNK)?,
            Whose::Organization(id) => tx.undone_of_organization(id, self.after, CHUNK)?,
            Whose::Customer(id) if self.after == TicketId(0) => tx.undone_of_customer(id)?,
            Whose::Customer(_) => Vec::new(),
        };
        for &ticket in &tickets {
            reconsider(tx, cx, ticket)?;
        }
        Ok(tickets.last().copied())
    }
}

/// The job: chunk after chunk.
pub async fn reconsider_job(desk: Desk, job: JobRun) -> JobOutcome {
    let Ok(whose) = serde_json::from_str::<Whose>(&job.payload) else {
        return JobOutcome::GiveUp("the job says not whose tickets".to_owned());
    };
    let mut after = TicketId(0);
    loop {
        match desk.run(&Actor::System, Reconsider { whose, after }).await {
            Ok(Some(last)) => after = last,
            Ok(None) => return JobOutcome::Done,
            Err(error) => return job.after_error(&error),
        }
    }
}
