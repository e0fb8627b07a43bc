-- What is reachable under which address: this row, and nothing else, makes it so.
CREATE TABLE publication (
    slug         text        PRIMARY KEY,
    asset_id     text        NOT NULL,
    saga_id      text        NOT NULL,
    prefix       text        NOT NULL,
    entry        text        NOT NULL,
    poster       text,
    title        text        NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX publication_saga ON publication (saga_id);

-- Sagas with files in the store that are to be deleted, beside those that are published.
CREATE TABLE leftover (
    saga_id   text        PRIMARY KEY,
    delete_at timestamptz NOT NULL
);
CREATE INDEX leftover_delete_at ON leftover (delete_at);
