//! What pages show of customers.
//!
//! Owns: the list and the card. Must not know: pages, the tickets themselves.

use crate::contract::{ContractSeen, contract_of_organization};
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::customer::{Customer, Identity, Organization, Tier};
use candor_domain::id::{CustomerId, TicketId};
use candor_domain::permission::Permission;
use candor_store::customer::{CustomerRow, TicketsOfCustomer, folded};
use candor_store::{Paged, Stretch, Tx};

/// Lines on one page.
const PAGE: usize = 50;

/// The list of customers by name, or those whose name, address or organization holds words that
/// begin as the words of `search` do.
#[derive(Debug, Clone, Default)]
pub struct CustomersPage {
    /// What somebody typed; empty for all.
    pub search: String,
    /// Which stretch of the list; a search shows the first lines alone.
    pub stretch: Stretch<CustomerId>,
}

/// A page of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomersShown {
    /// The lines; the counts are zero for whoever does not see every ticket.
    pub page: Paged<CustomerRow, CustomerId>,
    /// A search found more than it shows: type more letters.
    pub stopped: bool,
}

impl Query for CustomersPage {
    type Output = CustomersShown;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<CustomersShown, DeskError> {
        cx.may_at_all(Permission::ReadCustomers)?;
        let (mut page, stopped) = if self.search.trim().is_empty() {
            (listed(tx, self.stretch)?, false)
        } else {
            let found = tx.find_customers(&self.search, PAGE as i64)?;
            let (previous, next) = (None, None);
            let rows = found.rows;
            (
                Paged {
                    rows,
                    previous,
                    next,
                },
                found.more,
            )
        };
        if !cx.visibility().all {
            // A count of tickets that somebody may not see would tell that they are there.
            for row in &mut page.rows {
                row.tickets = TicketsOfCustomer::default();
            }
        }
        Ok(CustomersShown { page, stopped })
    }
}

fn listed(
    tx: &mut Tx<'_>,
    stretch: Stretch<CustomerId>,
) -> Result<Paged<CustomerRow, CustomerId>, DeskError> {
    let at = stretch.cursor().map(|id| tx.customer(id)).transpose()?;
    let name = at.flatten().map(|customer| folded(&customer.name));
    // Somebody who is gone has no place in the list any more: the page begins at the top.
    let stretch = name.as_ref().map_or(Stretch::Top, |_| stretch);
    let name = name.unwrap_or_default();
    let read = |stretch, most| -> Result<Vec<CustomerRow>, DeskError> {
        let stretch = match stretch {
            Stretch::Top => Stretch::Top,
            Stretch::After(id) => Stretch::After((name.as_str(), id)),
            Stretch::Before(id) => Stretch::Before((name.as_str(), id)),
        };
        Ok(tx.customer_page(stretch, most)?)
    };
    stretch.page(PAGE, |row| row.customer.id, read)
}

/// Asks for what stands beside a ticket or on a customer's page.
#[derive(Debug, Clone, Copy)]
pub struct CustomerCards {
    /// Who.
    pub customer: CustomerId,
    /// The ticket beside which the card stands: whoever sees the ticket sees its customer.
    pub ticket: Option<TicketId>,
}

/// A customer with what belongs to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerCard {
    /// Who.
    pub customer: Customer,
    /// Their addresses, the first known first.
    pub identities: Vec<Identity>,
    /// The class that counts: their own, else that of their organization.
    pub tier: Option<Tier>,
    /// Their company.
    pub organization: Option<Organization>,
    /// The contract of their company: the one that runs, else the next, else the last.
    pub contract: Option<ContractSeen>,
    /// Their tickets; `None` for whoever does not see every ticket.
    pub tickets: Option<TicketsOfCustomer>,
}

impl Query for CustomerCards {
    type Output = CustomerCard;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<CustomerCard, DeskError> {
        if !self.stands_beside_a_seen_ticket(tx, cx)? {
            cx.may_at_all(Permission::ReadCustomers)?;
        }
        let customer = tx
            .customer(self.customer)?
            .ok_or(DeskError::NotFound("customer"))?;
        let organization = match customer.organization {
            Some(id) => tx.organization(id)?,
            None => None,
        };
        let tickets = if cx.visibility().all {
            let counted = tx.tickets_of_customers(&[customer.id])?;
            Some(counted.get(&customer.id).copied().unwrap_or_default())
        } else {
            None
        };
        Ok(CustomerCard {
            identities: tx.identities_of(customer.id)?,
            tier: tx.tier_of(&customer)?,
            contract: contract_of_organization(tx, cx, customer.organization)?,
            organization,
            tickets,
            customer,
        })
    }
}

impl CustomerCards {
    fn stands_beside_a_seen_ticket(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        let Some(ticket) = self.ticket else {
            return Ok(false);
        };
        let ticket = tx.ticket(ticket)?;
        Ok(ticket.is_some_and(|ticket| {
            ticket.customer == self.customer && cx.visibility().sees(&ticket.whereabouts())
        }))
    }
}
