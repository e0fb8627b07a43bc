-- What new sagas of a definition are started with.
CREATE TABLE definition (
    namespace  text        NOT NULL,
    name       text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED', 'DELETED')),
    version    integer     NOT NULL,
    hash       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (namespace, name)
);

-- Every version that was ever accepted; sagas are pinned to one of them. Never changed.
CREATE TABLE definition_version (
    namespace  text        NOT NULL,
    name       text        NOT NULL,
    version    integer     NOT NULL,
    hash       text        NOT NULL,
    canonical  text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (namespace, name, version),
    UNIQUE (namespace, name, hash)
);

-- One row per saga, changed by compare-and-swap on "version". No indexed column changes before the end, and pages keep
-- room, so that the ordinary step is a heap-only update. "wake_at" repeats timer.due_at.
CREATE TABLE saga (
    id                 text        PRIMARY KEY,
    namespace          text        NOT NULL,
    definition         text        NOT NULL,
    definition_version integer     NOT NULL,
    version            bigint      NOT NULL,
    status             text        NOT NULL,
    step               text,
    paused             boolean     NOT NULL,
    state              text        NOT NULL,
    keys               text[]      NOT NULL,
    wake_at            timestamptz,
    started_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    ended_at           timestamptz
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.1,
        -- The state is one to three kilobytes of JSON, rewritten with each step: it stays in the row as it is.
        toast_tuple_target = 4096);
CREATE INDEX saga_page ON saga (started_at, id);
CREATE INDEX saga_keys ON saga USING gin (keys);
CREATE INDEX saga_active ON saga (namespace, definition, definition_version) WHERE ended_at IS NULL;

-- What happened, one row per attempt that is over and per turn of the saga.
CREATE TABLE saga_history (
    id           bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    saga_id      text        NOT NULL,
    kind         text        NOT NULL,
    step         text,
    compensation text,
    attempt      integer     NOT NULL,
    since        timestamptz NOT NULL,
    at           timestamptz NOT NULL,
    detail       text,
    PRIMARY KEY (saga_id, id)
);

-- One wake-up per saga that moves by itself. Never later than needed, often earlier: a wake-up that finds nothing due is
-- moved then, which is cheaper than moving it with each step.
CREATE TABLE timer (
    saga_id text        PRIMARY KEY,
    due_at  timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX timer_due_at ON timer (due_at);

-- Answers of starts by idempotency key.
CREATE TABLE start_key (
    key        text        PRIMARY KEY,
    body_hash  text        NOT NULL,
    saga_id    text        NOT NULL,
    answer     text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX start_key_created_at ON start_key USING brin (created_at) WITH (autosummarize = on);

-- Who did what to which saga or dead letter, why, and what it was before and after.
CREATE TABLE audit (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor      text        NOT NULL,
    operation  text        NOT NULL,
    target     text        NOT NULL,
    reason     text        NOT NULL,
    accepted   boolean     NOT NULL,
    before     text,
    after      text,
    request_id text
);
CREATE INDEX audit_target ON audit (target, id);

-- Messages that nobody could handle.
CREATE TABLE dead_letter (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic          text        NOT NULL,
    partition      integer     NOT NULL,
    "offset"       bigint      NOT NULL,
    original_topic text        NOT NULL,
    key            text,
    headers        text        NOT NULL,
    value          bytea       NOT NULL,
    message_id     text,
    type           text,
    saga_id        text,
    step           text,
    attempts       integer,
    first_error    text,
    last_error     text,
    died_at        timestamptz NOT NULL,
    redriven_at    timestamptz,
    redrives       integer     NOT NULL DEFAULT 0,
    UNIQUE (topic, partition, "offset")
);
CREATE INDEX dead_letter_saga ON dead_letter (saga_id);

-- Orders to send dead letters again. What is left to send is what "redrive_item" holds.
CREATE TABLE redrive (
    id          text        PRIMARY KEY,
    actor       text        NOT NULL,
    reason      text        NOT NULL,
    rate        integer     NOT NULL,
    total       integer     NOT NULL,
    sent        integer     NOT NULL DEFAULT 0,
    next_at     timestamptz NOT NULL DEFAULT now(),
    created_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE TABLE redrive_item (
    redrive_id     text   NOT NULL REFERENCES redrive ON DELETE CASCADE,
    dead_letter_id bigint NOT NULL REFERENCES dead_letter ON DELETE CASCADE,
    PRIMARY KEY (redrive_id, dead_letter_id)
);
CREATE INDEX redrive_item_dead_letter ON redrive_item (dead_letter_id);
