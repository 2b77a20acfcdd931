-- See the Postgres file of the same name for the reasons.
create table entry (
    campaign_id blob   not null constraint entry_campaign_id_fkey references campaign (id),
    seq         bigint not null,
    posting     bigint not null,
    event       text   not null,
    account     text   not null,
    amount      bigint not null constraint entry_amount_check check (amount <> 0),
    currency    text   not null,
    pledge_id   blob   constraint entry_pledge_id_fkey references pledge (id),
    at          bigint not null,
    hash        text   not null,
    constraint entry_pkey primary key (campaign_id, seq)
);

create index entry_pledge_id_idx on entry (pledge_id);

alter table campaign add column ledger_rows bigint not null default 0;
alter table campaign add column ledger_hash text not null default '';

alter table pledge add column link_ended boolean not null default false;
