-- Working state, never journalled: the last test of each mailbox, and what of it came back.
create table round_trip (
  mailbox_id integer primary key,
  -- What its mails carry, so that they are known when they come back.
  token text not null unique,
  started_at integer not null,
  -- What was found so far, JSON.
  facts text not null
) strict;
