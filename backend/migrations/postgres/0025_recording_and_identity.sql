-- A film or a sound that somebody uploaded. Its one file lies in the object store
-- under its id, as it came: what it is was read from its content, and it is only ever
-- served as that. `coming` while it is written, `made` once it can be played,
-- `dropped` when its file may be deleted.
create table recording (
    id           uuid   not null constraint recording_pkey primary key,
    -- Nothing, once a draft was deleted that it belonged to.
    campaign_id  uuid   constraint recording_campaign_id_fkey references campaign (id),
    owner_id     uuid   not null constraint recording_owner_id_fkey references account (id),
    -- Nothing while it is coming: only the content says.
    kind         text   constraint recording_kind_check check (kind in
        ('mp4', 'webm', 'm4a', 'mp3', 'ogg')),
    -- While it is coming, as many as were announced, so that two that come at once do
    -- not both take the room that is left.
    bytes        bigint not null constraint recording_bytes_check check (bytes > 0),
    state        text   not null constraint recording_state_check check (state in
        ('coming', 'made', 'dropped')),
    created_at   bigint not null,
    -- Since when nothing shows it, as far as the daily sweep knows.
    unused_since bigint
);

create index recording_campaign_id_idx on recording (campaign_id, created_at);
create index recording_dropped_idx on recording (id) where state = 'dropped';

-- Who stands behind somebody's campaigns, as they state it: apart from the account, so
-- that nothing that reads accounts reads names and addresses along. Whatever is stated
-- anew is looked at anew.
create table identity (
    account_id uuid   not null constraint identity_pkey primary key
        constraint identity_account_id_fkey references account (id),
    kind       text   not null constraint identity_kind_check check (kind in
        ('person', 'organisation')),
    name       text   not null,
    country    text   not null,
    address    text   not null,
    state      text   not null constraint identity_state_check check (state in
        ('stated', 'verified', 'refused')),
    -- What the operator said of it.
    remark     text   not null,
    stated_at  bigint not null,
    judged_by  uuid   constraint identity_judged_by_fkey references account (id),
    judged_at  bigint
);
