-- Letters to send. A letter is written in the transaction that causes it, and
-- sent afterwards, so none is lost and none goes out for what did not happen.
create table mail (
    id         uuid   not null constraint mail_pkey primary key,
    recipient  text   not null,
    locale     text   not null constraint mail_locale_check check (locale in ('en', 'fr')),
    kind       text   not null,
    data       text   not null,
    created_at bigint not null,
    next_at    bigint not null,
    attempts   bigint not null,
    sent_at    bigint
);

create index mail_due_idx on mail (next_at) where sent_at is null;
create index mail_recipient_idx on mail (recipient, created_at desc);
