-- Money that goes back. A pledge whose charge went back whole is 'refunded'; it
-- still counts, because a success is decided once.
alter table pledge drop constraint pledge_state_check;
alter table pledge add constraint pledge_state_check check (state in
    ('authentication_required', 'pledged', 'collected', 'errored', 'action_required', 'dropped',
     'refunded', 'cancelled', 'expired'));

-- What went back to its backer, by refunds and by disputes that were lost. The
-- database itself refuses to give back more than was charged.
alter table pledge add column refunded bigint not null default 0;
alter table pledge add column charged_back bigint not null default 0;
alter table pledge add constraint pledge_returned_check check
    (refunded >= 0 and charged_back >= 0 and refunded + charged_back <= total);

alter table pledge_change drop constraint pledge_change_what_check;
alter table pledge_change add constraint pledge_change_what_check check (what in
    ('placed', 'confirmed', 'changed', 'cancelled', 'expired', 'collected', 'errored',
     'action_required', 'card_replaced', 'dropped', 'refunded', 'chargeback_opened',
     'chargeback_won', 'chargeback_lost'));

-- The campaign's totals of the same, what the bank holds meanwhile, and what is
-- held back of the payout for all this, until when.
alter table campaign add column refunded bigint not null default 0;
alter table campaign add column charged_back bigint not null default 0;
alter table campaign add column disputed bigint not null default 0;
alter table campaign add column reserve bigint not null default 0;
alter table campaign add column reserve_until bigint;
create index campaign_reserve_until_idx on campaign (reserve_until) where reserve > 0;

-- One refund. Like a charge it is written before the provider is asked, and asked
-- under a key of its own (its id), so that a worker that dies refunds nothing
-- twice. `platform_fee` is what the platform gave back of its share.
create table refund (
    id           uuid    not null constraint refund_pkey primary key,
    pledge_id    uuid    not null constraint refund_pledge_id_fkey references pledge (id),
    campaign_id  uuid    not null constraint refund_campaign_id_fkey references campaign (id),
    charge_id    uuid    not null constraint refund_charge_id_fkey references charge (id),
    state        text    not null constraint refund_state_check check (state in
        ('due', 'succeeded', 'refused')),
    amount       bigint  not null constraint refund_amount_check check (amount > 0),
    currency     text    not null,
    reason       text    not null constraint refund_reason_check check (reason in
        ('backer_asked', 'not_delivered', 'damaged', 'duplicate', 'campaign_cancelled', 'other')),
    restock      boolean not null,
    asked_by     uuid    constraint refund_asked_by_fkey references account (id),
    created_at   bigint  not null,
    taken_until  bigint  not null,
    platform_fee bigint  not null default 0,
    reference    text,
    settled_at   bigint
);

create index refund_created_at_idx on refund (created_at) where state = 'due';
create index refund_pledge_id_idx on refund (pledge_id);
create index refund_campaign_id_idx on refund (campaign_id);

-- The rewards and add-ons that a refund names. With `restock` their units are for
-- sale again once the money is back.
create table refund_item (
    refund_id uuid   not null constraint refund_item_refund_id_fkey references refund (id),
    reward_id uuid   not null constraint refund_item_reward_id_fkey references reward (id),
    quantity  bigint not null constraint refund_item_quantity_check check (quantity > 0),
    constraint refund_item_pkey primary key (refund_id, reward_id)
);

create index refund_item_reward_id_idx on refund_item (reward_id);

-- One charge that its holder disputes with the bank, known by the provider's word
-- for it, so that being told twice changes nothing.
create table chargeback (
    id           uuid   not null constraint chargeback_pkey primary key,
    reference    text   not null constraint chargeback_reference_key unique,
    pledge_id    uuid   not null constraint chargeback_pledge_id_fkey references pledge (id),
    campaign_id  uuid   not null constraint chargeback_campaign_id_fkey references campaign (id),
    charge_id    uuid   not null constraint chargeback_charge_id_fkey references charge (id),
    state        text   not null constraint chargeback_state_check check (state in
        ('open', 'won', 'lost')),
    amount       bigint not null constraint chargeback_amount_check check (amount > 0),
    fee          bigint not null constraint chargeback_fee_check check (fee >= 0),
    currency     text   not null,
    platform_fee bigint not null default 0,
    opened_at    bigint not null,
    settled_at   bigint
);

create index chargeback_pledge_id_idx on chargeback (pledge_id);
create index chargeback_campaign_id_idx on chargeback (campaign_id);

-- What the sandbox gave back, in its own book.
create table sandbox_refund (
    key      text   not null constraint sandbox_refund_pkey primary key,
    charge   text   not null,
    amount   bigint not null,
    currency text   not null,
    outcome  text   not null,
    at       bigint not null
);

create index sandbox_refund_charge_idx on sandbox_refund (charge);
