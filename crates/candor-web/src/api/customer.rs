//! Customers.
//!
//! Owns: `/api/v1/customers/{id}`. Must not know: their tickets.

use super::caller::{Caller, Number};
use super::respond::ok;
use super::shape::Named;
use crate::error::ApiResult;
use axum::response::Response;
use candor_desk::customer::{CustomerCard, CustomerCards};
use candor_domain::id::CustomerId;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who writes to the shop.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Customer {
    /// Their number.
    id: i64,
    /// As they write it themselves; empty when they never told.
    name: String,
    /// `en`, `de` or another language tag; `null` until known.
    language: Option<String>,
    /// The class that counts: their own, else that of their company.
    tier: Option<Named>,
    /// Their company.
    organization: Option<Named>,
    /// Their addresses, the first known first.
    identities: Vec<CustomerIdentity>,
    /// What staff should know.
    note: String,
    /// First seen.
    #[schema(format = DateTime)]
    created_at: String,
}

/// One address of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerIdentity {
    /// `email` or `phone`.
    kind: &'static str,
    /// The address.
    value: String,
    /// Whether the customer has shown that it is theirs.
    verified: bool,
}

/// Shows a customer
#[utoipa::path(
    get,
    path = "/api/v1/customers/{id}",
    tag = "Customers",
    params(("id" = i64, Path, description = "The customer's number")),
    responses((status = 200, description = "The customer", body = Customer)),
    security(("token" = ["customers.read"]))
)]
pub(super) async fn show(caller: Caller, id: Number<CustomerId>) -> ApiResult<Response> {
    let card = caller
        .ask(CustomerCards {
            customer: id.0,
            ticket: None,
        })
        .await?;
    Ok(ok(&Customer::of(&card)))
}

impl Customer {
    fn of(card: &CustomerCard) -> Self {
        Self {
            id: card.customer.id.0,
            name: card.customer.name.clone(),
            language: card.customer.language.clone(),
            tier: card.tier.as_ref().map(|tier| Named {
                id: tier.id.0,
                name: tier.name.clone(),
            }),
            organization: card.organization.as_ref().map(|organization| Named {
                id: organization.id.0,
                name: organization.name.clone(),
            }),
            identities: card
                .identities
                .iter()
                .map(|identity| CustomerIdentity {
                    kind: identity.kind.as_str(),
                    value: identity.value.clone(),
                    verified: identity.verified,
                })
                .collect(),
            note: card.customer.note.clone(),
            created_at: card.customer.created_at.to_string(),
        }
    }
}
