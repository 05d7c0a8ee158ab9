-- What the DNS said about a domain that we send from. Working state, never journalled.
create table domain_look (
  domain text primary key,
  looked_at integer not null,
  found text not null
) strict;

-- Whether somebody vouched for the sender of a mail, and what the checks found.
create table sender_check (
  message_id integer primary key references message (id),
  vouched text not null,
  found text not null
) strict;

-- The computer that handed a mail over, where it was one; its greeting.
alter table incoming add column peer text not null default '';
alter table incoming add column hello text not null default '';

-- When mail was handed over, for the limits of the provider. Swept after a day.
create table send_mark (
  id integer primary key,
  at integer not null
) strict;
create index send_mark_by_time on send_mark (at);
