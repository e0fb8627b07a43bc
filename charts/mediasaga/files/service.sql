-- One service: psql -v database=mediasaga -v role=media -v login=media_a -v password=… -f service.sql
-- Both logins act as the owning role, so that what one of them makes belongs to the other as well.
SET client_min_messages = warning;
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('mediasaga roles')) \g /dev/null
SELECT format('CREATE ROLE %I NOLOGIN', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
SELECT format('CREATE ROLE %I NOLOGIN', r) FROM unnest(ARRAY[:'role' || '_a', :'role' || '_b']) r
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
SELECT format('GRANT %I TO %I', :'role', r) FROM unnest(ARRAY[:'role' || '_a', :'role' || '_b']) r \gexec
SELECT format('ALTER ROLE %I IN DATABASE %I SET role = %I', r, :'database', :'role') FROM unnest(ARRAY[:'role' || '_a', :'role' || '_b']) r \gexec
SELECT format('ALTER ROLE %I IN DATABASE %I SET search_path = %I', r, :'database', :'role') FROM unnest(ARRAY[:'role' || '_a', :'role' || '_b']) r \gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', :'login', :'password') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'database') \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', :'database', :'role') \gexec
SELECT format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', :'role', :'role') \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;
COMMIT;
