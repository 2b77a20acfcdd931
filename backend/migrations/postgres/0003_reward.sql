-- What a backer gets. An add-on is a reward that comes next to another.
-- `claimed` counts the units held by active pledges and is only changed while
-- the campaign's row is locked; the check is the last line of defence against
-- selling more than there is.
create table reward (
    id               uuid   not null constraint reward_pkey primary key,
    campaign_id      uuid   not null constraint reward_campaign_id_fkey references campaign (id),
    kind             text   not null constraint reward_kind_check check (kind in ('reward', 'add_on')),
    position         bigint not null,
    title            text   not null,
    description      text   not null,
    price            bigint not null constraint reward_price_check check (price > 0),
    items            text   not null,
    image            text,
    delivery         bigint,
    quantity         bigint,
    claimed          bigint not null,
    limit_per_backer bigint,
    starts_at        bigint,
    ends_at          bigint,
    secret           text,
    shipping         text   not null,
    backers          bigint not null constraint reward_backers_check check (backers >= 0),
    constraint reward_claimed_check check (claimed >= 0 and (quantity is null or claimed <= quantity))
);

create index reward_campaign_id_idx on reward (campaign_id, kind, position);
