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
