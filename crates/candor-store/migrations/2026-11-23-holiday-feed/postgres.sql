-- Addresses from which calendars take closed days: when each is read, and how it went. The
-- addresses themselves are settings, encrypted.

create table holiday_feed (
  calendar_id bigint primary key references calendar (id),
  due_at bigint not null,
  read_at bigint,
  trouble text not null
);
