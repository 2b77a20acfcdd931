-- Who works on a campaign beside its creator, who owns it without a row here. `rights`
-- are words with a space between; `own` alone is all of them. They are text, because a
-- right that comes later is then no new column, and one that goes means nothing.
create table collaborator (
    campaign_id uuid   not null constraint collaborator_campaign_id_fkey references campaign (id),
    account_id  uuid   not null constraint collaborator_account_id_fkey references account (id),
    rights      text   not null constraint collaborator_rights_check check (rights <> ''),
    added_at    bigint not null,
    constraint collaborator_pkey primary key (campaign_id, account_id)
);

create index collaborator_account_id_idx on collaborator (account_id);

-- An invitation that was not answered yet; an answer takes the row away. Only the hash
-- of its link's token is here, so that a copy of this table lets nobody in. One for each
-- address: sent again, it has another token and the old link ends.
create table invitation (
    id          uuid   not null constraint invitation_pkey primary key,
    campaign_id uuid   not null constraint invitation_campaign_id_fkey references campaign (id),
    email       text   not null,
    rights      text   not null constraint invitation_rights_check check (rights <> ''),
    token_hash  text   not null constraint invitation_token_hash_key unique,
    invited_by  uuid   not null constraint invitation_invited_by_fkey references account (id),
    created_at  bigint not null,
    expires_at  bigint not null,
    constraint invitation_campaign_id_email_key unique (campaign_id, email)
);

create index invitation_expires_at_idx on invitation (expires_at);

-- What was done about the people of a campaign: who, what, about whom, which rights.
-- A table of its own, since `campaign_event` is read by everybody who works on a
-- campaign and this holds addresses. Rows are only ever added; those of a draft go with
-- it, and the address of who was invited and never came is blanked after a while.
-- Nobody signed in, where an invitation was declined by its link.
create table people_event (
    id          uuid   not null constraint people_event_pkey primary key,
    campaign_id uuid   not null constraint people_event_campaign_id_fkey references campaign (id),
    kind        text   not null constraint people_event_kind_check check (kind in
        ('invited', 'invited_again', 'withdrawn', 'accepted', 'declined', 'rights_changed',
         'removed', 'left', 'handed_over', 'preview_made', 'preview_revoked')),
    account_id  uuid   constraint people_event_account_id_fkey references account (id),
    subject     text   not null,
    rights      text   not null,
    at          bigint not null
);

create index people_event_campaign_id_idx on people_event (campaign_id, at);
create index people_event_account_id_idx on people_event (account_id, at);

-- The link that shows a campaign before its launch to whoever has it. The token is kept
-- as it is, so that the studio can show it again: whoever reads this table reads what it
-- opens as well.
create table preview_link (
    campaign_id uuid   not null constraint preview_link_pkey primary key
        constraint preview_link_campaign_id_fkey references campaign (id),
    token       text   not null constraint preview_link_token_key unique,
    created_at  bigint not null
);

-- A campaign that is announced before its launch: while it is being written it has a
-- page that anyone can read.
create table announcement (
    campaign_id uuid   not null constraint announcement_pkey primary key
        constraint announcement_campaign_id_fkey references campaign (id),
    created_at  bigint not null
);

-- Who wants a letter when it launches. An address that a guest typed counts once its
-- letter's link was followed. `key` opens that answer and nothing else; it is kept as it
-- is, since the letters to all are written by one statement and each holds its own. Rows
-- go with the launch, with a deleted draft, or after a while.
create table watcher (
    id           uuid   not null constraint watcher_pkey primary key,
    campaign_id  uuid   not null constraint watcher_campaign_id_fkey references campaign (id),
    email        text   not null,
    locale       text   not null constraint watcher_locale_check check (locale in ('en', 'fr')),
    key          text   not null constraint watcher_key_key unique,
    created_at   bigint not null,
    confirmed_at bigint,
    constraint watcher_campaign_id_email_key unique (campaign_id, email)
);

create index watcher_created_at_idx on watcher (created_at);
