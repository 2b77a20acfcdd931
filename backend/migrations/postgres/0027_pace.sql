-- What every process asks once a second costs a look into an index while there is
-- nothing to do, however many pledges there are.
--
-- Campaigns of whose pledges some may wait for their first try: `planning` from the
-- moment that has all cards charged until each of them has one.
alter table campaign add column planning boolean not null default false;
create index campaign_planning_idx on campaign (id) where planning;
update campaign set planning = true where payout_at is not null and fix_until is not null;

-- The few pledges of a campaign whose backers have to see to their card.
create index pledge_errored_idx on pledge (campaign_id, id) where state in ('errored', 'action_required');

-- The refunds of a campaign that are under way.
create index refund_due_idx on refund (campaign_id) where state = 'due';

-- What may be sent to the payment provider in a second, by all processes together:
-- how much of the latest second is used, and how much the last one to ask was
-- granted of it. One row, written by the first to ask.
create table pace (
    name    text   not null constraint pace_pkey primary key,
    second  bigint not null,
    used    bigint not null constraint pace_used_check check (used >= 0),
    granted bigint not null
);
