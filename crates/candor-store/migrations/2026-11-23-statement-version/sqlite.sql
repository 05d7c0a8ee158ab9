-- A statement can be corrected: another version of its month. Each keeps who approved it and its words
-- on paper, as they were then.

create table contract_statement_new (
  contract_id integer not null references contract (id),
  month text not null,
  version integer not null,
  document text not null,
  hash text not null,
  approved_by integer not null references person (id),
  approved_at integer not null,
  -- These three are empty for what was approved before they were kept.
  approver text not null,
  paper text not null,
  seal text not null,
  primary key (contract_id, month, version)
) strict;
insert into contract_statement_new (contract_id, month, version, document, hash, approved_by,
        approved_at, approver, paper, seal)
  select contract_id, month, 1, document, hash, approved_by, approved_at, '', '', ''
    from contract_statement;
drop table contract_statement;
alter table contract_statement_new rename to contract_statement;
