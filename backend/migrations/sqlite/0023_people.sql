-- See the Postgres file of the same name for the reasons.
create table collaborator (
    campaign_id blob   not null constraint collaborator_campaign_id_fkey references campaign (id),
    account_id  blob   not null constraint collaborator_account_id_fkey references account (id),
    rights      text   not null constraint collaborator_rights_check check (rights <> ''),
    added_at    bigint not null,
    constraint collaborator_pkey primary key (campaign_id, account_id)
);

create index collaborator_account_id_idx on collaborator (account_id);

create table invitation (
    id          blob   not null constraint invitation_pkey primary key,
    campaign_id blob   not null constraint invitation_campaign_id_fkey references campaign (id),
    email       text   not null,
    rights      text   not null constraint invitation_rights_check check (rights <> ''),
    token_hash  text   not null constraint invitation_token_hash_key unique,
    invited_by  blob   not null constraint invitation_invited_by_fkey references account (id),
    created_at  bigint not null,
    expires_at  bigint not null,
    constraint invitation_campaign_id_email_key unique (campaign_id, email)
);

create index invitation_expires_at_idx on invitation (expires_at);

create table people_event (
    id          blob   not null constraint people_event_pkey primary key,
    campaign_id blob   not null constraint people_event_campaign_id_fkey references campaign (id),
    kind        text   not null constraint people_event_kind_check check (kind in
        ('invited', 'invited_again', 'withdrawn', 'accepted', 'declined', 'rights_changed',
         'removed', 'left', 'handed_over', 'preview_made', 'preview_revoked')),
    account_id  blob   constraint people_event_account_id_fkey references account (id),
    subject     text   not null,
    rights      text   not null,
    at          bigint not null
);

create index people_event_campaign_id_idx on people_event (campaign_id, at);
create index people_event_account_id_idx on people_event (account_id, at);

create table preview_link (
    campaign_id blob   not null constraint preview_link_pkey primary key
        constraint preview_link_campaign_id_fkey references campaign (id),
    token       text   not null constraint preview_link_token_key unique,
    created_at  bigint not null
);

create table announcement (
    campaign_id blob   not null constraint announcement_pkey primary key
        constraint announcement_campaign_id_fkey references campaign (id),
    created_at  bigint not null
);

create table watcher (
    id           blob   not null constraint watcher_pkey primary key,
    campaign_id  blob   not null constraint watcher_campaign_id_fkey references campaign (id),
    email        text   not null,
    locale       text   not null constraint watcher_locale_check check (locale in ('en', 'fr')),
    key          text   not null constraint watcher_key_key unique,
    created_at   bigint not null,
    confirmed_at bigint,
    constraint watcher_campaign_id_email_key unique (campaign_id, email)
);

create index watcher_created_at_idx on watcher (created_at);
