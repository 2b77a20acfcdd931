-- See the Postgres file of the same name for the reasons.
create table surplus (
    id          blob   not null constraint surplus_pkey primary key,
    payment     text   not null constraint surplus_payment_key unique,
    pledge_id   blob   not null constraint surplus_pledge_id_fkey references pledge (id),
    campaign_id blob   not null constraint surplus_campaign_id_fkey references campaign (id),
    state       text   not null constraint surplus_state_check check (state in
        ('due', 'succeeded', 'refused')),
    unwanted    text   not null constraint surplus_unwanted_check check (unwanted in
        ('paid_twice', 'pledge_over')),
    amount      bigint not null constraint surplus_amount_check check (amount > 0),
    currency    text   not null,
    created_at  bigint not null,
    taken_until bigint not null,
    refusals    bigint not null default 0,
    refused_for text,
    retry_at    bigint,
    reference   text,
    settled_at  bigint,
    settled_by  blob   constraint surplus_settled_by_fkey references account (id),
    note        text
);

create index surplus_created_at_idx on surplus (created_at) where state = 'due';
create index surplus_settled_at_idx on surplus (settled_at) where state = 'refused';
create index surplus_campaign_id_idx on surplus (campaign_id);
create index surplus_pledge_id_idx on surplus (pledge_id);

alter table refund add column refusals bigint not null default 0;
alter table refund add column refused_for text;
alter table refund add column retry_at bigint;
alter table refund add column settled_by blob constraint refund_settled_by_fkey references account (id);
alter table refund add column note text;
create index refund_settled_at_idx on refund (settled_at) where state = 'refused';

update refund set refusals = 1, retry_at = settled_at
 where state = 'refused' and asked_by is null;
