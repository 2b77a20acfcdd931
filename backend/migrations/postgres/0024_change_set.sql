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

-- A page as it was when somebody wanted it published: at `publish_at`, or after another
-- one's yes. `base` is the version that visitors read then; where they read another one
-- when its time comes, or the policy locks what it changes, nothing of it is published
-- and `reason` says why, as JSON. A campaign has one that waits; rows that do not any
-- more stay, as what was asked and answered.
create table change_set (
    id          uuid   not null constraint change_set_pkey primary key,
    campaign_id uuid   not null constraint change_set_campaign_id_fkey references campaign (id),
    state       text   not null constraint change_set_state_check check (state in
        ('asked', 'scheduled', 'published', 'returned', 'aborted', 'refused')),
    page        text   not null,
    base        bigint not null,
    publish_at  bigint,
    author_id   uuid   not null constraint change_set_author_id_fkey references account (id),
    at          bigint not null,
    judge_id    uuid   constraint change_set_judge_id_fkey references account (id),
    remark      text   not null,
    reason      text,
    ended_at    bigint
);

create unique index change_set_one_open_key on change_set (campaign_id)
    where state in ('asked', 'scheduled');
create index change_set_campaign_id_idx on change_set (campaign_id, at);
create index change_set_publish_at_idx on change_set (publish_at) where state in ('scheduled');
