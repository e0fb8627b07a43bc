-- What the handlers do: one row for each time that one has run and its transaction has committed.
CREATE TABLE parcel (
    id      bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    saga_id text   NOT NULL,
    step    text   NOT NULL,
    attempt integer,
    note    text
);
CREATE INDEX parcel_saga ON parcel (saga_id);
