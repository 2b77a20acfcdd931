-- no-transaction
-- See the Postgres file of the same name for the reasons. A check cannot be
-- altered here, so both tables are made anew; their references hold by name.
pragma foreign_keys = off;
begin immediate;

create table pledge_anew (
    id             blob   not null constraint pledge_pkey primary key,
    campaign_id    blob   not null constraint pledge_campaign_id_fkey references campaign (id),
    backer_id      blob   not null constraint pledge_backer_id_fkey references account (id),
    state          text   not null constraint pledge_state_check check (state in
        ('authentication_required', 'pledged', 'collected', 'errored', 'action_required', 'dropped',
         'refunded', 'cancelled', 'expired')),
    currency       text   not null,
    bonus          bigint not null constraint pledge_bonus_check check (bonus >= 0),
    shipping       bigint not null constraint pledge_shipping_check check (shipping >= 0),
    total          bigint not null constraint pledge_total_check check (total > 0),
    country        text,
    secret         text,
    payment_method text   not null,
    card           text   not null,
    placed_at      bigint not null,
    changed_at     bigint not null,
    link_ended     boolean not null default false,
    remind_at      bigint,
    refunded       bigint not null default 0,
    charged_back   bigint not null default 0,
    constraint pledge_returned_check check
        (refunded >= 0 and charged_back >= 0 and refunded + charged_back <= total)
);

insert into pledge_anew
    (id, campaign_id, backer_id, state, currency, bonus, shipping, total, country, secret,
     payment_method, card, placed_at, changed_at, link_ended, remind_at)
select id, campaign_id, backer_id, state, currency, bonus, shipping, total, country, secret,
       payment_method, card, placed_at, changed_at, link_ended, remind_at
  from pledge;

drop table pledge;
alter table pledge_anew rename to pledge;

create unique index pledge_one_active_key on pledge (campaign_id, backer_id)
    where state in ('authentication_required', 'pledged', 'collected', 'errored', 'action_required');
create index pledge_backer_id_idx on pledge (backer_id, placed_at desc);
create index pledge_campaign_id_idx on pledge (campaign_id, placed_at desc);
create index pledge_placed_at_idx on pledge (placed_at desc);
create index pledge_waiting_idx on pledge (placed_at) where state = 'authentication_required';
create index pledge_remind_at_idx on pledge (remind_at) where remind_at is not null;

create table pledge_change_anew (
    id        blob   not null constraint pledge_change_pkey primary key,
    pledge_id blob   not null constraint pledge_change_pledge_id_fkey references pledge (id),
    what      text   not null constraint pledge_change_what_check check (what in
        ('placed', 'confirmed', 'changed', 'cancelled', 'expired', 'collected', 'errored',
         'action_required', 'card_replaced', 'dropped', 'refunded', 'chargeback_opened',
         'chargeback_won', 'chargeback_lost')),
    total     bigint not null,
    at        bigint not null
);

insert into pledge_change_anew (id, pledge_id, what, total, at)
select id, pledge_id, what, total, at from pledge_change;

drop table pledge_change;
alter table pledge_change_anew rename to pledge_change;
create index pledge_change_pledge_id_idx on pledge_change (pledge_id, at);

alter table campaign add column refunded bigint not null default 0;
alter table campaign add column charged_back bigint not null default 0;
alter table campaign add column disputed bigint not null default 0;
alter table campaign add column reserve bigint not null default 0;
alter table campaign add column reserve_until bigint;
create index campaign_reserve_until_idx on campaign (reserve_until) where reserve > 0;

create table refund (
    id           blob    not null constraint refund_pkey primary key,
    pledge_id    blob    not null constraint refund_pledge_id_fkey references pledge (id),
    campaign_id  blob    not null constraint refund_campaign_id_fkey references campaign (id),
    charge_id    blob    not null constraint refund_charge_id_fkey references charge (id),
    state        text    not null constraint refund_state_check check (state in
        ('due', 'succeeded', 'refused')),
    amount       bigint  not null constraint refund_amount_check check (amount > 0),
    currency     text    not null,
    reason       text    not null constraint refund_reason_check check (reason in
        ('backer_asked', 'not_delivered', 'damaged', 'duplicate', 'campaign_cancelled', 'other')),
    restock      boolean not null,
    asked_by     blob    constraint refund_asked_by_fkey references account (id),
    created_at   bigint  not null,
    taken_until  bigint  not null,
    platform_fee bigint  not null default 0,
    reference    text,
    settled_at   bigint
);

create index refund_created_at_idx on refund (created_at) where state = 'due';
create index refund_pledge_id_idx on refund (pledge_id);
create index refund_campaign_id_idx on refund (campaign_id);

create table refund_item (
    refund_id blob   not null constraint refund_item_refund_id_fkey references refund (id),
    reward_id blob   not null constraint refund_item_reward_id_fkey references reward (id),
    quantity  bigint not null constraint refund_item_quantity_check check (quantity > 0),
    constraint refund_item_pkey primary key (refund_id, reward_id)
);

create index refund_item_reward_id_idx on refund_item (reward_id);

create table chargeback (
    id           blob   not null constraint chargeback_pkey primary key,
    reference    text   not null constraint chargeback_reference_key unique,
    pledge_id    blob   not null constraint chargeback_pledge_id_fkey references pledge (id),
    campaign_id  blob   not null constraint chargeback_campaign_id_fkey references campaign (id),
    charge_id    blob   not null constraint chargeback_charge_id_fkey references charge (id),
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

create table sandbox_refund (
    key      text   not null constraint sandbox_refund_pkey primary key,
    charge   text   not null,
    amount   bigint not null,
    currency text   not null,
    outcome  text   not null,
    at       bigint not null
);

create index sandbox_refund_charge_idx on sandbox_refund (charge);

commit;
pragma foreign_keys = on;
