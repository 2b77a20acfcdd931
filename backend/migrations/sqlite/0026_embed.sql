-- See the Postgres file of the same name for the reasons.
create table embed_rule (
    campaign_id blob    not null constraint embed_rule_pkey primary key
                        constraint embed_rule_campaign_id_fkey references campaign (id) on delete cascade,
    is_off      boolean not null,
    hosts       text    not null
);

create table embed (
    id          text   not null constraint embed_pkey primary key,
    campaign_id blob   not null constraint embed_campaign_id_fkey references campaign (id) on delete cascade,
    owner_id    blob   constraint embed_owner_id_fkey references account (id) on delete set null,
    created_at  bigint not null,
    views       bigint not null default 0,
    clicks      bigint not null default 0
);

create index embed_campaign_id_idx on embed (campaign_id, created_at);
create index embed_owner_id_idx on embed (owner_id, created_at);

create table embed_pledge (
    pledge_id blob not null constraint embed_pledge_pkey primary key
                   constraint embed_pledge_pledge_id_fkey references pledge (id),
    embed_id  text not null constraint embed_pledge_embed_id_fkey references embed (id) on delete cascade
);

create index embed_pledge_embed_id_idx on embed_pledge (embed_id);
