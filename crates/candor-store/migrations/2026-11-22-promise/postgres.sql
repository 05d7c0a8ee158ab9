-- Promises that people make: what somebody decided against a suggested urgency, and when they said
-- that the customer would hear from them.

create table urgency_choice (
  ticket_id bigint primary key references ticket (id),
  suggested text not null,
  ground text not null,
  chosen text not null,
  person_id bigint not null references person (id),
  at bigint not null,
  reason text not null,
  holds bigint not null,
  salt bytea not null
);

-- A promise typed in a reply. What became of it stands in promise_outcome under the same cycle.
create table given_promise (
  ticket_id bigint not null references ticket (id),
  cycle bigint not null,
  person_id bigint not null references person (id),
  words text not null,
  given_at bigint not null,
  due_at bigint not null,
  withdrawn_at bigint,
  reason text not null,
  salt bytea not null,
  primary key (ticket_id, cycle)
);
create index given_promise_person on given_promise (person_id, due_at);

-- What the writer of a draft wants to be held to, until it goes out.
create table draft_promise (
  draft_id bigint primary key references draft (id) on delete cascade,
  words text not null,
  due_at bigint not null
);

-- A promise that somebody gave belongs to no level.
alter table promise_outcome alter column level_id drop not null;
