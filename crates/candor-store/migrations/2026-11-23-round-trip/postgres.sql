-- Working state, never journalled: the last test of each mailbox, and what of it came back.
create table round_trip (
  mailbox_id bigint primary key,
  -- What its mails carry, so that they are known when they come back.
  token text not null unique,
  started_at bigint not null,
  -- What was found so far, JSON.
  facts text not null
);
