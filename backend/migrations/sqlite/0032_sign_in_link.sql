-- See the Postgres file of the same name for the reasons.
create table sign_in_link (
    account_id blob   not null constraint sign_in_link_pkey primary key
                      constraint sign_in_link_account_id_fkey references account (id),
    token_hash text   not null constraint sign_in_link_token_hash_key unique,
    expires_at bigint not null
);

alter table session add column by_letter_at bigint;
