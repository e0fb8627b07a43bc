-- Who a session's token named, beside the name that people see, and whose files that person may send. Who is signed in signs in again.
DELETE FROM console_session;
ALTER TABLE console_session
    ADD COLUMN person text NOT NULL,
    ADD COLUMN owners text[] NOT NULL;
