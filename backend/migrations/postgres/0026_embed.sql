-- Where a campaign may be shown, as its creator wants it; without a row, anywhere.
create table embed_rule (
    campaign_id uuid    not null constraint embed_rule_pkey primary key
                        constraint embed_rule_campaign_id_fkey references campaign (id) on delete cascade,
    is_off      boolean not null,
    -- One host a line; empty for any.
    hosts       text    not null
);

-- One place where somebody shows a campaign: a short name that its address carries, so
-- that they can be told what comes of it. It belongs to who made it, if that is known.
-- Its figures are written by a worker, a few seconds after they were counted in memory;
-- nothing is kept of who looked.
create table embed (
    id          text   not null constraint embed_pkey primary key,
    campaign_id uuid   not null constraint embed_campaign_id_fkey references campaign (id) on delete cascade,
    owner_id    uuid   constraint embed_owner_id_fkey references account (id) on delete set null,
    created_at  bigint not null,
    views       bigint not null default 0,
    clicks      bigint not null default 0
);

create index embed_campaign_id_idx on embed (campaign_id, created_at);
create index embed_owner_id_idx on embed (owner_id, created_at);

-- Which pledge came by which of them. Not a column of the pledge: it is written after
-- the answer, since no pledge is to wait for it or to fail with it.
create table embed_pledge (
    pledge_id uuid not null constraint embed_pledge_pkey primary key
                   constraint embed_pledge_pledge_id_fkey references pledge (id),
    embed_id  text not null constraint embed_pledge_embed_id_fkey references embed (id) on delete cascade
);

create index embed_pledge_embed_id_idx on embed_pledge (embed_id);
