-- A statement can be corrected: another version of its month. Each keeps who approved it and its words
-- on paper, as they were then.

alter table contract_statement add column version bigint not null default 1;
-- These three are empty for what was approved before they were kept.
alter table contract_statement add column approver text not null default '';
alter table contract_statement add column paper text not null default '';
alter table contract_statement add column seal text not null default '';
alter table contract_statement drop constraint contract_statement_pkey;
alter table contract_statement add primary key (contract_id, month, version);
