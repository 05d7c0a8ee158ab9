//! Which contract a ticket belongs to.
//!
//! Owns: that choice. Must not know: what goes before a contract.

use crate::error::DeskError;
use candor_domain::contract::Contract;
use candor_domain::id::OrganizationId;
use candor_domain::ticket::Ticket;
use candor_store::Tx;

/// The contract that a ticket of an organization's customer was opened under.
pub(crate) fn contract_of_ticket(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    organization: Option<OrganizationId>,
) -> Result<Option<Contract>, DeskError> {
    let Some(organization) = organization else {
        return Ok(None);
    };
    for contract in tx.contracts_of(organization)? {
        let calendar = tx.calendar(contract.calendar)?;
        let calendar = calendar.ok_or(DeskError::NotFound("calendar"))?;
        let zone = calendar.calendar.zone();
        if contract.covers(ticket.created_at, ticket.channel, zone) {
            return Ok(Some(contract));
        }
    }
    Ok(None)
}
