//! Contracts with organizations: writing them, which tickets they are for, what was kept.
//!
//! Owns: the verbs and queries of contracts, maintenance and monthly statements. Must not know:
//! pages, how clocks run, how a statement is drawn.

mod change;
mod choose;
mod draw;
mod maintenance;
mod show;
mod statement;
mod wait;

pub use change::{AddContract, ChangeContract, ContractText, EndContract, TakeContractAway};
pub use maintenance::{AnnounceMaintenance, CallMaintenanceOff, MaintenanceText};
pub use show::{
    ContractSeen, ContractView, Contracts, ContractsOf, ContractsView, MonthSeen, Months,
};
pub use statement::{
    ApproveStatement, Approved, CorrectStatement, StatementSeen, StatementView, Wanted, Words,
};

pub(crate) use change::{reword_of_calendar, reword_of_level};
pub(crate) use choose::contract_of_ticket;
pub(crate) use show::contract_of_organization;
pub(crate) use statement::{document_of, hash_of, seal_of};
