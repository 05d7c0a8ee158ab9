//! Stories about the store. They run on the engine that the environment chooses.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of one transaction's lifetime is no closure for every lifetime"
)]

mod batch;
mod blob;
mod checkpoint;
mod job;
mod journal;
mod kill;
mod law;
mod migration;
mod postgres;
mod search;
mod transaction;

use candor_store::{Sql, Store, StoreError, Tx, params};

/// A table for stories, beside the desk's own.
const CREATE_CUP: Sql = Sql::PerEngine {
    sqlite: "create table cup (name text primary key, size bigint, saucer text references cup (name))",
    postgres: "create table cup (name text primary key, size bigint, saucer text references cup (name))",
};
const ADD_CUP: Sql = Sql::Same("insert into cup (name, size) values ($1, $2)");
const CUPS: Sql = Sql::Same("select name from cup order by name");

/// Makes the table.
async fn lay_table(store: &Store) {
    store
        .write(|tx| tx.execute(CREATE_CUP, &[]))
        .await
        .expect("the table can be made");
}

fn add_cup(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute(ADD_CUP, &params![name, 200_i64]).map(|_| ())
}

async fn cups(store: &Store) -> Vec<String> {
    store
        .read(|tx| tx.query(CUPS, &[], |row| row.get::<String>(0)))
        .await
        .expect("cups can be read")
}
