-- People who are signed in to the console. Of the secret in the cookie only the hash is kept.
CREATE TABLE console_session (
    secret_hash bytea       PRIMARY KEY,
    actor       text        NOT NULL,
    roles       text        NOT NULL,
    csrf        text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL
);

-- Sagas that people look for among very many that went well. A saga that goes well never enters it.
CREATE INDEX saga_trouble ON saga (status, started_at, id) WHERE status IN ('COMPENSATED', 'COMPENSATING', 'HELD');
