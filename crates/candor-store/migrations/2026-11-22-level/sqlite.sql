-- Service levels: calendars, levels, their wordings, the clocks of tickets, what became of promises.

create table calendar (
  id integer primary key,
  name text not null unique,
  body text not null
) strict;

create table service_level (
  id integer primary key,
  name text not null unique,
  calendar_id integer not null references calendar (id),
  body text not null,
  covers text not null,
  is_public integer not null,
  active integer not null,
  terms_id integer not null
) strict;

-- What clocks ran by; never changed.
create table terms (
  id integer primary key,
  level_id integer not null references service_level (id),
  level_body text not null,
  calendar_body text not null
) strict;

-- What a ticket is promised and its clocks, folded from its history. The columns after the state
-- repeat the promise that comes first, for lists and the queue.
create table ticket_clock (
  ticket_id integer primary key references ticket (id),
  level_id integer references service_level (id),
  reason text,
  terms_id integer references terms (id),
  state text not null,
  metric text,
  due_at integer,
  left_us integer,
  allowed_us integer,
  next_at integer
) strict;
create index ticket_clock_next on ticket_clock (next_at) where next_at is not null;

create table promise_outcome (
  ticket_id integer not null references ticket (id),
  metric text not null,
  cycle integer not null,
  level_id integer not null references service_level (id),
  urgency text not null,
  since_at integer,
  decided_at integer not null,
  done_at integer,
  kept integer not null,
  left_us integer not null,
  primary key (ticket_id, metric, cycle)
) strict;
create index promise_outcome_decided on promise_outcome (decided_at);
