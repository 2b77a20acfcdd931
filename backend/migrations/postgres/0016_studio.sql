-- How a campaign comes about. The operator says yes to it before its creator
-- launches it, by hand or at `launch_at`. Until then its deadline is only planned;
-- where it is so many `days` after the launch, the launch decides it.
alter table campaign add column approved_at bigint;
alter table campaign add column launch_at bigint;
alter table campaign add column days bigint constraint campaign_days_check check (days > 0);

-- Why it was cancelled or suspended, for everybody to read.
alter table campaign add column reason text;
create index campaign_launch_at_idx on campaign (launch_at) where launch_at is not null;

-- Each step that somebody took with a campaign: what, who, when, and what they
-- said. Nobody, where the clock did it. Rows are only ever added; those of a draft
-- go with it.
create table campaign_event (
    id          uuid   not null constraint campaign_event_pkey primary key,
    campaign_id uuid   not null constraint campaign_event_campaign_id_fkey references campaign (id),
    kind        text   not null constraint campaign_event_kind_check check (kind in
        ('started', 'submitted', 'withdrawn', 'approved', 'returned', 'scheduled', 'aborted',
         'launched', 'cancelled', 'late_closed', 'suspended', 'resumed')),
    account_id  uuid   constraint campaign_event_account_id_fkey references account (id),
    remark      text   not null,
    at          bigint not null
);

create index campaign_event_campaign_id_idx on campaign_event (campaign_id, at);

-- A story that was refused, as typed: a form without wasm would lose it, since it
-- is too long for the cookie that keeps other fields. Gone with the next save.
create table unsaved_story (
    campaign_id uuid   not null constraint unsaved_story_pkey primary key
        constraint unsaved_story_campaign_id_fkey references campaign (id),
    story       text   not null,
    at          bigint not null
);
