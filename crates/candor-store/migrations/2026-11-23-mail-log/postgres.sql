-- In whose mail log a row stands; null for what stands in none: copies of our own mail, mails that
-- only told of another (those are told of by `delivery`), mails to the team.
alter table incoming add column mailbox_id bigint references mailbox (id);
alter table outbox add column mailbox_id bigint references mailbox (id);
alter table delivery add column mailbox_id bigint references mailbox (id);

update incoming
   set mailbox_id = (select t.mailbox_id
                       from reading r
                       join message m on m.id = r.message_id
                       join ticket t on t.id = m.ticket_id
                      where r.message_id = incoming.message_id and r.incoming_id = incoming.id)
 where message_id is not null;
-- What no message was made of stands with the mailbox that it was sent to.
update incoming
   set mailbox_id = (select min(m.id)
                       from mailbox m
                      where strpos(chr(10) || lower(incoming.recipients) || chr(10),
                                   chr(10) || m.address || chr(10)) > 0
                         or (strpos(chr(10) || lower(incoming.recipients),
                                    chr(10) || split_part(m.address, '@', 1) || '+') > 0
                             and strpos(lower(incoming.recipients) || chr(10),
                                        '@' || split_part(m.address, '@', 2) || chr(10)) > 0))
 where message_id is null and error <> 'own_copy';
update outbox
   set mailbox_id = (select t.mailbox_id
                       from message m
                       join ticket t on t.id = m.ticket_id
                      where m.id = outbox.message_id)
 where message_id is not null;
update outbox
   set mailbox_id = (select t.mailbox_id
                       from automatic_mail a
                       join ticket t on t.id = a.ticket_id
                      where a.outbox_id = outbox.id)
 where id in (select outbox_id from automatic_mail);
update delivery
   set mailbox_id = (select t.mailbox_id
                       from message m
                       join ticket t on t.id = m.ticket_id
                      where m.id = delivery.message_id);

create index incoming_by_mailbox on incoming (mailbox_id, state, received_at, id)
  where mailbox_id is not null;
create index outbox_by_mailbox on outbox (mailbox_id, state, created_at, id)
  where mailbox_id is not null;
create index delivery_by_mailbox on delivery (mailbox_id, action, at, id)
  where mailbox_id is not null;
