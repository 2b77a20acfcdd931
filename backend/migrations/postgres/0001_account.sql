-- A person. A guest who pledged by e-mail has a row as well, without a password
-- and not verified; signing up with the same address later makes it theirs, and
-- every pledge with it. `email` is kept in lower case by the program.
create table account (
    id            uuid   not null constraint account_pkey primary key,
    email         text   not null constraint account_email_key unique,
    name          text   not null,
    password_hash text,
    role          text   not null constraint account_role_check check (role in ('member', 'operator')),
    locale        text   not null constraint account_locale_check check (locale in ('en', 'fr')),
    verified_at   bigint,
    created_at    bigint not null
);

-- One signed-in browser. The cookie holds a random token; only its hash is here,
-- so that a copy of this table signs nobody in.
create table session (
    id           uuid   not null constraint session_pkey primary key,
    account_id   uuid   not null constraint session_account_id_fkey references account (id),
    token_hash   text   not null constraint session_token_hash_key unique,
    device       text   not null,
    created_at   bigint not null,
    last_seen_at bigint not null,
    expires_at   bigint not null
);

create index session_account_id_idx on session (account_id);

-- A letter's promise: whoever holds the token owns the address. A sign-up keeps
-- its name and password here until then, so that nobody can take over an
-- address by typing it.
create table email_proof (
    token_hash    text   not null constraint email_proof_pkey primary key,
    account_id    uuid   not null constraint email_proof_account_id_fkey references account (id),
    name          text   not null,
    password_hash text   not null,
    created_at    bigint not null,
    expires_at    bigint not null
);

create index email_proof_account_id_idx on email_proof (account_id);

-- A personal token of the public API, shown once and stored hashed.
create table api_token (
    id           uuid   not null constraint api_token_pkey primary key,
    account_id   uuid   not null constraint api_token_account_id_fkey references account (id),
    name         text   not null,
    token_hash   text   not null constraint api_token_token_hash_key unique,
    created_at   bigint not null,
    last_used_at bigint,
    revoked_at   bigint
);

create index api_token_account_id_idx on api_token (account_id);

-- Values that this installation drew once and keeps, such as its secret.
create table setting (
    name  text not null constraint setting_pkey primary key,
    value text not null
);
