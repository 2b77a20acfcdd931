-- See the Postgres file of the same name for the reasons.
create table mail (
    id         blob   not null constraint mail_pkey primary key,
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
