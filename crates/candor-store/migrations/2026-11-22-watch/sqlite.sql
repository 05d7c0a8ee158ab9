-- Whether mail flows. Working state, never journalled, but for the alarms themselves.

-- Mails of each hour since the epoch that came to a mailbox.
create table mail_flow (
  mailbox_id integer not null,
  hour integer not null,
  mails integer not null,
  primary key (mailbox_id, hour)
) strict;

-- Up to which raw mail the hours are counted: one row.
create table mail_flow_mark (
  one integer primary key,
  incoming_id integer not null
) strict;

create table mail_watch (
  mailbox_id integer primary key,
  -- The first and the newest mail that is known of.
  first_at integer not null,
  last_at integer not null,
  -- When it was last looked at, and since when that happens without a gap.
  looked_at integer not null,
  awake_since integer not null,
  -- silence, fetch; empty while mail flows
  alarm text not null,
  since integer not null,
  -- Mails that usually come in that time, in thousandths.
  usual integer not null,
  -- began, ended: still to be told to the address that the settings name; else empty
  hook text not null
) strict;
