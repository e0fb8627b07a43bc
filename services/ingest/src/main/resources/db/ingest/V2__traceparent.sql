-- Where in a trace the saga's command came from, so that what becomes of the upload is part of the same trace.
ALTER TABLE upload ADD COLUMN traceparent text;
