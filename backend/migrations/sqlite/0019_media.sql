-- See the Postgres file of the same name for the reasons.
create table media (
    id           blob   not null constraint media_pkey primary key,
    campaign_id  blob   constraint media_campaign_id_fkey references campaign (id),
    owner_id     blob   not null constraint media_owner_id_fkey references account (id),
    kind         text   not null constraint media_kind_check check (kind in
        ('jpeg', 'png', 'webp', 'gif', 'avif')),
    width        bigint not null constraint media_width_check check (width > 0),
    height       bigint not null constraint media_height_check check (height > 0),
    alt          text   not null,
    blur         text   not null,
    bytes        bigint not null constraint media_bytes_check check (bytes > 0),
    state        text   not null constraint media_state_check check (state in
        ('coming', 'made', 'finished', 'dropped')),
    created_at   bigint not null,
    unused_since bigint,
    work_at      bigint,
    tries        bigint not null default 0
);

create index media_campaign_id_idx on media (campaign_id, created_at);
create index media_work_at_idx on media (work_at) where work_at is not null;
create index media_dropped_idx on media (id) where state = 'dropped';

-- The picture of a campaign, as JSON; without one, `image` is shown.
alter table campaign add column picture text;
