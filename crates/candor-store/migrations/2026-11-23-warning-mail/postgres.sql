-- When somebody was last sent warnings: it outlives the warnings themselves.

create table warning_mail (
  person_id bigint primary key references person (id),
  at bigint not null
);
insert into warning_mail (person_id, at)
select person_id, max(mailed_at) from warning where mailed_at is not null group by person_id;
alter table warning drop column mailed_at;

-- What a person has not put away.
create index warning_unseen on warning (person_id, at) where seen_at is null;
