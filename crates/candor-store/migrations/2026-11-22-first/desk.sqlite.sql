-- Tables of the capabilities: people, customers, mailboxes, tickets, messages, mail in and out.

create table tier (
  id integer primary key,
  name text not null unique,
  rank integer not null
) strict;

create table organization (
  id integer primary key,
  name text not null unique,
  tier_id integer references tier (id)
) strict;
create index organization_by_tier on organization (tier_id) where tier_id is not null;

create table team (
  id integer primary key,
  name text not null unique
) strict;

create table role (
  id integer primary key,
  name text not null unique
) strict;

create table role_grant (
  role_id integer not null references role (id),
  permission text not null,
  scope text not null,
  primary key (role_id, permission, scope)
) strict;

create table brand (
  id integer primary key,
  name text not null,
  language text not null,
  zone text not null
) strict;

create table mailbox (
  id integer primary key,
  address text not null unique,
  name text not null,
  brand_id integer not null references brand (id),
  team_id integer references team (id),
  close_after_days integer not null,
  signature text not null,
  active integer not null
) strict;

create table person (
  id integer primary key,
  name text not null,
  email text not null unique,
  role_id integer not null references role (id),
  language text,
  zone text not null,
  undo_seconds integer not null,
  active integer not null,
  password text,
  created_at integer not null,
  salt blob not null
) strict;

create table person_team (
  person_id integer not null references person (id),
  team_id integer not null references team (id),
  primary key (person_id, team_id)
) strict;

create table person_mailbox (
  person_id integer not null references person (id),
  mailbox_id integer not null references mailbox (id),
  primary key (person_id, mailbox_id)
) strict;

create table session (
  id integer primary key,
  token_hash blob not null unique,
  person_id integer not null references person (id),
  created_at integer not null,
  seen_at integer not null,
  -- When the password was last given; changes of one's own login ask for a recent one.
  proved_at integer not null,
  expires_at integer not null,
  user_agent text not null,
  address text not null
) strict;
create index session_by_person on session (person_id, seen_at desc);

-- One-time secrets: invitations, password resets, the code of the first run.
create table passkey (
  token_hash blob primary key,
  person_id integer references person (id),
  purpose text not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict;

-- Failed logins by account and by address, so that every node sees them.
create table login_failure (
  subject text primary key,
  failures integer not null,
  last_at integer not null,
  blocked_until integer not null
) strict;

create table token (
  id integer primary key,
  person_id integer not null references person (id),
  name text not null,
  token_hash blob not null unique,
  scopes text not null,
  created_at integer not null,
  expires_at integer,
  used_at integer,
  revoked_at integer
) strict;

create table setting (
  name text primary key,
  value text not null,
  salt blob not null
) strict;

create table customer (
  id integer primary key,
  name text not null,
  -- The name in the form that lists are sorted by, compared byte by byte on both engines.
  sort_name text collate binary not null,
  tier_id integer references tier (id),
  organization_id integer references organization (id),
  language text,
  note text not null,
  created_at integer not null,
  salt blob not null
) strict;
create index customer_by_name on customer (sort_name, id);
create index customer_by_organization on customer (organization_id) where organization_id is not null;
create index customer_by_tier on customer (tier_id) where tier_id is not null;

-- The folded words of a customer's name, addresses and organization, for look-ups while typing.
create table customer_word (
  word text collate binary not null,
  customer_id integer not null references customer (id),
  primary key (word, customer_id)
) strict;
create index customer_word_by_customer on customer_word (customer_id);

create table identity (
  id integer primary key,
  customer_id integer not null references customer (id),
  kind text not null,
  value text not null,
  verified integer not null,
  salt blob not null,
  unique (kind, value)
) strict;
create index identity_by_customer on identity (customer_id);

create table ticket (
  id integer primary key,
  subject text not null,
  customer_id integer not null references customer (id),
  conversation_id integer not null,
  mailbox_id integer not null references mailbox (id),
  channel text not null,
  status text not null,
  kind text,
  urgency text not null,
  team_id integer references team (id),
  assignee_id integer references person (id),
  spam integer not null,
  -- The one list it stands in: 0 active, 1 waiting, 2 on hold, 3 solved, 4 closed, 5 spam.
  place integer not null,
  follows_id integer references ticket (id),
  created_at integer not null,
  updated_at integer not null,
  waiting_since integer,
  solved_at integer,
  last_public_message_id integer,
  link_epoch integer not null,
  version integer not null,
  salt blob not null
) strict;
create index ticket_open on ticket (updated_at desc, id desc) where place <= 2;
create index ticket_by_place on ticket (place, updated_at desc, id desc);
create index ticket_by_assignee on ticket (assignee_id, place, updated_at desc, id desc);
create index ticket_by_team on ticket (team_id, place, updated_at desc, id desc);
create index ticket_by_customer on ticket (customer_id, id desc);
create index ticket_solved on ticket (solved_at) where place = 3;
create index ticket_follows on ticket (follows_id) where follows_id is not null;

create table ticket_tag (
  ticket_id integer not null references ticket (id),
  tag text not null,
  primary key (ticket_id, tag)
) strict;
create index ticket_tag_by_tag on ticket_tag (tag, ticket_id);

-- How many tickets stand where. A row is a change; they are summed when read and folded now and
-- then, so that no row is written by every change.
create table ticket_count (
  id integer primary key,
  mailbox_id integer not null,
  team_id integer not null,
  assignee_id integer not null,
  place integer not null,
  n integer not null
) strict;

create table conversation (
  id integer primary key,
  ticket_id integer not null references ticket (id),
  audience text not null
) strict;
create index conversation_by_ticket on conversation (ticket_id);

create table message (
  id integer primary key,
  ticket_id integer not null references ticket (id),
  conversation_id integer not null references conversation (id),
  kind text not null,
  author text not null,
  author_id integer,
  channel text not null,
  at integer not null,
  sender_name text not null,
  sender_address text not null,
  sender_is_customer integer not null,
  recipients text not null,
  copies text not null,
  body text not null,
  html_blob text,
  raw_blob text,
  mail_id text not null,
  salt blob not null
) strict;
create index message_by_ticket on message (ticket_id, id);
create index message_by_mail_id on message (mail_id) where mail_id <> '';

create table attachment (
  id integer primary key,
  message_id integer references message (id),
  draft_id integer,
  name text not null,
  media_type text not null,
  size integer not null,
  blob text not null,
  content_id text not null,
  inline integer not null
) strict;
create index attachment_by_message on attachment (message_id);
create index attachment_by_draft on attachment (draft_id) where draft_id is not null;

-- An unsent text of one person in one ticket. With send_at it is on its way and can be taken back.
create table draft (
  id integer primary key,
  ticket_id integer not null references ticket (id),
  person_id integer not null references person (id),
  kind text not null,
  body text not null,
  copies text not null,
  after_send text not null,
  seen_message_id integer not null,
  begun_at integer not null,
  updated_at integer not null,
  send_at integer,
  held_by_id integer,
  unique (ticket_id, person_id, kind)
) strict;
create index draft_on_its_way on draft (send_at) where send_at is not null;

-- A raw mail as it came in, before it is understood.
create table incoming (
  id integer primary key,
  received_at integer not null,
  via text not null,
  mail_from text not null,
  recipients text not null,
  blob text not null,
  size integer not null,
  mail_id text not null,
  digest blob not null,
  state text not null,
  error text not null,
  message_id integer references message (id),
  unique (digest, mail_id)
) strict;
create index incoming_by_state on incoming (state, id desc);

-- A mail on its way out. `secret` ones hold links and codes; staff never read them here. A reply's
-- text stands in its message; subject and body are those of other mails, and a secret body is
-- blanked as soon as the mail is out or given up.
create table outbox (
  id integer primary key,
  message_id integer references message (id),
  purpose text not null,
  mail_from text not null,
  recipients text not null,
  subject text not null,
  body text not null,
  blob text not null,
  mail_id text not null,
  state text not null,
  attempts integer not null,
  last_error text not null,
  created_at integer not null,
  sent_at integer,
  secret integer not null
) strict;
create index outbox_by_state on outbox (state, id desc);
create index outbox_by_message on outbox (message_id) where message_id is not null;

-- Working state, never journalled: who looks at what, and what was read.
create table presence (
  ticket_id integer not null,
  person_id integer not null,
  doing text not null,
  until integer not null,
  primary key (ticket_id, person_id)
) strict;

create table read_mark (
  person_id integer not null,
  ticket_id integer not null,
  message_id integer not null,
  primary key (person_id, ticket_id)
) strict;

-- Working state, never journalled: how far an inbox elsewhere was read.
create table fetch_place (
  mailbox_id integer primary key,
  uid_validity integer not null,
  next_uid integer not null,
  kept integer not null,
  left_behind integer not null,
  looked_at integer,
  failure text not null,
  failure_detail text not null
) strict;
