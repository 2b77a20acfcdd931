-- The books: one row for each account that an event moved, never changed and
-- never deleted. The rows of a campaign are numbered without a gap, and each
-- carries a hash over itself and the hash before it, so that a row that was
-- altered, removed or slipped in shows (`pedestal check`). The rows of one event
-- share `posting` and add up to zero.
create table entry (
    campaign_id uuid   not null constraint entry_campaign_id_fkey references campaign (id),
    seq         bigint not null,
    posting     bigint not null,
    event       text   not null,
    account     text   not null,
    amount      bigint not null constraint entry_amount_check check (amount <> 0),
    currency    text   not null,
    pledge_id   uuid   constraint entry_pledge_id_fkey references pledge (id),
    at          bigint not null,
    hash        text   not null,
    constraint entry_pkey primary key (campaign_id, seq)
);

create index entry_pledge_id_idx on entry (pledge_id);

-- The end of the campaign's chain: how many rows, and the hash of the last.
-- Whoever holds the campaign's row may add to it.
alter table campaign add column ledger_rows bigint not null default 0;
alter table campaign add column ledger_hash text not null default '';

-- From when its backer, signed in, has acted on a pledge that was placed by
-- e-mail alone, the link that came with it opens nothing any more: whoever typed
-- the address was perhaps somebody else.
alter table pledge add column link_ended boolean not null default false;
