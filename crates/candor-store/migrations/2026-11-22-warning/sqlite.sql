-- Whom warnings before a breach reach.

-- Whom a level names, JSON; empty is the usual.
alter table service_level add column warns text not null default '{}';

-- What somebody was warned of: working state, gone once the promise is kept.
create table warning (
  person_id integer not null references person (id),
  ticket_id integer not null references ticket (id),
  metric text not null,
  -- 1 and 2 before the end, 3 at it.
  step integer not null,
  due_at integer,
  at integer not null,
  seen_at integer,
  -- 0: not wanted, 1: to be sent, 2: sent.
  mail integer not null,
  mailed_at integer,
  primary key (person_id, ticket_id, metric)
) strict;
create index warning_by_ticket on warning (ticket_id, metric);
create index warning_to_mail on warning (person_id) where mail = 1;
