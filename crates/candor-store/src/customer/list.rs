//! The list of customers, and how many tickets each has.
//!
//! Owns: sorting by name with a cursor, and the look-up by words. Must not know: pages.

use super::read_customer;
use super::words::words_of;
use crate::{Sql, StoreError, Stretch, Tx, Value, params};
use candor_domain::customer::Customer;
use candor_domain::id::CustomerId;
use std::collections::HashMap;

const PAGE: Sql = Sql::Same(
    "select id, name, tier_id, organization_id, language, note, created_at, salt
       from customer
      where sort_name > $1 or (sort_name = $1 and id > $2)
      order by sort_name, id
      limit $3",
);
const PAGE_BEFORE: Sql = Sql::Same(
    "select id, name, tier_id, organization_id, language, note, created_at, salt
       from customer
      where sort_name < $1 or (sort_name = $1 and id < $2)
      order by sort_name desc, id desc
      limit $3",
);
const THESE: Sql = Sql::Same(
    "select id, name, tier_id, organization_id, language, note, created_at, salt
       from customer
      where id in ($1)
      order by sort_name, id",
);
const FIRST_ADDRESSES: Sql = Sql::Same(
    "select customer_id, value
       from identity
      where customer_id in ($1) and kind = 'email'
      order by id desc",
);
const TICKETS: Sql = Sql::Same(
    "select customer_id, count(*), cast(sum(case when place <= 2 then 1 else 0 end) as bigint)
       from ticket
      where customer_id in ($1)
      group by customer_id",
);

/// Most customers that a look-up visits; it says when there were more.
const MOST_VISITED: i64 = 500;

/// How many tickets a customer has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TicketsOfCustomer {
    /// All of them.
    pub all: i64,
    /// Those that are not done.
    pub open: i64,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Who.
    pub customer: Customer,
    /// Their first e-mail address; empty when they have none.
    pub address: String,
    /// Their tickets.
    pub tickets: TicketsOfCustomer,
}

/// What a look-up found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomersFound {
    /// By name.
    pub rows: Vec<CustomerRow>,
    /// Whether there are more than are here.
    pub more: bool,
}

impl Tx<'_> {
    /// A stretch of all customers by name; a cursor is somebody's sort name and id.
    pub fn customer_page(
        &mut self,
        stretch: Stretch<(&str, CustomerId)>,
        limit: i64,
    ) -> Result<Vec<CustomerRow>, StoreError> {
        let (name, id) = stretch.cursor().unwrap_or(("", CustomerId(0)));
        let values = params![name, id, limit];
        let customers = if stretch.goes_back() {
            let mut customers = self.query(PAGE_BEFORE, &values, read_customer)?;
            customers.reverse();
            customers
        } else {
            self.query(PAGE, &values, read_customer)?
        };
        self.customer_rows(customers.into_iter().map(|found| found.0).collect())
    }

    /// Customers that have, for each word of `text`, a word that begins with it.
    pub fn find_customers(&mut self, text: &str, limit: i64) -> Result<CustomersFound, StoreError> {
        let mut wanted = words_of(text);
        wanted.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some((rarest, others)) = wanted.split_first() else {
            return Ok(CustomersFound {
                rows: Vec::new(),
                more: false,
            });
        };
        let candidates = self.customers_by_word(rarest, MOST_VISITED)?;
        let mut more = candidates.len() as i64 == MOST_VISITED;
        let mut found = Vec::new();
        for id in candidates {
            if others.is_empty() || has_all(&self.customer_words(id)?, others) {
                found.push(id.0);
            }
        }
        let mut customers = self.query(THESE, &[Value::Ids(found)], read_customer)?;
        more |= customers.len() as i64 > limit;
        customers.truncate(limit as usize);
        let rows = self.customer_rows(customers.into_iter().map(|found| found.0).collect())?;
        Ok(CustomersFound { rows, more })
    }

    /// How many tickets these customers have; who has none is left out. Callers show it only to
    /// people who may see every ticket.
    pub fn tickets_of_customers(
        &mut self,
        ids: &[CustomerId],
    ) -> Result<HashMap<CustomerId, TicketsOfCustomer>, StoreError> {
        let ids = Value::Ids(ids.iter().map(|id| id.0).collect());
        let counted: Vec<(CustomerId, TicketsOfCustomer)> = self.query(TICKETS, &[ids], |row| {
            Ok((
                row.get(0)?,
                TicketsOfCustomer {
                    all: row.get(1)?,
                    open: row.get(2)?,
                },
            ))
        })?;
        Ok(counted.into_iter().collect())
    }

    fn customer_rows(&mut self, customers: Vec<Customer>) -> Result<Vec<CustomerRow>, StoreError> {
        let ids: Vec<CustomerId> = customers.iter().map(|customer| customer.id).collect();
        let values = [Value::Ids(ids.iter().map(|id| id.0).collect())];
        let addresses: HashMap<CustomerId, String> = self
            .query(FIRST_ADDRESSES, &values, |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .into_iter()
            .collect();
        let tickets = self.tickets_of_customers(&ids)?;
        Ok(customers
            .into_iter()
            .map(|customer| CustomerRow {
                address: addresses.get(&customer.id).cloned().unwrap_or_default(),
                tickets: tickets.get(&customer.id).copied().unwrap_or_default(),
                customer,
            })
            .collect())
    }
}

fn has_all(words: &[String], beginnings: &[String]) -> bool {
    beginnings
        .iter()
        .all(|beginning| words.iter().any(|word| word.starts_with(beginning)))
}
