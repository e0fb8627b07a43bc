-- What an owner has reserved and uses: always the sum of the owner's ledger entries. A limit that is absent is the
-- configured one. The row changes with every asset, so there is room on its page for new versions.
CREATE TABLE account (
    owner_id        text        PRIMARY KEY,
    limit_bytes     bigint      CHECK (limit_bytes >= 0),
    limit_assets    bigint      CHECK (limit_assets >= 0),
    reserved_bytes  bigint      NOT NULL DEFAULT 0 CHECK (reserved_bytes >= 0),
    reserved_assets bigint      NOT NULL DEFAULT 0 CHECK (reserved_assets >= 0),
    used_bytes      bigint      NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
    used_assets     bigint      NOT NULL DEFAULT 0 CHECK (used_assets >= 0),
    updated_at      timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 30, autovacuum_vacuum_scale_factor = 0.05);

-- One for each asset. HELD until released, expired, or USED by a published asset.
CREATE TABLE reservation (
    asset_id   text        PRIMARY KEY,
    owner_id   text        NOT NULL,
    saga_id    text        NOT NULL,
    bytes      bigint      NOT NULL CHECK (bytes > 0),
    state      text        NOT NULL DEFAULT 'HELD' CHECK (state IN ('HELD', 'USED', 'RELEASED', 'EXPIRED')),
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);
CREATE INDEX reservation_due ON reservation (expires_at) WHERE state = 'HELD';

-- Every change of an account, as differences. Never changed, never deleted.
CREATE TABLE ledger_entry (
    entry_id        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id        text        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('RESERVE', 'RELEASE', 'COMMIT', 'EXPIRE', 'ADJUST')),
    reserved_bytes  bigint      NOT NULL,
    reserved_assets bigint      NOT NULL,
    used_bytes      bigint      NOT NULL,
    used_assets     bigint      NOT NULL,
    asset_id        text,
    saga_id         text,
    adjustment_id   text,
    note            text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CHECK (CASE kind
        WHEN 'RESERVE' THEN reserved_bytes > 0 AND reserved_assets = 1 AND used_bytes = 0 AND used_assets = 0
        WHEN 'COMMIT' THEN reserved_bytes <= 0 AND reserved_assets IN (0, -1) AND used_bytes > 0 AND used_assets = 1
        WHEN 'ADJUST' THEN reserved_bytes = 0 AND reserved_assets = 0 AND adjustment_id IS NOT NULL
        ELSE reserved_bytes < 0 AND reserved_assets = -1 AND used_bytes = 0 AND used_assets = 0
    END)
);
CREATE INDEX ledger_entry_owner ON ledger_entry (owner_id, entry_id DESC);
CREATE UNIQUE INDEX ledger_entry_adjustment ON ledger_entry (owner_id, adjustment_id) WHERE adjustment_id IS NOT NULL;

CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only; write an ADJUST entry instead of a %', TG_OP;
END
$$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
