-- One row per saga whose file is or was worked on. "epoch" fences runs that lost their lease.
CREATE TABLE job (
    saga_id    text        PRIMARY KEY,
    asset_id   text        NOT NULL,
    epoch      bigint      NOT NULL,
    stage      text        NOT NULL,
    percent    integer     NOT NULL,
    profile    text,
    note       text,
    reason     text,
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- When the janitor deletes the saga's temporary files; null for not (any more).
    cleanup_at timestamptz,
    cleanups   integer     NOT NULL DEFAULT 0
) WITH (fillfactor = 80);
CREATE INDEX job_asset ON job (asset_id);
CREATE INDEX job_cleanup ON job (cleanup_at) WHERE cleanup_at IS NOT NULL;
CREATE INDEX job_forget ON job (updated_at) WHERE cleanup_at IS NULL AND cleanups > 0;
