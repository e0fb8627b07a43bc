-- For the count of undone sagas. A saga enters it once, when it ends.
CREATE INDEX saga_undone ON saga (namespace, definition) WHERE status = 'COMPENSATED';
