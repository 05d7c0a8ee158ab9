-- Each way out counts its own mails: '' is the desk's server, others are accounts of mailboxes.
alter table send_mark add column way text not null default '';
create index send_mark_by_way on send_mark (way, at);
-- Working state, never journalled: how far each folder of an account was read. The inbox was the
-- only one before.
create table folder_place (
  mailbox_id bigint not null,
  folder text not null,
  uid_validity bigint not null,
  next_uid bigint not null,
  kept bigint not null,
  left_behind bigint not null,
  looked_at bigint,
  failure text not null,
  failure_detail text not null,
  gone bigint not null,
  checked_at bigint,
  counts_from bigint not null,
  primary key (mailbox_id, folder)
);
insert into folder_place
  select mailbox_id, 'inbox', uid_validity, next_uid, kept, left_behind, looked_at, failure,
         failure_detail, 0, null, next_uid
    from fetch_place;
drop table fetch_place;
