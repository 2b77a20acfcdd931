-- See the Postgres file of the same name for the reasons.
alter table reward add column options text not null default '[]';

create table reward_variant (
    reward_id blob   not null constraint reward_variant_reward_id_fkey references reward (id),
    name      text   not null,
    position  bigint not null,
    quantity  bigint,
    claimed   bigint not null,
    constraint reward_variant_pkey primary key (reward_id, name),
    constraint reward_variant_claimed_check
        check (claimed >= 0 and (quantity is null or claimed <= quantity))
);

alter table pledge_item add column variant text;
