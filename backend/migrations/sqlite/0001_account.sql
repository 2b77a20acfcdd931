-- See the Postgres file of the same name for the reasons.
create table account (
    id            blob   not null constraint account_pkey primary key,
    email         text   not null constraint account_email_key unique,
    name          text   not null,
    password_hash text,
    role          text   not null constraint account_role_check check (role in ('member', 'operator')),
    locale        text   not null constraint account_locale_check check (locale in ('en', 'fr')),
    verified_at   bigint,
    created_at    bigint not null
);

create table session (
    id           blob   not null constraint session_pkey primary key,
    account_id   blob   not null constraint session_account_id_fkey references account (id),
    token_hash   text   not null constraint session_token_hash_key unique,
    device       text   not null,
    created_at   bigint not null,
    last_seen_at bigint not null,
    expires_at   bigint not null
);

create index session_account_id_idx on session (account_id);

create table email_proof (
    token_hash    text   not null constraint email_proof_pkey primary key,
    account_id    blob   not null constraint email_proof_account_id_fkey references account (id),
    name          text   not null,
    password_hash text   not null,
    created_at    bigint not null,
    expires_at    bigint not null
);

create index email_proof_account_id_idx on email_proof (account_id);

create table api_token (
    id           blob   not null constraint api_token_pkey primary key,
    account_id   blob   not null constraint api_token_account_id_fkey references account (id),
    name         text   not null,
    token_hash   text   not null constraint api_token_token_hash_key unique,
    created_at   bigint not null,
    last_used_at bigint,
    revoked_at   bigint
);

create index api_token_account_id_idx on api_token (account_id);

create table setting (
    name  text not null constraint setting_pkey primary key,
    value text not null
);
