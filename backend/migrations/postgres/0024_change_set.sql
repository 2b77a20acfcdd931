-- The newest version of a campaign's page, 0 where none was published, written with it
-- (0021). A page that everybody reads does not look for it among the versions.
alter table campaign add column page_version bigint not null default 0;

update campaign
   set page_version = coalesce((select max(v.number)
                                  from campaign_version v
                                 where v.campaign_id = campaign.id), 0);
