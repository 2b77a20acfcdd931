-- What a campaign has to reach, and when cards are charged (domain/src/campaign/
-- rule.rs). Chosen while it is a draft and locked by its launch.
alter table campaign drop constraint campaign_rule_check;
alter table campaign add constraint campaign_rule_check check (rule in
    ('all_or_nothing', 'keep_what_you_raise', 'pre_orders', 'rounds'));
alter table campaign add column goal_units bigint constraint campaign_goal_units_check check (goal_units > 0);
alter table campaign add column optimum bigint constraint campaign_optimum_check check (optimum > 0);
alter table campaign add column verdict text not null default 'pledged'
    constraint campaign_verdict_check check (verdict in ('pledged', 'collected'));
alter table campaign add column overtime boolean not null default false;
alter table campaign add column late_pledges boolean not null default false;
alter table campaign add column zone text not null default 'UTC';

-- Each a title, a text, what is counted and how much of it, as JSON: they are
-- only ever read and written together.
alter table campaign add column stretch_goals text not null default '[]';

-- Where it is in its life, beside its state: the round that runs, whether late
-- pledges are taken, and what a suspended one goes back to. One whose cards are
-- charged to decide it is 'deciding'.
alter table campaign drop constraint campaign_state_check;
alter table campaign add constraint campaign_state_check check (state in
    ('draft', 'in_review', 'live', 'deciding', 'successful', 'failed', 'cancelled', 'suspended'));
alter table campaign add column round bigint not null default 1;
alter table campaign add column late text not null default 'none'
    constraint campaign_late_check check (late in ('none', 'open', 'closed'));
alter table campaign add column frozen text
    constraint campaign_frozen_check check (frozen in ('live', 'deciding', 'successful'));

-- Units that count, kept as `pledged` is.
alter table campaign add column units bigint not null default 0
    constraint campaign_units_check check (units >= 0);

-- When its creator is paid next; null when nothing is to come any more. Late
-- pledges and second rounds are paid after the first time.
alter table campaign add column payout_at bigint;
update campaign set payout_at = deadline + 1209600000000
 where fix_until is not null and paid_out_at is null;
drop index campaign_fix_until_idx;
create index campaign_payout_at_idx on campaign (payout_at) where payout_at is not null;

-- What a reward costs after the success, null when it cannot be had then; and as
-- how many units it counts.
alter table reward add column late_price bigint constraint reward_late_price_check check (late_price > 0);
alter table reward add column units bigint not null default 1
    constraint reward_units_check check (units >= 0);

-- When the card is charged. One that is charged at once counts when it was, and
-- has its own time to be seen to.
alter table pledge add column timing text not null default 'at_deadline'
    constraint pledge_timing_check check (timing in ('at_deadline', 'at_once'));
alter table pledge add column units bigint not null default 0
    constraint pledge_units_check check (units >= 0);
alter table pledge add column fix_until bigint;
create index pledge_fix_until_idx on pledge (fix_until) where state in ('errored', 'action_required');

-- Where cards were charged for nothing, what was is given back.
create index campaign_give_back_idx on campaign (collected)
    where state in ('failed', 'cancelled') and collected > 0;
