-- What becomes of a pledge after the deadline. A pledge whose bank was never
-- asked in time used to be 'dropped'; it is 'expired' now, because the field
-- calls dropped what could not be collected after a success.
alter table pledge drop constraint pledge_state_check;
update pledge set state = 'expired' where state = 'dropped';
alter table pledge add constraint pledge_state_check check (state in
    ('authentication_required', 'pledged', 'collected', 'errored', 'action_required', 'dropped',
     'cancelled', 'expired'));

alter table pledge_change drop constraint pledge_change_what_check;
update pledge_change set what = 'expired' where what = 'dropped';
alter table pledge_change add constraint pledge_change_what_check check (what in
    ('placed', 'confirmed', 'changed', 'cancelled', 'expired', 'collected', 'errored',
     'action_required', 'card_replaced', 'dropped'));

drop index pledge_one_active_key;
create unique index pledge_one_active_key on pledge (campaign_id, backer_id)
    where state in ('authentication_required', 'pledged', 'collected', 'errored', 'action_required');

-- When its backer is next written to about a card that could not be charged.
alter table pledge add column remind_at bigint;
create index pledge_remind_at_idx on pledge (remind_at) where remind_at is not null;

-- Totals of the collection, beside `pledged`, which a success freezes; and until
-- when cards can be replaced, once it has begun.
alter table campaign add column collected bigint not null default 0;
alter table campaign add column dropped bigint not null default 0;
alter table campaign add column fix_until bigint;
alter table campaign add column paid_out_at bigint;
create index campaign_fix_until_idx on campaign (fix_until) where paid_out_at is null;

-- One try to charge a card. `due` ones are taken by a worker for a while
-- (`taken_until`), sent to the provider under a key made of pledge and attempt,
-- and settled with its answer; should the worker die in between, the next one
-- sends the same key again, and the provider answers what it answered before.
create table charge (
    id             uuid   not null constraint charge_pkey primary key,
    pledge_id      uuid   not null constraint charge_pledge_id_fkey references pledge (id),
    campaign_id    uuid   not null constraint charge_campaign_id_fkey references campaign (id),
    attempt        bigint not null constraint charge_attempt_check check (attempt > 0),
    state          text   not null constraint charge_state_check check (state in
        ('due', 'succeeded', 'declined', 'action_required')),
    amount         bigint not null constraint charge_amount_check check (amount > 0),
    currency       text   not null,
    payment_method text   not null,
    due_at         bigint not null,
    taken_until    bigint not null,
    reference      text,
    settled_at     bigint,
    constraint charge_pledge_id_key unique (pledge_id, attempt)
);

create index charge_due_at_idx on charge (due_at) where state = 'due';
create index charge_campaign_id_idx on charge (campaign_id);

-- The sandbox's own book, as a provider would keep one: what it did under each
-- key. `pedestal check` compares it with ours.
create table sandbox_charge (
    key      text   not null constraint sandbox_charge_pkey primary key,
    method   text   not null,
    amount   bigint not null,
    currency text   not null,
    outcome  text   not null,
    at       bigint not null
);
