-- Whether mail flows. Working state, never journalled, but for the alarms themselves.

-- Mails of each hour since the epoch that came to a mailbox.
create table mail_flow (
  mailbox_id bigint not null,
  hour bigint not null,
  mails bigint not null,
  primary key (mailbox_id, hour)
);

-- Up to which raw mail the hours are counted: one row.
create table mail_flow_mark (
  one bigint primary key,
  incoming_id bigint not null
);

create table mail_watch (
  mailbox_id bigint primary key,
  -- The first and the newest mail that is known of.
  first_at bigint not null,
  last_at bigint not null,
  -- When it was last looked at, and since when that happens without a gap.
  looked_at bigint not null,
  awake_since bigint not null,
  -- silence, fetch; empty while mail flows
  alarm text not null,
  since bigint not null,
  -- Mails that usually come in that time, in thousandths.
  usual bigint not null,
  -- began, ended: still to be told to the address that the settings name; else empty
  hook text not null
);
