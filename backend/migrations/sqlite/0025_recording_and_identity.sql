-- See the Postgres file of the same name for the reasons.
create table recording (
    id           blob   not null constraint recording_pkey primary key,
    campaign_id  blob   constraint recording_campaign_id_fkey references campaign (id),
    owner_id     blob   not null constraint recording_owner_id_fkey references account (id),
    kind         text   constraint recording_kind_check check (kind in
        ('mp4', 'webm', 'm4a', 'mp3', 'ogg')),
    bytes        bigint not null constraint recording_bytes_check check (bytes > 0),
    state        text   not null constraint recording_state_check check (state in
        ('coming', 'made', 'dropped')),
    created_at   bigint not null,
    unused_since bigint
);

create index recording_campaign_id_idx on recording (campaign_id, created_at);
create index recording_dropped_idx on recording (id) where state = 'dropped';

create table identity (
    account_id blob   not null constraint identity_pkey primary key
        constraint identity_account_id_fkey references account (id),
    kind       text   not null constraint identity_kind_check check (kind in
        ('person', 'organisation')),
    name       text   not null,
    country    text   not null,
    address    text   not null,
    state      text   not null constraint identity_state_check check (state in
        ('stated', 'verified', 'refused')),
    remark     text   not null,
    stated_at  bigint not null,
    judged_by  blob   constraint identity_judged_by_fkey references account (id),
    judged_at  bigint
);
