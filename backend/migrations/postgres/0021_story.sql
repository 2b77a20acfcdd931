-- The page of a campaign as a document that several write at once. `whole` is the
-- document with every update up to `whole_number` in it, `number` is that of the last
-- update; the updates in between are rows of their own until they are taken up.
-- Whoever writes updates moves `number` first, so that of two processes one waits, and
-- numbers are written down in their order without a gap.
create table story (
    campaign_id  uuid   not null constraint story_pkey primary key
        constraint story_campaign_id_fkey references campaign (id),
    number       bigint not null,
    whole        bytea  not null,
    whole_number bigint not null
);

-- What was changed, as the library that merges writes it, by whom; by nobody, where a
-- form or a version of before was put in.
create table story_update (
    campaign_id uuid   not null constraint story_update_campaign_id_fkey references campaign (id),
    number      bigint not null,
    change      bytea  not null,
    account_id  uuid   constraint story_update_account_id_fkey references account (id),
    at          bigint not null,
    constraint story_update_pkey primary key (campaign_id, number)
);

-- What visitors could read, each time it was published: a page as JSON. Rows are only
-- ever added; those of a draft go with it, but a draft has none.
create table campaign_version (
    campaign_id uuid   not null constraint campaign_version_campaign_id_fkey references campaign (id),
    number      bigint not null,
    page        text   not null,
    account_id  uuid   constraint campaign_version_account_id_fkey references account (id),
    at          bigint not null,
    constraint campaign_version_pkey primary key (campaign_id, number)
);
