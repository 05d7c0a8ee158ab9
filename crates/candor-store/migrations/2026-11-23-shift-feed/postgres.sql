-- Addresses at which people's calendars read their shifts: the hash of the secret in each.

create table shift_feed (
  person_id bigint primary key references person (id),
  secret_hash bytea not null unique,
  made_at bigint not null
);
