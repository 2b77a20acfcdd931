-- What a provider took without our wanting it: a second time, or of a pledge that
-- was over. It goes back by itself. Like a refund it is written before the provider
-- is asked, and asked under a key of its own (`surplus-` and the payment), so that a
-- webhook that comes twice or a worker that dies gives nothing back twice; unlike a
-- refund it was never collected, so that no total of pledge or campaign knows of it.
create table surplus (
    id          uuid   not null constraint surplus_pkey primary key,
    payment     text   not null constraint surplus_payment_key unique,
    pledge_id   uuid   not null constraint surplus_pledge_id_fkey references pledge (id),
    campaign_id uuid   not null constraint surplus_campaign_id_fkey references campaign (id),
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
    settled_by  uuid   constraint surplus_settled_by_fkey references account (id),
    note        text
);

create index surplus_created_at_idx on surplus (created_at) where state = 'due';
create index surplus_settled_at_idx on surplus (settled_at) where state = 'refused';
create index surplus_campaign_id_idx on surplus (campaign_id);
create index surplus_pledge_id_idx on surplus (pledge_id);

-- How often the provider refused to give something back, its last word for why, and
-- when it is asked again by itself; null when that is for an operator. What an
-- operator settled by other means says who did, and how.
alter table refund add column refusals bigint not null default 0;
alter table refund add column refused_for text;
alter table refund add column retry_at bigint;
alter table refund add column settled_by uuid constraint refund_settled_by_fkey references account (id);
alter table refund add column note text;
create index refund_settled_at_idx on refund (settled_at) where state = 'refused';

-- Until now these waited for nobody; the first try of the new kind is soon.
update refund set refusals = 1, retry_at = settled_at
 where state = 'refused' and asked_by is null;
