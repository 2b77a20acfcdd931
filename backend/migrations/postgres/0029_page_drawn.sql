-- How often what visitors read of a campaign's page was drawn anew: with each version, and
-- when a reward that the page shows became another. Open pages are told this number; a
-- version of the page is only what its makers have published.
alter table campaign add column page_drawn bigint not null default 0;

update campaign set page_drawn = page_version;
