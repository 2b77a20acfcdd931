-- See the Postgres file of the same name for the reasons.
create table story (
    campaign_id  blob   not null constraint story_pkey primary key
        constraint story_campaign_id_fkey references campaign (id),
    number       bigint not null,
    whole        blob   not null,
    whole_number bigint not null
);

create table story_update (
    campaign_id blob   not null constraint story_update_campaign_id_fkey references campaign (id),
    number      bigint not null,
    change      blob   not null,
    account_id  blob   constraint story_update_account_id_fkey references account (id),
    at          bigint not null,
    constraint story_update_pkey primary key (campaign_id, number)
);

create table campaign_version (
    campaign_id blob   not null constraint campaign_version_campaign_id_fkey references campaign (id),
    number      bigint not null,
    page        text   not null,
    account_id  blob   constraint campaign_version_account_id_fkey references account (id),
    at          bigint not null,
    constraint campaign_version_pkey primary key (campaign_id, number)
);
