-- Shift plans that became the roster of some weeks.

create table roster_adoption (
  id integer primary key,
  -- Mondays and ids of shifts, each as a list with commas between.
  weeks text not null,
  writes text not null,
  rests text not null,
  -- The Sunday of the last week, to read only what still matters.
  last_day text not null,
  active integer not null
) strict;
create index roster_adoption_by_last_day on roster_adoption (last_day);
