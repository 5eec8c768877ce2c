-- The functions that must stay bound by the row policies change hands. A new owner needs CREATE on the schema for a moment.
GRANT CREATE ON SCHEMA public TO wellbeing_keeper;
ALTER FUNCTION confidential_seal(uuid, uuid, text, integer, text, bigint, date, text, bytea, bytea) OWNER TO wellbeing_keeper;
ALTER FUNCTION confidential_seal_again(uuid, uuid, bytea) OWNER TO wellbeing_keeper;
ALTER FUNCTION confidential_open(uuid, text) OWNER TO wellbeing_keeper;
ALTER FUNCTION confidential_texts(uuid) OWNER TO wellbeing_keeper;
ALTER FUNCTION confidential_refuse(uuid, text) OWNER TO wellbeing_keeper;
ALTER FUNCTION purge_read_log(timestamptz) OWNER TO wellbeing_keeper;
REVOKE CREATE ON SCHEMA public FROM wellbeing_keeper;
