-- Mail from before the desk: what is asked for, how far it is, and which tickets came so.

-- Working state, never journalled: one row for each mailbox whose past somebody looks at.
create table past_mail (
  mailbox_id integer primary key,
  -- counting, counted, running, stopped, done
  state text not null,
  -- The first day, as 2026-01-31.
  since text not null,
  with_sent integer not null,
  inbox_validity integer not null,
  sent_validity integer not null,
  -- What counting found.
  mails integer not null,
  conversations integer not null,
  known integer not null,
  unreadable integer not null,
  too_large integer not null,
  -- What came of it.
  brought integer not null,
  tickets integer not null,
  known_then integer not null,
  set_aside integer not null,
  left_out integer not null,
  failure text not null,
  failure_detail text not null,
  changed_at integer not null
) strict;

-- Mails that are still to be brought in.
create table past_item (
  mailbox_id integer not null,
  folder text not null,
  uid integer not null,
  conversation integer not null,
  at integer not null,
  size integer not null,
  primary key (mailbox_id, folder, uid)
) strict;
create index past_item_in_order on past_item (mailbox_id, conversation, at, folder, uid);

-- Tickets that were brought in. Their entries in the history say so too.
create table past_ticket (
  ticket_id integer primary key references ticket (id)
) strict;
