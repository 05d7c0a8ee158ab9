-- A contract that was written by mistake is taken away, and can be brought back.

alter table contract add column withdrawn integer not null default 0;
