-- The one open link that signs in by a letter, of an account or of an address that has
-- pledged or asked for one: a newer letter takes the place of the one before. The letter
-- holds a random token; only its hash is here.
create table sign_in_link (
    account_id uuid   not null constraint sign_in_link_pkey primary key
                      constraint sign_in_link_account_id_fkey references account (id),
    token_hash text   not null constraint sign_in_link_token_hash_key unique,
    expires_at bigint not null
);

-- When a session began, if it began by such a letter and no password was chosen in it since.
alter table session add column by_letter_at bigint;
