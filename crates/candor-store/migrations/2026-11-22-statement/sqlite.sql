-- Contracts with organizations, announced maintenance, approved statements.

create table contract (
  id integer primary key,
  organization_id integer not null references organization (id),
  name text not null,
  first_day text not null,
  last_day text,
  level_id integer not null references service_level (id),
  calendar_id integer not null references calendar (id),
  -- What else was agreed, JSON.
  agreed text not null,
  terms_id integer not null
) strict;
create index contract_by_organization on contract (organization_id);

create table maintenance (
  id integer primary key,
  contract_id integer not null references contract (id),
  announced_at integer not null,
  begins_at integer not null,
  ends_at integer not null,
  reason text not null,
  withdrawn_at integer
) strict;
create index maintenance_by_contract on maintenance (contract_id, begins_at);

-- Never changed.
create table contract_statement (
  contract_id integer not null references contract (id),
  month text not null,
  document text not null,
  hash text not null,
  approved_by integer not null references person (id),
  approved_at integer not null,
  primary key (contract_id, month)
) strict;

alter table ticket_clock add column contract_id integer references contract (id);
alter table promise_outcome add column contract_id integer references contract (id);
create index promise_outcome_contract on promise_outcome (contract_id, decided_at)
 where contract_id is not null;
