-- See the Postgres file of the same name for the reasons.
create index instalment_manual_idx on instalment (pledge_id)
    where next_at is null and state in ('errored', 'action_required');
