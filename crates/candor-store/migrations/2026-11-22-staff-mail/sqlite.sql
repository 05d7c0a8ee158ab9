-- Telling people of the team by mail, and their answers by mail.

-- Of what somebody wants mail. No row: of nothing.
create table mail_wish (
  person_id integer primary key references person (id),
  assigned integer not null,
  answered integer not null,
  team integer not null
) strict;

-- What somebody is told by mail: working state, swept after a month.
create table staff_notice (
  id integer primary key,
  person_id integer not null references person (id),
  ticket_id integer not null references ticket (id),
  -- The message that it shows.
  message_id integer,
  -- assigned, answered, team; kept_... where an answer by mail stayed a draft
  kind text not null,
  at integer not null,
  -- waiting, sent, summed, dropped
  state text not null,
  sent_at integer,
  outbox_id integer
) strict;
create index staff_notice_waiting on staff_notice (person_id, id) where state = 'waiting';
create index staff_notice_sent on staff_notice (person_id, sent_at) where sent_at is not null;
create index staff_notice_by_outbox on staff_notice (outbox_id) where outbox_id is not null;
create index staff_notice_by_time on staff_notice (at);
