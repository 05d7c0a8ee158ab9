-- Mail from before the desk: what is asked for, how far it is, and which tickets came so.

-- Working state, never journalled: one row for each mailbox whose past somebody looks at.
create table past_mail (
  mailbox_id bigint primary key,
  -- counting, counted, running, stopped, done
  state text not null,
  -- The first day, as 2026-01-31.
  since text not null,
  with_sent bigint not null,
  inbox_validity bigint not null,
  sent_validity bigint not null,
  -- What counting found.
  mails bigint not null,
  conversations bigint not null,
  known bigint not null,
  unreadable bigint not null,
  too_large bigint not null,
  -- What came of it.
  brought bigint not null,
  tickets bigint not null,
  known_then bigint not null,
  set_aside bigint not null,
  left_out bigint not null,
  failure text not null,
  failure_detail text not null,
  changed_at bigint not null
);

-- Mails that are still to be brought in.
create table past_item (
  mailbox_id bigint not null,
  folder text not null,
  uid bigint not null,
  conversation bigint not null,
  at bigint not null,
  size bigint not null,
  primary key (mailbox_id, folder, uid)
);
create index past_item_in_order on past_item (mailbox_id, conversation, at, folder, uid);

-- Tickets that were brought in. Their entries in the history say so too.
create table past_ticket (
  ticket_id bigint primary key references ticket (id)
);
