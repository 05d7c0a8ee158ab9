-- The certificate under which pages are served. Working state, never journalled, but for the fact
-- that one was issued.

-- What is known: its state as JSON; of several nodes also account and certificate, encrypted.
create table certificate_item (
  name text primary key,
  value text not null
) strict;

-- What an authority may fetch to see that the address is ours; deleted once it has.
create table certificate_challenge (
  token text primary key,
  answer text not null,
  at integer not null
) strict;
