-- Instalments that nobody but their backers does anything about: every round asks
-- whether their plans have waited long enough, and there are few of them.
create index instalment_manual_idx on instalment (pledge_id)
    where next_at is null and state in ('errored', 'action_required');
