-- See the Postgres file of the same name for the reasons. A check cannot be altered here,
-- so that the table is made anew; nothing refers to it.
create table shelf_change_anew (
    campaign_id blob   not null constraint shelf_change_campaign_id_fkey references campaign (id),
    number      bigint not null,
    kind        text   not null constraint shelf_change_kind_check check (kind in
        ('picture', 'reward_picture', 'reward_added', 'reward_removed', 'category', 'place', 'goals')),
    title       text   not null,
    at          bigint not null,
    constraint shelf_change_pkey primary key (campaign_id, number)
);

insert into shelf_change_anew (campaign_id, number, kind, title, at)
select campaign_id, number, kind, title, at from shelf_change;

drop table shelf_change;
alter table shelf_change_anew rename to shelf_change;

create table campaign_shelf (
    campaign_id blob   not null constraint campaign_shelf_campaign_id_fkey references campaign (id),
    version     bigint not null,
    step        bigint not null,
    shelf       text   not null,
    account_id  blob   constraint campaign_shelf_account_id_fkey references account (id),
    at          bigint not null,
    constraint campaign_shelf_pkey primary key (campaign_id, version, step)
);
