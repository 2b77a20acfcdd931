-- Paying in instalments (domain/src/pledge/instalment.rs). What a campaign offers:
-- the least total, and the greatest number of instalments; null for nothing.
alter table campaign add column instalments_from bigint
    constraint campaign_instalments_from_check check (instalments_from > 0);
alter table campaign add column instalments_most bigint
    constraint campaign_instalments_most_check check (instalments_most >= 2 and instalments_most <= 10);

-- What was charged of a pledge until now: nothing, its total, or the instalments
-- that are paid. The database itself refuses to give back more than that.
alter table pledge add column charged bigint not null default 0;
update pledge set charged = total where state in ('collected', 'refunded');
-- In how many instalments it is paid; 1 when all together.
alter table pledge add column instalments bigint not null default 1
    constraint pledge_instalments_check check (instalments >= 1)
    constraint pledge_charged_check check (refunded + charged_back <= charged and charged <= total);

-- The instalments of a pledge from the second on, written once the first is
-- charged: until then the pledge says all there is to say. `next_at` is when the
-- worker tries next, null when it does not; after three tries it is up to the
-- backer.
create table instalment (
    pledge_id   uuid   not null constraint instalment_pledge_id_fkey references pledge (id),
    number      bigint not null constraint instalment_number_check check (number >= 2),
    campaign_id uuid   not null constraint instalment_campaign_id_fkey references campaign (id),
    state       text   not null constraint instalment_state_check check (state in
        ('waiting', 'errored', 'action_required', 'paid', 'void')),
    amount      bigint not null constraint instalment_amount_check check (amount > 0),
    due_at      bigint not null,
    tries       bigint not null,
    next_at     bigint,
    settled_at  bigint,
    constraint instalment_pkey primary key (pledge_id, number)
);

create index instalment_next_at_idx on instalment (next_at) where next_at is not null;
create index instalment_campaign_id_idx on instalment (campaign_id);

-- Which instalment a try is for; 1 for all that is charged in one.
alter table charge add column instalment bigint not null default 1
    constraint charge_instalment_check check (instalment >= 1);
