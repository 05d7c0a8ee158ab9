-- A count of the past that was begun anew makes what an earlier one still writes worthless.

alter table past_mail add column run bigint not null default 0;
-- The first days that belong to fetching, as 2026-01-31, of the inbox and of the folder of sent
-- mail; empty where nothing of a folder belongs to the past.
alter table past_mail add column inbox_until text not null default '';
alter table past_mail add column sent_until text not null default '';

-- Items carry the run that counted them, and how often bringing one in was tried in vain. They are
-- working state: what was counted is counted again.
drop table past_item;
create table past_item (
  mailbox_id bigint not null,
  run bigint not null,
  folder text not null,
  uid bigint not null,
  conversation bigint not null,
  at bigint not null,
  size bigint not null,
  attempts bigint not null,
  primary key (mailbox_id, run, folder, uid)
);
create index past_item_in_order on past_item (mailbox_id, run, conversation, at, folder, uid);
delete from past_mail where state <> 'done';
