-- Who works when, who is away, who takes a shift; how long answers take; holidays from elsewhere.

create table shift (
  id integer primary key,
  person_id integer not null references person (id),
  -- Weekdays as bits, Monday the lowest; 0 for a shift of one day.
  days integer not null,
  first_day text not null,
  last_day text,
  hours text not null,
  active integer not null
) strict;

create table absence (
  id integer primary key,
  person_id integer not null references person (id),
  deputy_id integer references person (id),
  first_day text not null,
  last_day text not null,
  state text not null,
  kind text not null,
  note text not null,
  salt blob not null
) strict;
create index absence_by_last_day on absence (last_day);

create table shift_swap (
  id integer primary key,
  shift_id integer not null references shift (id),
  day text not null,
  by_id integer not null references person (id),
  taker_id integer references person (id),
  state text not null
) strict;
create index shift_swap_by_day on shift_swap (day);

-- How long answers took, without who wrote them: for forecasts, never for marks.
create table handle_time (
  message_id integer primary key references message (id),
  at integer not null,
  seconds integer not null
) strict;
create index handle_time_by_time on handle_time (at);

create index ticket_created on ticket (created_at);

-- Since when somebody has had a ticket open, without a break.
alter table presence add column since integer;

-- Who was handed a ticket last, where the desk hands out.
create table queue_turn (
  one integer primary key,
  person_id integer not null references person (id)
) strict;
