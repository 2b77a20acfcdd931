-- What is said in a film, in WebVTT as it was read. It lies here and not in the object
-- store: it is small, and goes with its recording. Never changed: a page names one, and
-- the page that is published goes on showing it while another one is written.
create table caption (
    id           uuid   not null constraint caption_pkey primary key,
    recording_id uuid   not null constraint caption_recording_id_fkey references recording (id),
    language     text   not null constraint caption_language_check check (language in ('en', 'fr')),
    content      text   not null,
    created_at   bigint not null
);

create index caption_recording_id_idx on caption (recording_id);
