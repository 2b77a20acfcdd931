-- See the Postgres file of the same name for the reasons. A check cannot be
-- altered here, so the two columns that have one are made anew.
drop index campaign_popularity_idx;
drop index campaign_launched_at_idx;
drop index campaign_deadline_idx;
drop index campaign_funded_idx;
drop index campaign_backers_idx;
drop index campaign_category_idx;

alter table campaign rename column rule to rule_before;
alter table campaign add column rule text not null default 'all_or_nothing'
    constraint campaign_rule_check check (rule in
    ('all_or_nothing', 'keep_what_you_raise', 'pre_orders', 'rounds'));
update campaign set rule = rule_before;
alter table campaign drop column rule_before;

alter table campaign rename column state to state_before;
alter table campaign add column state text not null default 'draft'
    constraint campaign_state_check check (state in
    ('draft', 'in_review', 'live', 'deciding', 'successful', 'failed', 'cancelled', 'suspended'));
update campaign set state = state_before;
alter table campaign drop column state_before;

create index campaign_popularity_idx on campaign (state, popularity desc, number);
create index campaign_launched_at_idx on campaign (state, launched_at desc, number);
create index campaign_deadline_idx on campaign (state, deadline, number);
create index campaign_funded_idx on campaign (state, funded desc, number);
create index campaign_backers_idx on campaign (state, backers desc, number);
create index campaign_category_idx on campaign (category, state);

alter table campaign add column goal_units bigint constraint campaign_goal_units_check check (goal_units > 0);
alter table campaign add column optimum bigint constraint campaign_optimum_check check (optimum > 0);
alter table campaign add column verdict text not null default 'pledged'
    constraint campaign_verdict_check check (verdict in ('pledged', 'collected'));
alter table campaign add column overtime boolean not null default false;
alter table campaign add column late_pledges boolean not null default false;
alter table campaign add column zone text not null default 'UTC';
alter table campaign add column stretch_goals text not null default '[]';
alter table campaign add column round bigint not null default 1;
alter table campaign add column late text not null default 'none'
    constraint campaign_late_check check (late in ('none', 'open', 'closed'));
alter table campaign add column frozen text
    constraint campaign_frozen_check check (frozen in ('live', 'deciding', 'successful'));
alter table campaign add column units bigint not null default 0
    constraint campaign_units_check check (units >= 0);

alter table campaign add column payout_at bigint;
update campaign set payout_at = deadline + 1209600000000
 where fix_until is not null and paid_out_at is null;
drop index campaign_fix_until_idx;
create index campaign_payout_at_idx on campaign (payout_at) where payout_at is not null;

alter table reward add column late_price bigint constraint reward_late_price_check check (late_price > 0);
alter table reward add column units bigint not null default 1
    constraint reward_units_check check (units >= 0);

alter table pledge add column timing text not null default 'at_deadline'
    constraint pledge_timing_check check (timing in ('at_deadline', 'at_once'));
alter table pledge add column units bigint not null default 0
    constraint pledge_units_check check (units >= 0);
alter table pledge add column fix_until bigint;
create index pledge_fix_until_idx on pledge (fix_until) where state in ('errored', 'action_required');

create index campaign_give_back_idx on campaign (collected)
    where state in ('failed', 'cancelled') and collected > 0;
