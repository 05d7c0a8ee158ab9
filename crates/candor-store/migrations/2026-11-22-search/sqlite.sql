-- Every term that some message has, so that the beginning of a word leads to whole terms.
create table search_term (
    term text primary key
) strict, without rowid;
insert into search_term (term)
select distinct word.value
  from search_doc, json_each('["' || replace(search_doc.terms, ' ', '","') || '"]') word
 where search_doc.terms <> '';
-- A hit leads to its ticket without a look at the terms, which make the rows of search_doc wide.
create index search_doc_ticket on search_doc (message_id, ticket_id);
