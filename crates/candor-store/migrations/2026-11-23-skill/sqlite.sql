-- What somebody has to be able to do for a ticket, and who can.

create table skill (
  id integer primary key,
  name text not null,
  -- Tags and languages that ask for it, one a line.
  tags text not null,
  languages text not null,
  active integer not null
) strict;

create table skill_person (
  skill_id integer not null references skill (id),
  person_id integer not null references person (id),
  primary key (skill_id, person_id)
) strict;
