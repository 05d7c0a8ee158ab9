//! The lists of the inbox, newest activity first, page by page.
//!
//! Owns: one statement for each list, so that each reads along its own index.
//! Must not know: how a page shows them.

use super::visible::{visible, visible_sql};
use super::{optional_word, word};
use crate::{Row, Sql, StoreError, Stretch, Tx, Value, params};
use candor_domain::id::{CustomerId, PersonId, TeamId, TicketId};
use candor_domain::ticket::{Kind, Status, Urgency};
use candor_domain::visibility::Visibility;
use jiff::Timestamp;

/// Which tickets a list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketList {
    /// Everything that is not done and no spam.
    All,
    /// Our turn, and given to this person.
    Mine(PersonId),
    /// Our turn, and nobody has it.
    Unassigned,
    /// Our turn, in one of these teams.
    Team(Vec<TeamId>),
    /// The customer's turn.
    Waiting,
    /// A third party's turn.
    OnHold,
    /// Solved.
    Solved,
    /// Closed.
    Closed,
    /// Marked as spam.
    Spam,
    /// Everything of one customer.
    Customer(CustomerId),
    /// These tickets, for hits of a search.
    These(Vec<TicketId>),
}

/// What a page of a list asks for.
#[derive(Debug, Clone)]
pub struct ListFilter {
    /// Which list.
    pub list: TicketList,
    /// Who may see what.
    pub visibility: Visibility,
    /// Whose read marks count.
    pub reader: PersonId,
    /// Which stretch of it; a cursor is a ticket's last activity and number.
    pub stretch: Stretch<(Timestamp, TicketId)>,
    /// Most rows.
    pub limit: i64,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The number.
    pub id: TicketId,
    /// The subject line.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// Marked as spam.
    pub spam: bool,
    /// What the customer wants.
    pub kind: Option<Kind>,
    /// How much time there is.
    pub urgency: Urgency,
    /// Since when the customer waits for us.
    pub waiting_since: Option<Timestamp>,
    /// Last activity.
    pub updated_at: Timestamp,
    /// Who asked.
    pub customer: CustomerId,
    /// The customer's name, or the address where no name is known.
    pub customer_name: String,
    /// The name of the customer's tier.
    pub tier: Option<String>,
    /// Who has it.
    pub assignee: Option<PersonId>,
    /// The name of who has it.
    pub assignee_name: Option<String>,
    /// The customer wrote something that the reader has not opened.
    pub unread: bool,
    /// The customer's mood as a word; `None` while nothing of it was read.
    pub mood: Option<String>,
}

macro_rules! list_sql {
    ($which:literal) => {
        [
            list_sql!($which, "<", "t.updated_at desc, t.id desc"),
            list_sql!($which, ">", "t.updated_at, t.id"),
        ]
    };
    ($which:literal, $beyond:literal, $order:literal) => {
        Sql::Same(concat!(
            "select t.id, t.subject, t.status, t.spam, t.kind, t.urgency, t.waiting_since,
                    t.updated_at, t.customer_id,
                    case when c.name <> '' then c.name else coalesce((select i.value from identity i
                       where i.customer_id = c.id order by i.id limit 1), '') end,
                    tier.name, t.assignee_id, p.name,
                    case when t.waiting_since is not null
                          and coalesce(t.last_public_message_id, 0) > coalesce(r.message_id, 0)
                         then 1 else 0 end,
                    mood.level
               from ticket t
               join customer c on c.id = t.customer_id
               left join tier on tier.id = c.tier_id
               left join person p on p.id = t.assignee_id
               left join ticket_mood mood on mood.ticket_id = t.id
               left join read_mark r on r.person_id = $5 and r.ticket_id = t.id
              where ",
            $which,
            " and ",
            visible!(),
            " and (t.updated_at, t.id) ",
            $beyond,
            " ($6, $7)
              order by ",
            $order,
            " limit $8"
        ))
    };
}

const ALL: [Sql; 2] = list_sql!("t.place <= 2");
const MINE: [Sql; 2] = list_sql!("t.place = 0 and t.assignee_id = $9");
const UNASSIGNED: [Sql; 2] = list_sql!("t.place = 0 and t.assignee_id is null");
const TEAM: [Sql; 2] = list_sql!("t.place = 0 and t.team_id in ($9)");
const WAITING: [Sql; 2] = list_sql!("t.place = 1");
const ON_HOLD: [Sql; 2] = list_sql!("t.place = 2");
const SOLVED: [Sql; 2] = list_sql!("t.place = 3");
const CLOSED: [Sql; 2] = list_sql!("t.place = 4");
const SPAM: [Sql; 2] = list_sql!("t.place = 5");
const CUSTOMER: [Sql; 2] = list_sql!("t.customer_id = $9");
const THESE: [Sql; 2] = list_sql!("t.id in ($9)");

#[cfg(test)]
pub(crate) const STATEMENTS: &[[Sql; 2]] = &[
    ALL, MINE, UNASSIGNED, TEAM, WAITING, ON_HOLD, SOLVED, CLOSED, SPAM, CUSTOMER, THESE,
];

impl TicketList {
    /// Down the list, and back up.
    fn statements(&self) -> ([Sql; 2], Option<Value>) {
        match self {
            Self::All => (ALL, None),
            Self::Mine(person) => (MINE, Some(Value::Int(person.0))),
            Self::Unassigned => (UNASSIGNED, None),
            Self::Team(teams) => (
                TEAM,
                Some(Value::Ids(teams.iter().map(|id| id.0).collect())),
            ),
            Self::Waiting => (WAITING, None),
            Self::OnHold => (ON_HOLD, None),
            Self::Solved => (SOLVED, None),
            Self::Closed => (CLOSED, None),
            Self::Spam => (SPAM, None),
            Self::Customer(customer) => (CUSTOMER, Some(Value::Int(customer.0))),
            Self::These(ids) => (THESE, Some(Value::Ids(ids.iter().map(|id| id.0).collect()))),
        }
    }
}

impl Tx<'_> {
    /// A stretch of a list, newest activity first.
    pub fn list_tickets(&mut self, filter: &ListFilter) -> Result<Vec<ListRow>, StoreError> {
        let ([down, up], extra) = filter.list.statements();
        let mut values = visible_sql(&filter.visibility).to_vec();
        let (at, id) = match filter.stretch.cursor() {
            Some((at, id)) => (at.as_microsecond(), id.0),
            None => (i64::MAX, i64::MAX),
        };
        values.extend(params![filter.reader, at, id, filter.limit]);
        values.extend(extra);
        if !filter.stretch.goes_back() {
            return self.query(down, &values, read_row);
        }
        let mut rows = self.query(up, &values, read_row)?;
        rows.reverse();
        Ok(rows)
    }
}

fn read_row(row: &Row<'_>) -> Result<ListRow, StoreError> {
    Ok(ListRow {
        id: row.get(0)?,
        subject: row.get(1)?,
        status: word(row, 2, Status::parse)?,
        spam: row.get(3)?,
        kind: optional_word(row, 4, Kind::parse)?,
        urgency: word(row, 5, Urgency::parse)?,
        waiting_since: row.get(6)?,
        updated_at: row.get(7)?,
        customer: row.get(8)?,
        customer_name: row.get(9)?,
        tier: row.get(10)?,
        assignee: row.get(11)?,
        assignee_name: row.get(12)?,
        unread: row.get(13)?,
        mood: row.get(14)?,
    })
}
