-- What a reward comes in: its options as the creator names them, and one row for
-- each combination, with a stock of its own that is counted as the reward's is. A
-- variant is known by its name, because that is what backers chose, what stands on
-- their pledges and in exports: the name of one that somebody has does not change.
alter table reward add column options text not null default '[]';

create table reward_variant (
    reward_id uuid   not null constraint reward_variant_reward_id_fkey references reward (id),
    name      text   not null,
    position  bigint not null,
    quantity  bigint,
    claimed   bigint not null,
    constraint reward_variant_pkey primary key (reward_id, name),
    constraint reward_variant_claimed_check
        check (claimed >= 0 and (quantity is null or claimed <= quantity))
);

-- All units of an item are of one variant. There is no key to the variant's row: of
-- a pledge that has ended the variant may go, and the pledge still tells of it.
alter table pledge_item add column variant text;
