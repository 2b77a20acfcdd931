-- A picture that somebody uploaded. Its files lie in the object store under its id;
-- here is what is known of them. `coming` while they are written, `made` once every
-- page can show it, `finished` with the smaller files that take longer, `dropped`
-- when its files may be deleted. Whatever shows it (a campaign, a reward, a story)
-- holds what it needs to know of it, so that no page reads this table.
create table media (
    id           uuid   not null constraint media_pkey primary key,
    -- Nothing, once a draft was deleted that it belonged to.
    campaign_id  uuid   constraint media_campaign_id_fkey references campaign (id),
    owner_id     uuid   not null constraint media_owner_id_fkey references account (id),
    kind         text   not null constraint media_kind_check check (kind in
        ('jpeg', 'png', 'webp', 'gif', 'avif')),
    width        bigint not null constraint media_width_check check (width > 0),
    height       bigint not null constraint media_height_check check (height > 0),
    alt          text   not null,
    blur         text   not null,
    -- Of the file as it came.
    bytes        bigint not null constraint media_bytes_check check (bytes > 0),
    state        text   not null constraint media_state_check check (state in
        ('coming', 'made', 'finished', 'dropped')),
    created_at   bigint not null,
    -- Since when nothing shows it, as far as the daily sweep knows.
    unused_since bigint,
    -- When a worker takes what is left to do, and how often one has tried.
    work_at      bigint,
    tries        bigint not null default 0
);

create index media_campaign_id_idx on media (campaign_id, created_at);
create index media_work_at_idx on media (work_at) where work_at is not null;
create index media_dropped_idx on media (id) where state = 'dropped';

-- The picture of a campaign, as JSON; without one, `image` is shown.
alter table campaign add column picture text;
