-- Late pledges may be opened after a success, too, and that is a step like others.
alter table campaign_event drop constraint campaign_event_kind_check;
alter table campaign_event add constraint campaign_event_kind_check check (kind in
    ('started', 'submitted', 'withdrawn', 'approved', 'returned', 'scheduled', 'aborted',
     'launched', 'cancelled', 'late_opened', 'late_closed', 'suspended', 'resumed'));

-- Grows with each change of the picture or the rewards of a campaign that everybody sees:
-- they are in no version of its page, and open pages have to know that theirs are old.
alter table campaign add column shelf_version bigint not null default 0;

-- What became another picture, and which rewards came and went, for everybody to read.
-- How a reward is told otherwise stands in `reward_wording`. `number` is the
-- `shelf_version` that it made. Rows are only ever added.
create table shelf_change (
    campaign_id uuid   not null constraint shelf_change_campaign_id_fkey references campaign (id),
    number      bigint not null,
    kind        text   not null constraint shelf_change_kind_check check (kind in
        ('picture', 'reward_picture', 'reward_added', 'reward_removed')),
    title       text   not null,
    at          bigint not null,
    constraint shelf_change_pkey primary key (campaign_id, number)
);
