-- Addresses from which calendars take closed days: when each is read, and how it went. The
-- addresses themselves are settings, encrypted.

create table holiday_feed (
  calendar_id integer primary key references calendar (id),
  due_at integer not null,
  read_at integer,
  trouble text not null
) strict;
