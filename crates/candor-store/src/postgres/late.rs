//! Statements that wait for company.
//!
//! Owns: sending them in their order, ahead of the one that somebody waits for. Must not know: when
//! that is.
//!
//! A verb writes a dozen rows whose counts it does not ask for. Each would be a round trip; in front
//! of the next question they cost none.

use deadpool_postgres::ClientWrapper;
use futures_util::future::{join, join_all};
use tokio_postgres::{Error, Statement};

use super::parameter::Parameter;
use crate::error::StoreError;
use crate::value::Value;

/// A statement whose answer nobody waits for.
pub(super) struct Late {
    pub(super) op: &'static str,
    pub(super) text: String,
    pub(super) params: Vec<Value>,
}

/// Sends them all and `last` behind them before it waits for an answer. The outer error is the first
/// of them that failed: whatever came after it was refused because of it.
pub(super) async fn send_late<T>(
    client: &ClientWrapper,
    late: &[Late],
    last: impl AsyncFnOnce(&ClientWrapper) -> Result<T, Error>,
) -> Result<Result<T, Error>, StoreError> {
    let failed = |one: &Late, error| StoreError::postgres(one.op, error);
    // Whatever is not prepared yet waits here for the server, so nothing is sent between.
    let mut prepared: Vec<(&Late, Statement)> = Vec::with_capacity(late.len());
    for one in late {
        let statement = client.prepare_cached(&one.text).await;
        prepared.push((one, statement.map_err(|error| failed(one, error))?));
    }
    // A statement leaves when its future is first asked, which happens in this order.
    let sent = join_all(prepared.iter().map(async |(one, statement)| {
        let params = one.params.iter().map(Parameter);
        let done = client.execute_raw(statement, params).await;
        done.map_err(|error| failed(one, error))
    }));
    let (sent, answer) = join(sent, last(client)).await;
    sent.into_iter().collect::<Result<Vec<u64>, _>>()?;
    Ok(answer)
}
