//! Contracts, announced maintenance, approved statements.
//!
//! Owns: the tables `contract`, `maintenance` and `contract_statement`. Must not know: which ticket
//! belongs to which contract.

mod statement;

pub use statement::Approval;

use crate::level::{read, written};
use crate::{ErrorKind, Row, Sql, StoreError, Tx, params};
use candor_domain::contract::Contract;
use candor_domain::id::{ContractId, OrganizationId};
use jiff::civil::Date;

const CONTRACTS: Sql = Sql::Same(
    "select id, organization_id, name, first_day, last_day, level_id, calendar_id, agreed, terms_id,
            withdrawn
       from contract
      order by id",
);
const CONTRACT: Sql = Sql::Same(
    "select id, organization_id, name, first_day, last_day, level_id, calendar_id, agreed, terms_id,
            withdrawn
       from contract
      where id = $1",
);
const CONTRACTS_OF: Sql = Sql::Same(
    "select id, organization_id, name, first_day, last_day, level_id, calendar_id, agreed, terms_id,
            withdrawn
       from contract
      where organization_id = $1 and withdrawn = 0
      order by first_day, id",
);
const INSERT_CONTRACT: Sql = Sql::Same(
    "insert into contract (organization_id, name, first_day, last_day, level_id, calendar_id,
            agreed, terms_id, withdrawn)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     returning id",
);
const SAVE_CONTRACT: Sql = Sql::Same(
    "update contract
        set organization_id = $2, name = $3, first_day = $4, last_day = $5, level_id = $6,
            calendar_id = $7, agreed = $8, terms_id = $9, withdrawn = $10
      where id = $1",
);

impl Tx<'_> {
    /// Every contract, oldest first, also those that were taken away.
    pub fn contracts(&mut self) -> Result<Vec<Contract>, StoreError> {
        self.query(CONTRACTS, &[], read_contract)
    }

    /// A contract, also one that was taken away.
    pub fn contract(&mut self, id: ContractId) -> Result<Option<Contract>, StoreError> {
        self.query_opt(CONTRACT, &params![id], read_contract)
    }

    /// The contracts of an organization by their first day, without those that were taken away.
    pub fn contracts_of(&mut self, id: OrganizationId) -> Result<Vec<Contract>, StoreError> {
        self.query(CONTRACTS_OF, &params![id], read_contract)
    }

    /// Stores a new contract and sets its id.
    pub fn insert_contract(&mut self, new: &mut Contract) -> Result<(), StoreError> {
        let values = values(new)?;
        new.id = self.query_one(INSERT_CONTRACT, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed contract.
    pub fn save_contract(&mut self, kept: &Contract) -> Result<(), StoreError> {
        let mut all = params![kept.id].to_vec();
        all.extend(values(kept)?);
        self.put(SAVE_CONTRACT, &all)
    }
}

fn values(contract: &Contract) -> Result<[crate::Value; 9], StoreError> {
    Ok(params![
        contract.organization,
        contract.name.as_str(),
        contract.first_day.to_string(),
        contract.last_day.map(|day| day.to_string()),
        contract.level,
        contract.calendar,
        written(&contract.agreed)?,
        contract.terms,
        contract.withdrawn
    ])
}

fn read_contract(row: &Row<'_>) -> Result<Contract, StoreError> {
    let last: Option<String> = row.get(4)?;
    Ok(Contract {
        id: row.get(0)?,
        organization: row.get(1)?,
        name: row.get(2)?,
        first_day: day(&row.get::<String>(3)?)?,
        last_day: last.map(|text| day(&text)).transpose()?,
        level: row.get(5)?,
        calendar: row.get(6)?,
        agreed: read(&row.get::<String>(7)?)?,
        terms: row.get(8)?,
        withdrawn: row.get(9)?,
    })
}

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse()
        .map_err(|_| StoreError::because("read a day", ErrorKind::Broken, text.to_owned()))
}
