-- When the server of a fetched mail took it in; null where that is when we did.
alter table incoming add column arrived_at bigint;
-- Since when somebody knows that a mailbox gets no mail and is not to be told; null otherwise.
alter table mail_watch add column accepted_at bigint;
