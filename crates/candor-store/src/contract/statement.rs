//! Announced maintenance and approved statements.
//!
//! Owns: the tables `maintenance` and `contract_statement`. Must not know: what a statement says.

use crate::{ErrorKind, Row, Sql, StoreError, Tx, params};
use candor_domain::contract::{Maintenance, Month, Statement};
use candor_domain::id::{ContractId, MaintenanceId};
use jiff::Timestamp;

const MAINTENANCE_OF: Sql = Sql::Same(
    "select id, contract_id, announced_at, begins_at, ends_at, reason, withdrawn_at
       from maintenance
      where contract_id = $1 and ends_at > $2 and begins_at < $3
      order by begins_at, id",
);
const ONE_MAINTENANCE: Sql = Sql::Same(
    "select id, contract_id, announced_at, begins_at, ends_at, reason, withdrawn_at
       from maintenance
      where id = $1",
);
const MAINTENANCE_AFTER: Sql = Sql::Same(
    "select id, contract_id, announced_at, begins_at, ends_at, reason, withdrawn_at
       from maintenance
      where id > $1
      order by id
      limit $2",
);
const INSERT_MAINTENANCE: Sql = Sql::Same(
    "insert into maintenance (contract_id, announced_at, begins_at, ends_at, reason, withdrawn_at)
     values ($1, $2, $3, $4, $5, $6)
     returning id",
);
const WITHDRAW_MAINTENANCE: Sql =
    Sql::Same("update maintenance set withdrawn_at = $2 where id = $1");
const STATEMENT: Sql = Sql::Same(
    "select contract_id, month, document, hash, approved_by, approved_at
       from contract_statement
      where contract_id = $1 and month = $2",
);
const STATEMENTS_OF: Sql = Sql::Same(
    "select contract_id, month, document, hash, approved_by, approved_at
       from contract_statement
      where contract_id = $1
      order by month",
);
const STATEMENTS_AFTER: Sql = Sql::Same(
    "select contract_id, month, document, hash, approved_by, approved_at
       from contract_statement
      where (contract_id, month) > ($1, $2)
      order by contract_id, month
      limit $3",
);
const INSERT_STATEMENT: Sql = Sql::Same(
    "insert into contract_statement (contract_id, month, document, hash, approved_by, approved_at)
     values ($1, $2, $3, $4, $5, $6)",
);

impl Tx<'_> {
    /// The maintenance of a contract that touches a stretch of time.
    pub fn maintenance_of(
        &mut self,
        contract: ContractId,
        (from, before): (Timestamp, Timestamp),
    ) -> Result<Vec<Maintenance>, StoreError> {
        let values = params![contract, from, before];
        self.query(MAINTENANCE_OF, &values, read_maintenance)
    }

    /// One of them.
    pub fn maintenance(&mut self, id: MaintenanceId) -> Result<Option<Maintenance>, StoreError> {
        self.query_opt(ONE_MAINTENANCE, &params![id], read_maintenance)
    }

    /// By row after one; for walks over all of them.
    pub fn maintenance_after(
        &mut self,
        after: MaintenanceId,
        limit: i64,
    ) -> Result<Vec<Maintenance>, StoreError> {
        self.query(MAINTENANCE_AFTER, &params![after, limit], read_maintenance)
    }

    /// Stores a new one and sets its id.
    pub fn insert_maintenance(&mut self, new: &mut Maintenance) -> Result<(), StoreError> {
        let values = params![
            new.contract,
            new.announced_at,
            new.begins_at,
            new.ends_at,
            new.reason.as_str(),
            new.withdrawn_at
        ];
        new.id = self.query_one(INSERT_MAINTENANCE, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores that it was called off, or that it is on again.
    pub fn withdraw_maintenance(&mut self, kept: &Maintenance) -> Result<(), StoreError> {
        self.execute(WITHDRAW_MAINTENANCE, &params![kept.id, kept.withdrawn_at])
            .map(|_| ())
    }

    /// The approved statement of a month.
    pub fn statement(
        &mut self,
        contract: ContractId,
        month: Month,
    ) -> Result<Option<Statement>, StoreError> {
        let values = params![contract, month.to_string()];
        self.query_opt(STATEMENT, &values, read_statement)
    }

    /// The approved statements of a contract, the oldest month first.
    pub fn statements_of(&mut self, contract: ContractId) -> Result<Vec<Statement>, StoreError> {
        self.query(STATEMENTS_OF, &params![contract], read_statement)
    }

    /// By contract and month after one; for walks over all of them.
    pub fn statements_after(
        &mut self,
        (contract, month): (ContractId, &str),
        limit: i64,
    ) -> Result<Vec<Statement>, StoreError> {
        let values = params![contract, month, limit];
        self.query(STATEMENTS_AFTER, &values, read_statement)
    }

    /// Stores an approved statement.
    pub fn insert_statement(&mut self, new: &Statement) -> Result<(), StoreError> {
        let values = params![
            new.contract,
            new.month.to_string(),
            new.document.as_str(),
            new.hash.as_str(),
            new.approved_by,
            new.approved_at
        ];
        self.execute(INSERT_STATEMENT, &values).map(|_| ())
    }
}

fn read_maintenance(row: &Row<'_>) -> Result<Maintenance, StoreError> {
    Ok(Maintenance {
        id: row.get(0)?,
        contract: row.get(1)?,
        announced_at: row.get(2)?,
        begins_at: row.get(3)?,
        ends_at: row.get(4)?,
        reason: row.get(5)?,
        withdrawn_at: row.get(6)?,
    })
}

fn read_statement(row: &Row<'_>) -> Result<Statement, StoreError> {
    let month: String = row.get(1)?;
    let broken = || StoreError::because("read a month", ErrorKind::Broken, month.clone());
    Ok(Statement {
        contract: row.get(0)?,
        month: month.parse().map_err(|_| broken())?,
        document: row.get(2)?,
        hash: row.get(3)?,
        approved_by: row.get(4)?,
        approved_at: row.get(5)?,
    })
}
