-- Addresses at which people's calendars read their shifts: the hash of the secret in each.

create table shift_feed (
  person_id integer primary key references person (id),
  secret_hash blob not null unique,
  made_at integer not null
) strict;
