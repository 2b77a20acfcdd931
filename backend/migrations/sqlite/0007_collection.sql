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
         'cancelled', 'expired')),
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
    remind_at      bigint
);

insert into pledge_anew
    (id, campaign_id, backer_id, state, currency, bonus, shipping, total, country, secret,
     payment_method, card, placed_at, changed_at, link_ended)
select id, campaign_id, backer_id, case state when 'dropped' then 'expired' else state end,
       currency, bonus, shipping, total, country, secret, payment_method, card, placed_at,
       changed_at, link_ended
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
         'action_required', 'card_replaced', 'dropped')),
    total     bigint not null,
    at        bigint not null
);

insert into pledge_change_anew (id, pledge_id, what, total, at)
select id, pledge_id, case what when 'dropped' then 'expired' else what end, total, at
  from pledge_change;

drop table pledge_change;
alter table pledge_change_anew rename to pledge_change;
create index pledge_change_pledge_id_idx on pledge_change (pledge_id, at);

alter table campaign add column collected bigint not null default 0;
alter table campaign add column dropped bigint not null default 0;
alter table campaign add column fix_until bigint;
alter table campaign add column paid_out_at bigint;
create index campaign_fix_until_idx on campaign (fix_until) where paid_out_at is null;

create table charge (
    id             blob   not null constraint charge_pkey primary key,
    pledge_id      blob   not null constraint charge_pledge_id_fkey references pledge (id),
    campaign_id    blob   not null constraint charge_campaign_id_fkey references campaign (id),
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

create table sandbox_charge (
    key      text   not null constraint sandbox_charge_pkey primary key,
    method   text   not null,
    amount   bigint not null,
    currency text   not null,
    outcome  text   not null,
    at       bigint not null
);

commit;
pragma foreign_keys = on;
