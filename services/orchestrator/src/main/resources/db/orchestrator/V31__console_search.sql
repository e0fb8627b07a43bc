-- What people look through in the console; none of these tables is written to by a saga that goes well.
CREATE INDEX audit_actor ON audit (actor, id);
CREATE INDEX dead_letter_topic ON dead_letter (original_topic, id);
CREATE INDEX dead_letter_type ON dead_letter (type, id);
CREATE INDEX dead_letter_open ON dead_letter (id) WHERE redriven_at IS NULL;
CREATE INDEX dead_letter_redriven ON dead_letter (id) WHERE redriven_at IS NOT NULL;
CREATE INDEX redrive_created_at ON redrive (created_at);
-- The orders that are not done yet, among all that ever were.
CREATE INDEX redrive_open ON redrive (next_at) WHERE finished_at IS NULL;
