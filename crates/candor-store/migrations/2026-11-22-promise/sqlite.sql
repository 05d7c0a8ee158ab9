-- Promises that people make: what somebody decided against a suggested urgency, and when they said
-- that the customer would hear from them.

create table urgency_choice (
  ticket_id integer primary key references ticket (id),
  suggested text not null,
  ground text not null,
  chosen text not null,
  person_id integer not null references person (id),
  at integer not null,
  reason text not null,
  holds integer not null,
  salt blob not null
) strict;

-- A promise typed in a reply. What became of it stands in promise_outcome under the same cycle.
create table given_promise (
  ticket_id integer not null references ticket (id),
  cycle integer not null,
  person_id integer not null references person (id),
  words text not null,
  given_at integer not null,
  due_at integer not null,
  withdrawn_at integer,
  reason text not null,
  salt blob not null,
  primary key (ticket_id, cycle)
) strict;
create index given_promise_person on given_promise (person_id, due_at);

-- What the writer of a draft wants to be held to, until it goes out.
create table draft_promise (
  draft_id integer primary key references draft (id) on delete cascade,
  words text not null,
  due_at integer not null
) strict;

-- A promise that somebody gave belongs to no level.
create table promise_outcome_new (
  ticket_id integer not null references ticket (id),
  metric text not null,
  cycle integer not null,
  level_id integer references service_level (id),
  urgency text not null,
  since_at integer,
  decided_at integer not null,
  done_at integer,
  kept integer not null,
  left_us integer not null,
  primary key (ticket_id, metric, cycle)
) strict;
insert into promise_outcome_new (ticket_id, metric, cycle, level_id, urgency, since_at, decided_at,
       done_at, kept, left_us)
select ticket_id, metric, cycle, level_id, urgency, since_at, decided_at, done_at, kept, left_us
  from promise_outcome;
drop table promise_outcome;
alter table promise_outcome_new rename to promise_outcome;
create index promise_outcome_decided on promise_outcome (decided_at);
