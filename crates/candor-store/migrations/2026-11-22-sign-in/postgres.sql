-- Working state, never journalled: how a mailbox is signed in at its provider. Tokens lie encrypted.
create table sign_in (
  mailbox_id bigint primary key,
  refresh text not null,
  signed_in_at bigint,
  ends_at bigint,
  failure text not null,
  failure_detail text not null,
  pending text not null,
  pending_until bigint
);
