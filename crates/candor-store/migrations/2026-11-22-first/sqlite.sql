create table journal (
    id integer primary key autoincrement,
    position integer unique,
    at integer not null,
    actor text not null,
    subject text not null,
    kind text not null,
    version integer not null,
    facts text not null,
    content blob,
    mac blob not null
) strict;
create index journal_subject on journal (subject, id);

create table checkpoint (
    size integer primary key,
    root blob not null,
    frontier blob not null,
    note text not null,
    at integer not null
) strict;

create table lease (
    name text primary key,
    holder text not null,
    until integer not null
) strict;

create table job (
    id integer primary key autoincrement,
    kind text not null,
    payload text not null,
    run_at integer not null,
    attempts integer not null default 0,
    state text not null default 'pending',
    last_error text,
    dedupe text unique
) strict;
create index job_due on job (run_at, id) where state = 'pending';
create index job_gave_up on job (id) where state = 'gave_up';

create table idempotency (
    owner text not null,
    key text not null,
    request_hash blob not null,
    status integer not null,
    body text not null,
    created_at integer not null,
    primary key (owner, key)
) strict, without rowid;
create index idempotency_created_at on idempotency (created_at);

create table blob (
    hash blob primary key,
    size integer not null,
    named_at integer not null
) strict;
create table blob_unnamed (
    hash blob primary key,
    staged_at integer not null
) strict;
create index blob_unnamed_staged_at on blob_unnamed (staged_at);
create table blob_bytes (
    hash blob not null,
    chunk integer not null,
    bytes blob not null,
    unique (hash, chunk)
) strict;

create table search_doc (
    message_id integer primary key,
    ticket_id integer not null,
    terms text not null
) strict;
-- The terms are analysed already: the tokenizer splits at spaces only. Without positions and sizes
-- the index is small; nothing asks for phrases.
create virtual table search_index using fts5 (
    terms, content = 'search_doc', content_rowid = 'message_id',
    tokenize = 'ascii', detail = 'none', columnsize = 0
);
insert into search_index (search_index, rank) values ('secure-delete', 1);
