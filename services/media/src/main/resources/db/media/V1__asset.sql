-- One row for each asset, from the saga's first step on. A row is written twice in its life; room is left on the page.
CREATE TABLE asset (
    asset_id       text        PRIMARY KEY,
    saga_id        text        NOT NULL,
    owner_id       text,
    title          text,
    file_name      text,
    content_type   text,
    size_bytes     bigint      CHECK (size_bytes > 0),
    status         text        NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'PUBLISHED', 'FAILED')),
    failure_reason text,
    public_path    text,
    watch_path     text,
    poster_path    text,
    profile        text,
    note           text,
    duration_ms    bigint,
    width          integer,
    height         integer,
    output_bytes   bigint,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    -- Words of title and file name. Punctuation goes first: the parser would take "clip.mp4" for one word, a host's name.
    words          tsvector    NOT NULL GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, lower(
        regexp_replace(coalesce(title, '') || ' ' || coalesce(file_name, ''), '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+', ' ', 'g')
        COLLATE pg_c_utf8))) STORED,
    CHECK ((status = 'FAILED') = (failure_reason IS NOT NULL)),
    CHECK ((status = 'PUBLISHED') = (public_path IS NOT NULL))
) WITH (fillfactor = 80);

-- Lists are newest first; each filter has the order in its index.
CREATE INDEX asset_created ON asset (created_at DESC, asset_id DESC);
CREATE INDEX asset_owner ON asset (owner_id, created_at DESC, asset_id DESC);
CREATE INDEX asset_status ON asset (status, created_at DESC, asset_id DESC);
CREATE INDEX asset_words ON asset USING gin (words);
