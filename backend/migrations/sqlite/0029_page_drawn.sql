-- See the Postgres file of the same name for the reasons.
alter table campaign add column page_drawn bigint not null default 0;

update campaign set page_drawn = page_version;
