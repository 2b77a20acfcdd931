-- See the Postgres file of the same name for the reasons.
create table caption (
    id           blob   not null constraint caption_pkey primary key,
    recording_id blob   not null constraint caption_recording_id_fkey references recording (id),
    language     text   not null constraint caption_language_check check (language in ('en', 'fr')),
    content      text   not null,
    created_at   bigint not null
);

create index caption_recording_id_idx on caption (recording_id);
