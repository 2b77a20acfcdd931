-- See the Postgres file of the same name for the reasons.
alter table campaign add column released bigint not null default 0;
alter table campaign add column releasing boolean not null default false;
create index campaign_releasing_idx on campaign (id) where releasing;

update campaign set releasing = true where state in ('failed', 'cancelled') and ledger_rows > 0;
