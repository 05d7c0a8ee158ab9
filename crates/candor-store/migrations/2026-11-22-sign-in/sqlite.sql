-- Working state, never journalled: how a mailbox is signed in at its provider. Tokens lie encrypted.
create table sign_in (
  mailbox_id integer primary key,
  refresh text not null,
  signed_in_at integer,
  ends_at integer,
  failure text not null,
  failure_detail text not null,
  pending text not null,
  pending_until integer
) strict;
