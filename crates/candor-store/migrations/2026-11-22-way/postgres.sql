-- Each way out counts its own mails: '' is the desk's server, others are accounts of mailboxes.
alter table send_mark add column way text not null default '';
create index send_mark_by_way on send_mark (way, at);
