//! The visibility rule in SQL, stated once.
//!
//! Owns: the clause and its four parameters. The same rule in memory is
//! [`candor_domain::visibility::Visibility::sees`]; a property test holds the two together.
//! Must not know: which list asks.

use crate::{Sql, StoreError, Tx, Value, params};
use candor_domain::id::TicketId;
use candor_domain::visibility::Visibility;

/// The clause over `ticket t` with its parameters `$1` to `$4`.
macro_rules! visible {
    () => {
        "($1 = 1 or t.mailbox_id in ($2) or t.team_id in ($3) or t.assignee_id = $4)"
    };
}
pub(crate) use visible;

const SEEN_AMONG: Sql = Sql::Same(concat!(
    "select t.id from ticket t where ",
    visible!(),
    " and t.id in ($5)"
));

/// The four parameters of the clause.
pub fn visible_sql(visibility: &Visibility) -> [Value; 4] {
    let ids = |ids: Vec<i64>| Value::Ids(ids);
    let [assignee] = params![visibility.assignee];
    let [all] = params![visibility.all];
    [
        all,
        ids(visibility.mailboxes.iter().map(|&id| id.into()).collect()),
        ids(visibility.teams.iter().map(|&id| id.into()).collect()),
        assignee,
    ]
}

impl Tx<'_> {
    /// Those of the tickets that the visibility sees, in no order.
    pub fn seen_among(
        &mut self,
        visibility: &Visibility,
        tickets: &[TicketId],
    ) -> Result<Vec<TicketId>, StoreError> {
        let mut values = visible_sql(visibility).to_vec();
        values.push(Value::Ids(tickets.iter().map(|&id| id.into()).collect()));
        self.query(SEEN_AMONG, &values, |row| row.get(0))
    }
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[Sql] = &[SEEN_AMONG];
