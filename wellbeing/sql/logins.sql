-- The database and its logins, for Postgres 15 or later. Safe to run again: it makes what is
-- missing and sets the passwords given. It touches no table.
--
--   export DATABASE_NAME=wellbeing DATABASE_PASSWORD_OWNER=... DATABASE_PASSWORD_APP=... \
--          DATABASE_PASSWORD_WORKER=... DATABASE_PASSWORD_READER=... DATABASE_PASSWORD_ROTATOR=... \
--          DATABASE_PASSWORD_BACKUP=...
--   psql -X -h your-server -U postgres -d postgres -f wellbeing/sql/logins.sql
--
-- Run it as a superuser, with psql of version 15 or later (\getenv).

\set ON_ERROR_STOP on
\set name wellbeing
\getenv name DATABASE_NAME
\getenv owner DATABASE_PASSWORD_OWNER
\getenv app DATABASE_PASSWORD_APP
\getenv worker DATABASE_PASSWORD_WORKER
\getenv reader DATABASE_PASSWORD_READER
\getenv rotator DATABASE_PASSWORD_ROTATOR
\getenv backup DATABASE_PASSWORD_BACKUP
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I', role)
FROM unnest(ARRAY['wellbeing_owner', 'wellbeing_app', 'wellbeing_worker', 'wellbeing_reader', 'wellbeing_rotator',
                  'wellbeing_backup', 'wellbeing_keeper']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role)
\gexec

-- owner: has the tables; only `migrate` signs in as it.
ALTER ROLE wellbeing_owner LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'owner';
-- app: the web. worker: Celery.
ALTER ROLE wellbeing_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'app';
ALTER ROLE wellbeing_worker LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'worker';
-- reader: the web's second connection, to confidential text. It has no right to any table: what it
-- may call, a migration grants.
ALTER ROLE wellbeing_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'reader';
-- rotator: `manage.py rotate_keys` only, which seals with a new key. What it may touch, a migration grants.
ALTER ROLE wellbeing_rotator LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'rotator';
-- backup: pg_dump. Reads every row, writes none.
ALTER ROLE wellbeing_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS NOREPLICATION PASSWORD :'backup';
ALTER ROLE wellbeing_backup SET default_transaction_read_only = on;
-- keeper: nobody signs in as it. It holds functions which must stay bound by the row policies,
-- as the tables' owner is not.
ALTER ROLE wellbeing_keeper NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION;
GRANT wellbeing_keeper TO wellbeing_owner;

SELECT format('CREATE DATABASE %I OWNER wellbeing_owner ENCODING ''UTF8'' TEMPLATE template0', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name')
\gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"name"
    TO wellbeing_owner, wellbeing_app, wellbeing_worker, wellbeing_reader, wellbeing_rotator, wellbeing_backup;

\connect :"name"
SET client_min_messages = warning;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO wellbeing_owner;
GRANT USAGE ON SCHEMA public
    TO wellbeing_app, wellbeing_worker, wellbeing_reader, wellbeing_rotator, wellbeing_backup, wellbeing_keeper;
-- Tables that the owner makes from now on; a migration narrows this for confidential ones.
ALTER DEFAULT PRIVILEGES FOR ROLE wellbeing_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO wellbeing_app, wellbeing_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE wellbeing_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO wellbeing_app, wellbeing_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE wellbeing_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO wellbeing_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE wellbeing_owner IN SCHEMA public
    GRANT SELECT ON SEQUENCES TO wellbeing_backup;
