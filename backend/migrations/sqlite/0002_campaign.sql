-- See the Postgres file of the same name for the reasons.
create table campaign (
    number           integer not null constraint campaign_pkey primary key,
    id               blob   not null constraint campaign_id_key unique,
    slug             text   not null constraint campaign_slug_key unique,
    external_ref     text   constraint campaign_external_ref_key unique,
    creator_id       blob   not null constraint campaign_creator_id_fkey references account (id),
    creator          text   not null,
    title            text   not null,
    subtitle         text   not null,
    story            text   not null,
    story_html       text   not null,
    language         text   not null constraint campaign_language_check check (language in ('en', 'fr')),
    category         text   not null,
    subcategory      text   not null,
    location         text   not null,
    country          text,
    image            text   not null,
    image_alt        text   not null,
    is_demo          boolean not null,
    search_text      text   not null,
    rule             text   not null constraint campaign_rule_check check (rule in ('all_or_nothing')),
    state            text   not null constraint campaign_state_check check (state in
        ('draft', 'in_review', 'live', 'successful', 'failed', 'cancelled', 'suspended')),
    currency         text   not null,
    goal             bigint not null constraint campaign_goal_check check (goal > 0),
    pledged          bigint not null constraint campaign_pledged_check check (pledged >= 0),
    backers          bigint not null constraint campaign_backers_check check (backers >= 0),
    funded           bigint not null,
    opening_pledged  bigint not null,
    opening_backers  bigint not null,
    opening_source   text,
    popularity       bigint not null,
    version          bigint not null,
    created_at       bigint not null,
    launched_at      bigint,
    deadline         bigint not null,
    state_changed_at bigint not null,
    funded_at        bigint not null
);

create index campaign_popularity_idx on campaign (state, popularity desc, number);
create index campaign_launched_at_idx on campaign (state, launched_at desc, number);
create index campaign_deadline_idx on campaign (state, deadline, number);
create index campaign_funded_idx on campaign (state, funded desc, number);
create index campaign_backers_idx on campaign (state, backers desc, number);
create index campaign_category_idx on campaign (category, state);
create index campaign_creator_id_idx on campaign (creator_id);

-- Full-text search over the folded text, kept in step by triggers.
create virtual table campaign_search using fts5 (search_text, content = 'campaign', content_rowid = 'number');

create trigger campaign_search_insert after insert on campaign begin
    insert into campaign_search (rowid, search_text) values (new.number, new.search_text);
end;

create trigger campaign_search_update after update of search_text on campaign begin
    insert into campaign_search (campaign_search, rowid, search_text) values ('delete', old.number, old.search_text);
    insert into campaign_search (rowid, search_text) values (new.number, new.search_text);
end;

create trigger campaign_search_delete after delete on campaign begin
    insert into campaign_search (campaign_search, rowid, search_text) values ('delete', old.number, old.search_text);
end;
