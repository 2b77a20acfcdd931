-- One backer's promise to one campaign. Of a card only what a receipt shows is
-- kept; `payment_method` is the provider's word for the saved card.
create table pledge (
    id             uuid   not null constraint pledge_pkey primary key,
    campaign_id    uuid   not null constraint pledge_campaign_id_fkey references campaign (id),
    backer_id      uuid   not null constraint pledge_backer_id_fkey references account (id),
    state          text   not null constraint pledge_state_check check (state in
        ('authentication_required', 'pledged', 'cancelled', 'dropped')),
    currency       text   not null,
    bonus          bigint not null constraint pledge_bonus_check check (bonus >= 0),
    shipping       bigint not null constraint pledge_shipping_check check (shipping >= 0),
    total          bigint not null constraint pledge_total_check check (total > 0),
    country        text,
    secret         text,
    payment_method text   not null,
    card           text   not null,
    placed_at      bigint not null,
    changed_at     bigint not null
);

-- One active pledge per backer and campaign, whatever the program does.
create unique index pledge_one_active_key on pledge (campaign_id, backer_id)
    where state in ('authentication_required', 'pledged');
create index pledge_backer_id_idx on pledge (backer_id, placed_at desc);
create index pledge_campaign_id_idx on pledge (campaign_id, placed_at desc);
create index pledge_placed_at_idx on pledge (placed_at desc);
create index pledge_waiting_idx on pledge (placed_at) where state = 'authentication_required';

-- The rewards and add-ons of a pledge, at the price they had when chosen.
create table pledge_item (
    pledge_id uuid   not null constraint pledge_item_pledge_id_fkey references pledge (id),
    reward_id uuid   not null constraint pledge_item_reward_id_fkey references reward (id),
    kind      text   not null constraint pledge_item_kind_check check (kind in ('reward', 'add_on')),
    title     text   not null,
    quantity  bigint not null constraint pledge_item_quantity_check check (quantity > 0),
    amount    bigint not null constraint pledge_item_amount_check check (amount >= 0),
    shipping  bigint not null constraint pledge_item_shipping_check check (shipping >= 0),
    constraint pledge_item_pkey primary key (pledge_id, reward_id)
);

create index pledge_item_reward_id_idx on pledge_item (reward_id);

-- What happened to a pledge, for its backer and for the books.
create table pledge_change (
    id        uuid   not null constraint pledge_change_pkey primary key,
    pledge_id uuid   not null constraint pledge_change_pledge_id_fkey references pledge (id),
    what      text   not null constraint pledge_change_what_check check (what in
        ('placed', 'confirmed', 'changed', 'cancelled', 'dropped')),
    total     bigint not null,
    at        bigint not null
);

create index pledge_change_pledge_id_idx on pledge_change (pledge_id, at);

-- The same key places one pledge however often it is sent. The first answer is
-- kept, with a fingerprint of what was asked.
create table idempotency (
    backer_id   uuid   not null constraint idempotency_backer_id_fkey references account (id),
    key         text   not null,
    fingerprint text   not null,
    answer      text   not null,
    created_at  bigint not null,
    constraint idempotency_pkey primary key (backer_id, key)
);

create index idempotency_created_at_idx on idempotency (created_at);
