-- What the payment provider told us by itself, once for each event: what came of
-- it, and why. An event that comes again is known by its id and only counted.
-- What carries no good signature says nothing true about itself, so of that there
-- is one row for each reason and day: a stranger cannot fill this table.
create table webhook (
    id       text   not null constraint webhook_pkey primary key,
    kind     text   not null,
    verdict  text   not null constraint webhook_verdict_check check (verdict in
        ('applied', 'ignored', 'refused')),
    reason   text   not null,
    times    bigint not null,
    first_at bigint not null,
    last_at  bigint not null
);

create index webhook_last_at_idx on webhook (last_at);
