-- When a campaign comes to nothing, what was promised to it is taken out of the
-- books, in portions: `releasing` from its end until the last one. `released` is
-- what they add up to, kept as `dropped` is.
alter table campaign add column released bigint not null default 0;
alter table campaign add column releasing boolean not null default false;
create index campaign_releasing_idx on campaign (id) where releasing;

update campaign set releasing = true where state in ('failed', 'cancelled') and ledger_rows > 0;
