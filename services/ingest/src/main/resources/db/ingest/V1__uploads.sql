-- An upload from its preparation to the end of its saga.
-- OPEN: waits for bytes. UPLOADED: complete and told. FAILED: will not be completed, told. CLEANED: nothing is left but the row.
CREATE TABLE upload (
    upload_id       text        PRIMARY KEY,
    asset_id        text        NOT NULL,
    saga_id         text        NOT NULL,
    owner_id        text        NOT NULL,
    file_name       text        NOT NULL,
    content_type    text        NOT NULL,
    size_bytes      bigint      NOT NULL CHECK (size_bytes > 0),
    declared_sha256 text,
    request_id      text,
    status          text        NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'UPLOADED', 'FAILED', 'CLEANED')),
    -- What is durable in the store, and where; see AppendState.
    received        bigint      NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size_bytes),
    append_detail   text        NOT NULL DEFAULT '',
    object_key      text,
    sha256          text,
    failure_code    text,
    failure_reason  text,
    -- One writer at a time, under a lease; the epoch grows when a lease that ran out is taken over.
    epoch           bigint      NOT NULL DEFAULT 1,
    lock_token      text,
    locked_until    timestamptz,
    -- A failure is told again until the saga has cleaned up: the first time it may come before the saga waits for it.
    notices         integer     NOT NULL DEFAULT 0,
    next_notice_at  timestamptz,
    -- When the janitor is to delete the files.
    files_due_at    timestamptz,
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX upload_asset ON upload (asset_id) WHERE status <> 'CLEANED';
CREATE INDEX upload_saga ON upload (saga_id);
CREATE INDEX upload_expires ON upload (expires_at) WHERE status = 'OPEN';
CREATE INDEX upload_unfinished ON upload (upload_id) WHERE status = 'OPEN' AND received = size_bytes;
CREATE INDEX upload_notice ON upload (next_notice_at) WHERE next_notice_at IS NOT NULL;
CREATE INDEX upload_files_due ON upload (files_due_at) WHERE files_due_at IS NOT NULL;
CREATE INDEX upload_cleaned ON upload (updated_at) WHERE status = 'CLEANED' AND files_due_at IS NULL;

-- The key that signs upload tokens; the first replica makes it.
CREATE TABLE token_key (
    id         integer     PRIMARY KEY CHECK (id = 1),
    secret     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Work that one replica does for all.
CREATE TABLE job (
    name        text        PRIMARY KEY,
    next_run_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO job (name) VALUES ('orphans');
