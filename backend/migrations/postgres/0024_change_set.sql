-- The newest version of a campaign's page, 0 where none was published, written with it
-- (0021). A page that everybody reads does not look for it among the versions.
alter table campaign add column page_version bigint not null default 0;

update campaign
   set page_version = coalesce((select max(v.number)
                                  from campaign_version v
                                 where v.campaign_id = campaign.id), 0);

-- What backers were told of a reward, each time it was told otherwise since the launch,
-- as JSON. The first is what it was launched with; `reward.wording` is the newest, 0 as
-- long as there is none. Where what changed is material, whoever chose it under an
-- older wording may leave until `free_until`. Rows are only ever added.
alter table reward add column wording bigint not null default 0;

create table reward_wording (
    reward_id  uuid   not null constraint reward_wording_reward_id_fkey references reward (id),
    number     bigint not null,
    wording    text   not null,
    at         bigint not null,
    free_until bigint,
    constraint reward_wording_pkey primary key (reward_id, number)
);

-- What a pledge was made on: the version of the page, and the wording of each thing that
-- was chosen. 0 is what there was before anything changed.
alter table pledge add column page_version bigint not null default 0;
alter table pledge_item add column wording bigint not null default 0;
