-- See the Postgres file of the same name for the reasons.
alter table campaign add column page_version bigint not null default 0;

update campaign
   set page_version = coalesce((select max(v.number)
                                  from campaign_version v
                                 where v.campaign_id = campaign.id), 0);

alter table reward add column wording bigint not null default 0;

create table reward_wording (
    reward_id  blob   not null constraint reward_wording_reward_id_fkey references reward (id),
    number     bigint not null,
    wording    text   not null,
    at         bigint not null,
    free_until bigint,
    constraint reward_wording_pkey primary key (reward_id, number)
);

alter table pledge add column page_version bigint not null default 0;
alter table pledge_item add column wording bigint not null default 0;

create table change_set (
    id          blob   not null constraint change_set_pkey primary key,
    campaign_id blob   not null constraint change_set_campaign_id_fkey references campaign (id),
    state       text   not null constraint change_set_state_check check (state in
        ('asked', 'scheduled', 'published', 'returned', 'aborted', 'refused')),
    page        text   not null,
    base        bigint not null,
    publish_at  bigint,
    author_id   blob   not null constraint change_set_author_id_fkey references account (id),
    at          bigint not null,
    judge_id    blob   constraint change_set_judge_id_fkey references account (id),
    remark      text   not null,
    reason      text,
    ended_at    bigint
);

create unique index change_set_one_open_key on change_set (campaign_id)
    where state in ('asked', 'scheduled');
create index change_set_campaign_id_idx on change_set (campaign_id, at);
create index change_set_publish_at_idx on change_set (publish_at) where state in ('scheduled');
