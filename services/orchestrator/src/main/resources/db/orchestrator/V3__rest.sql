-- The clock of step timeouts stands still while messages do not flow. "pulse" is when they were last seen to; a gap becomes a
-- row of "standstill", which ends some time after the gap so that what had piled up can go through.
CREATE TABLE pulse (
    one boolean     PRIMARY KEY DEFAULT true CHECK (one),
    at  timestamptz NOT NULL
) WITH (fillfactor = 50);
-- Nothing can have stood still before the first pulse.
INSERT INTO pulse (at) VALUES ('infinity');

CREATE TABLE standstill (
    began_at timestamptz PRIMARY KEY,
    ended_at timestamptz NOT NULL
);
