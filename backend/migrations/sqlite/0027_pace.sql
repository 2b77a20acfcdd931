-- See the Postgres file of the same name for the reasons.
alter table campaign add column planning boolean not null default false;
create index campaign_planning_idx on campaign (id) where planning;
update campaign set planning = true where payout_at is not null and fix_until is not null;

create index pledge_errored_idx on pledge (campaign_id, id) where state in ('errored', 'action_required');

create index refund_due_idx on refund (campaign_id) where state = 'due';

create table pace (
    name    text   not null constraint pace_pkey primary key,
    second  bigint not null,
    used    bigint not null constraint pace_used_check check (used >= 0),
    granted bigint not null
);
