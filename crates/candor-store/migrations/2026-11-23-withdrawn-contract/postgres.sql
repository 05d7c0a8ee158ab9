-- A contract that was written by mistake is taken away, and can be brought back.

alter table contract add column withdrawn bigint not null default 0;
