-- See the Postgres file of the same name for the reasons. A check cannot be altered here,
-- so that the table is made anew; nothing refers to it.
create table campaign_event_anew (
    id          blob   not null constraint campaign_event_pkey primary key,
    campaign_id blob   not null constraint campaign_event_campaign_id_fkey references campaign (id),
    kind        text   not null constraint campaign_event_kind_check check (kind in
        ('started', 'submitted', 'withdrawn', 'approved', 'returned', 'scheduled', 'aborted',
         'launched', 'cancelled', 'late_opened', 'late_closed', 'suspended', 'resumed')),
    account_id  blob   constraint campaign_event_account_id_fkey references account (id),
    remark      text   not null,
    at          bigint not null
);

insert into campaign_event_anew (id, campaign_id, kind, account_id, remark, at)
select id, campaign_id, kind, account_id, remark, at from campaign_event;

drop table campaign_event;
alter table campaign_event_anew rename to campaign_event;

create index campaign_event_campaign_id_idx on campaign_event (campaign_id, at);

alter table campaign add column shelf_version bigint not null default 0;

create table shelf_change (
    campaign_id blob   not null constraint shelf_change_campaign_id_fkey references campaign (id),
    number      bigint not null,
    kind        text   not null constraint shelf_change_kind_check check (kind in
        ('picture', 'reward_picture', 'reward_added', 'reward_removed')),
    title       text   not null,
    at          bigint not null,
    constraint shelf_change_pkey primary key (campaign_id, number)
);
