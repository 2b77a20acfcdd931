-- See the Postgres file of the same name for the reasons.
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
