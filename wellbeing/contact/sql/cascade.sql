-- Whatever ties somebody to a request goes when their row on the roster does.
DO $$
DECLARE
    tie record;
BEGIN
    FOR tie IN
        SELECT conrelid::regclass AS tied, conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'people_person'::regclass
          AND conrelid IN ('contact_request'::regclass, 'contact_block'::regclass, 'contact_report'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', tie.tied, tie.name);
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', tie.tied, tie.name,
                       replace(tie.said, ' DEFERRABLE', ' ON DELETE CASCADE DEFERRABLE'));
    END LOOP;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
