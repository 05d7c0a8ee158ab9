-- What was understood of a mail that became a message. It can be made again from the mail's bytes.
create table reading (
  message_id integer primary key references message (id),
  incoming_id integer not null references incoming (id),
  at integer not null,
  verdict text not null,
  -- One a line: the rule, a blank, what it saw.
  reasons text not null,
  -- The first day back of somebody who is away, such as 2026-03-02; empty where none is told.
  back_on text not null,
  joined_by text not null,
  language text not null,
  -- One a line: first byte, byte behind the last, reason.
  removed text not null,
  -- Why no automatic answer went out; empty where one did.
  silence text not null,
  -- Sender and text in one hash, by which mail that repeats itself is noticed.
  echo text not null
) strict;
create index reading_by_echo on reading (echo, at);

-- What mail servers told about mails of ours.
create table delivery (
  id integer primary key,
  message_id integer not null references message (id),
  incoming_id integer not null references incoming (id),
  at integer not null,
  recipient text not null,
  action text not null,
  status text not null,
  cause text not null,
  diagnostic text not null
) strict;
create index delivery_by_message on delivery (message_id);

-- Addresses that do not work. Mail to them is held until somebody releases them.
create table suppression (
  id integer primary key,
  address text not null unique,
  cause text not null,
  status text not null,
  diagnostic text not null,
  message_id integer references message (id),
  at integer not null,
  released_at integer,
  salt blob not null
) strict;
create index suppression_active on suppression (id desc) where released_at is null;

-- Mails that the desk sent by itself, for the limits on them.
create table automatic_mail (
  id integer primary key,
  outbox_id integer not null references outbox (id),
  ticket_id integer not null references ticket (id),
  message_id integer not null references message (id),
  address text not null,
  at integer not null
) strict;
create index automatic_mail_by_address on automatic_mail (address, at);
create index automatic_mail_by_time on automatic_mail (at);
create index automatic_mail_by_outbox on automatic_mail (outbox_id);
create index automatic_mail_by_ticket on automatic_mail (ticket_id);

create index outbox_by_mail_id on outbox (mail_id);
create index incoming_by_message on incoming (message_id) where message_id is not null;
create index message_by_sender on message (sender_address, id) where sender_address <> '';
