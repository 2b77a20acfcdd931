-- See the Postgres file of the same name for the reasons.
alter table campaign add column page_version bigint not null default 0;

update campaign
   set page_version = coalesce((select max(v.number)
                                  from campaign_version v
                                 where v.campaign_id = campaign.id), 0);
