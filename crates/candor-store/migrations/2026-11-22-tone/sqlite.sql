-- Tone: how customers' messages read, how conversations went, and what customers said of it.

-- What was read of one message of a customer. It follows from the message and can be made again.
create table message_reading (
  message_id integer primary key references message (id) on delete cascade,
  ticket_id integer not null references ticket (id) on delete cascade,
  -- Which version of model and rules read it; 0 waits to be read.
  version integer not null,
  -- en, de, too short to tell; empty was not read.
  language text not null,
  -- Thousandths, from -1000 to 1000.
  score integer not null,
  substantive integer not null,
  -- JSON: kind, confidence, places in the text.
  cues text not null
) strict;
create index message_reading_by_version on message_reading (version, message_id);
create index message_reading_by_ticket on message_reading (ticket_id, message_id);

insert into message_reading (message_id, ticket_id, version, language, score, substantive, cues)
select id, ticket_id, 0, '', 0, 0, '[]' from message where kind = 'incoming' and sender_is_customer = 1;

-- How one conversation goes, folded from its readings.
create table ticket_mood (
  ticket_id integer primary key references ticket (id) on delete cascade,
  version integer not null,
  level text not null,
  trend text not null,
  score integer not null,
  -- Last minus first substantive turn, in thousandths.
  outcome integer,
  turns integer not null,
  last_at integer not null,
  -- Left more upset, by the outcome or by their own rating.
  upset integer not null
) strict;
create index ticket_mood_upset on ticket_mood (last_at desc, ticket_id desc) where upset = 1;
create index ticket_mood_by_time on ticket_mood (last_at);

-- People who write without hints. Private: it is in no history and on nobody else's page.
create table hints_off (
  person_id integer primary key references person (id)
) strict;

-- What a customer said of a solved ticket, once.
create table rating (
  id integer primary key,
  ticket_id integer not null unique references ticket (id),
  asked_at integer not null,
  answered_at integer,
  grade text,
  words text not null,
  salt blob not null
) strict;
create index rating_by_time on rating (asked_at);

-- What is done about a customer who left more upset.
create table upset_review (
  ticket_id integer primary key references ticket (id),
  action text not null,
  owner_id integer references person (id),
  due_on text not null,
  done_at integer,
  salt blob not null
) strict;
