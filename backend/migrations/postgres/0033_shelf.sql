-- What is told of a campaign beside its texts is more than its picture and its rewards.
alter table shelf_change drop constraint shelf_change_kind_check;
alter table shelf_change add constraint shelf_change_kind_check check (kind in
    ('picture', 'reward_picture', 'reward_added', 'reward_removed', 'category', 'place', 'goals'));

-- How all of that stood after each change of it, as JSON, so that the history compares it
-- with what stood there before. It is no version of the page, which is what editors and
-- waiting change sets go by: each row is a step after the version that visitors read then.
-- The first row is how it stood before the first change that was kept: step 0, after
-- version 0 where nothing had changed since the launch. Rows are only ever added.
create table campaign_shelf (
    campaign_id uuid   not null constraint campaign_shelf_campaign_id_fkey references campaign (id),
    version     bigint not null,
    step        bigint not null,
    shelf       text   not null,
    account_id  uuid   constraint campaign_shelf_account_id_fkey references account (id),
    at          bigint not null,
    constraint campaign_shelf_pkey primary key (campaign_id, version, step)
);
