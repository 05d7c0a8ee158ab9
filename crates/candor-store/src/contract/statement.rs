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
const LATEST_STATEMENT: Sql = Sql::Same(
    "select contract_id, month, version, document, hash, approved_by, approved_at, approver, paper,
            seal
       from contract_statement
      where contract_id = $1 and month = $2
      order by version desc
      limit 1",
);
const STATEMENT: Sql = Sql::Same(
    "select contract_id, month, version, document, hash, approved_by, approved_at, approver, paper,
            seal
       from contract_statement
      where contract_id = $1 and month = $2 and version = $3",
);
const APPROVALS: Sql = Sql::Same(
    "select month, version, approved_at
       from contract_statement
      where contract_id = $1 and month >= $2 and month <= $3
      order by month desc, version desc",
);
const LAST_APPROVED: Sql = Sql::Same(
    "select month
       from contract_statement
      where contract_id = $1
      order by month desc
      limit 1",
);
const STATEMENTS_AFTER: Sql = Sql::Same(
    "select contract_id, month, version, document, hash, approved_by, approved_at, approver, paper,
            seal
       from contract_statement
      where (contract_id, month, version) > ($1, $2, $3)
      order by contract_id, month, version
      limit $4",
);
const INSERT_STATEMENT: Sql = Sql::Same(
    "insert into contract_statement (contract_id, month, version, document, hash, approved_by,
            approved_at, approver, paper, seal)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
);

/// That a statement was approved, without what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// Of which month.
    pub month: Month,
    /// Which one of its month, from 1.
    pub version: u32,
    /// When.
    pub at: Timestamp,
}

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
        self.put(WITHDRAW_MAINTENANCE, &params![kept.id, kept.withdrawn_at])
    }

    /// The approved statement of a month: the last one, where it was corrected.
    pub fn statement(
        &mut self,
        contract: ContractId,
        month: Month,
    ) -> Result<Option<Statement>, StoreError> {
        let values = params![contract, month.to_string()];
        self.query_opt(LATEST_STATEMENT, &values, read_statement)
    }

    /// One version of it.
    pub fn statement_version(
        &mut self,
        (contract, month): (ContractId, Month),
        version: u32,
    ) -> Result<Option<Statement>, StoreError> {
        let values = params![contract, month.to_string(), i64::from(version)];
        self.query_opt(STATEMENT, &values, read_statement)
    }

    /// What was approved of the months from one to another, the newest first.
    pub fn approvals_of(
        &mut self,
        contract: ContractId,
        (from, to): (Month, Month),
    ) -> Result<Vec<Approval>, StoreError> {
        let values = params![contract, from.to_string(), to.to_string()];
        self.query(APPROVALS, &values, |row| {
            Ok(Approval {
                month: month(&row.get::<String>(0)?)?,
                version: version(row.get(1)?)?,
                at: row.get(2)?,
            })
        })
    }

    /// The latest month of a contract of which a statement was approved.
    pub fn last_approved(&mut self, contract: ContractId) -> Result<Option<Month>, StoreError> {
        self.query_opt(LAST_APPROVED, &params![contract], |row| {
            month(&row.get::<String>(0)?)
        })
    }

    /// By contract, month and version after one; for walks over all of them.
    pub fn statements_after(
        &mut self,
        (contract, month, version): (ContractId, &str, u32),
        limit: i64,
    ) -> Result<Vec<Statement>, StoreError> {
        let values = params![contract, month, i64::from(version), limit];
        self.query(STATEMENTS_AFTER, &values, read_statement)
    }

    /// Stores an approved statement.
    pub fn insert_statement(&mut self, new: &Statement) -> Result<(), StoreError> {
        let values = params![
            new.contract,
            new.month.to_string(),
            i64::from(new.version),
            new.document.as_str(),
            new.hash.as_str(),
            new.approved_by,
            new.approved_at,
            new.approver.as_str(),
            new.paper.as_str(),
            new.seal.as_str()
        ];
        self.put(INSERT_STATEMENT, &values)
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
    Ok(Statement {
        contract: row.get(0)?,
        month: month(&row.get::<String>(1)?)?,
        version: version(row.get(2)?)?,
        document: row.get(3)?,
        hash: row.get(4)?,
        approved_by: row.get(5)?,
        approved_at: row.get(6)?,
        approver: row.get(7)?,
        paper: row.get(8)?,
        seal: row.get(9)?,
    })
}

fn month(text: &str) -> Result<Month, StoreError> {
    let broken = |_| StoreError::because("read a month", ErrorKind::Broken, text.to_owned());
    text.parse().map_err(broken)
}

fn version(stored: i64) -> Result<u32, StoreError> {
    let broken = |_| StoreError::because("read a version", ErrorKind::Broken, stored.to_string());
    u32::try_from(stored).map_err(broken)
}
