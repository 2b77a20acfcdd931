-- See the Postgres file of the same name for the reasons.
alter table campaign add column approved_at bigint;
alter table campaign add column launch_at bigint;
alter table campaign add column days bigint constraint campaign_days_check check (days > 0);

alter table campaign add column reason text;
create index campaign_launch_at_idx on campaign (launch_at) where launch_at is not null;

create table campaign_event (
    id          blob   not null constraint campaign_event_pkey primary key,
    campaign_id blob   not null constraint campaign_event_campaign_id_fkey references campaign (id),
    kind        text   not null constraint campaign_event_kind_check check (kind in
        ('started', 'submitted', 'withdrawn', 'approved', 'returned', 'scheduled', 'aborted',
         'launched', 'cancelled', 'late_closed', 'suspended', 'resumed')),
    account_id  blob   constraint campaign_event_account_id_fkey references account (id),
    remark      text   not null,
    at          bigint not null
);

create index campaign_event_campaign_id_idx on campaign_event (campaign_id, at);

create table unsaved_story (
    campaign_id blob   not null constraint unsaved_story_pkey primary key
        constraint unsaved_story_campaign_id_fkey references campaign (id),
    story       text   not null,
    at          bigint not null
);
