"""What the database itself refuses, in SQL: written once here and run by the migrations."""

# Typed without its accents or capitals, a name is found all the same. Indexes stand on the very words of `folded`.
ACCENTED, PLAIN = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"


def folded(name: str) -> str:
    """SQL for the column `name` without accents and capitals."""
    return f"translate(lower({name}), '{ACCENTED}', '{PLAIN}')"


def fold(text: str) -> str:
    """The same of what was typed."""
    return text.lower().translate(str.maketrans(ACCENTED, PLAIN))


# Deferred to the end of the transaction, so that a roster may turn a line of command around; the
# advisory lock makes two transactions that would each write half of a cycle wait for each other.
NO_MANAGER_CYCLES = """
CREATE FUNCTION people_no_manager_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above bigint;
    steps integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('people.line_manager'));
    SELECT line_manager_id INTO above FROM people_person WHERE id = NEW.id;
    WHILE above IS NOT NULL LOOP
        steps := steps + 1;
        IF above = NEW.id OR steps > 100 THEN
            RAISE EXCEPTION 'line managers form a cycle at person %', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'no_manager_cycle';
        END IF;
        SELECT line_manager_id INTO above FROM people_person WHERE id = above;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER no_manager_cycle_new AFTER INSERT ON people_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.line_manager_id IS NOT NULL)
    EXECUTE FUNCTION people_no_manager_cycle();
CREATE CONSTRAINT TRIGGER no_manager_cycle AFTER UPDATE OF line_manager_id ON people_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.line_manager_id IS NOT NULL AND NEW.line_manager_id IS DISTINCT FROM OLD.line_manager_id)
    EXECUTE FUNCTION people_no_manager_cycle();
"""

# The names are `EXCLUSIVE` of wellbeing/roles.py; a test holds the two lists against each other.
ROLES_EXCLUDE = """
CREATE FUNCTION people_roles_exclude() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('people.roles'), NEW.person_id::integer);
    IF EXISTS (
        SELECT FROM people_roleassignment other
        WHERE other.person_id = NEW.person_id AND other.id <> NEW.id
          AND other.role IN ('hr', 'coordinator', 'dpo', 'guardian', 'technical_admin')
          AND daterange(other.starts, other.ends) && daterange(NEW.starts, NEW.ends)
    ) THEN
        RAISE EXCEPTION 'person % already holds a role that excludes %', NEW.person_id, NEW.role
            USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_exclude';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER roles_exclude BEFORE INSERT OR UPDATE ON people_roleassignment
    FOR EACH ROW WHEN (NEW.role IN ('hr', 'coordinator', 'dpo', 'guardian', 'technical_admin'))
    EXECUTE FUNCTION people_roles_exclude();
"""

# History is written and read, never edited: not by the web, not by the worker.
HISTORY_STAYS = """
CREATE FUNCTION people_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is not edited';
END $$;
CREATE TRIGGER history_stays BEFORE UPDATE OF at, verb, about_type, about_id, details ON people_change
    FOR EACH ROW EXECUTE FUNCTION people_history_stays();
REVOKE DELETE, TRUNCATE ON people_change FROM wellbeing_app, wellbeing_worker;
"""

UNDO = """
DROP FUNCTION people_no_manager_cycle() CASCADE;
DROP FUNCTION people_roles_exclude() CASCADE;
DROP FUNCTION people_history_stays() CASCADE;
"""

# Nor is it put into somebody else's name: who did it goes only with the person themselves.
HISTORY_KEEPS_WHO = """
CREATE TRIGGER history_keeps_who BEFORE UPDATE OF by_id ON people_change
    FOR EACH ROW WHEN (NEW.by_id IS NOT NULL) EXECUTE FUNCTION people_history_stays();
"""

# Whoever is given another address or staff number is closed until confirmed, whichever way it was written: an action,
# a command, a statement typed by hand. The first change counts; half of a confirmation is of no use after the next.
IDENTITY_CLOSES = """
CREATE FUNCTION people_identity_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.identity_changed_at := coalesce(OLD.identity_changed_at, NEW.identity_changed_at, now());
    NEW.identity_vouched_by_id := NULL;
    NEW.identity_vouched_at := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_closes BEFORE UPDATE ON people_person
    FOR EACH ROW WHEN (NEW.email IS DISTINCT FROM OLD.email OR NEW.staff_number IS DISTINCT FROM OLD.staff_number)
    EXECUTE FUNCTION people_identity_closes();
"""

UNDO_IDENTITY_CLOSES = "DROP FUNCTION people_identity_closes() CASCADE;"

# The worker deletes sessions that are over, and has no business with what is in them.
WORKER_READS_NO_SESSION = """
REVOKE ALL ON django_session FROM wellbeing_worker;
GRANT SELECT (expire_date), DELETE ON django_session TO wellbeing_worker;
"""

# Which of these people something is tied to that does not go with them, in whichever table: their key alone, so that
# whoever undoes an import, the worker too, learns that without a right to read what it is. Only of people who came with
# an import that is being undone: of others it would tell that something about them is there.
TIED = """
CREATE FUNCTION people_tied(people bigint[]) RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tie record;
    came bigint[] := ARRAY(
        SELECT key FROM unnest(people) AS key
        WHERE EXISTS (SELECT FROM people_rosterimport i
                      WHERE i.state = 'undoing' AND i.back -> 'new' @> to_jsonb(key)));
BEGIN
    FOR tie IN
        SELECT c.conrelid::regclass AS tied, a.attname AS named FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'people_person'::regclass AND c.conrelid <> c.confrelid
          AND c.confdeltype <> 'c'
    LOOP
        RETURN QUERY EXECUTE format('SELECT DISTINCT %I FROM %s WHERE %I = ANY ($1)', tie.named, tie.tied, tie.named)
            USING came;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION people_tied(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_tied(bigint[]) TO wellbeing_app, wellbeing_worker;
"""
