-- A version that was agreed stays as it was, whoever asks: a change is a new version.
CREATE FUNCTION support_statement_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.approved_at IS NOT NULL THEN
        RAISE EXCEPTION 'a version that was agreed stays as it was'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_stands';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER support_statement_stands BEFORE UPDATE OR DELETE ON support_statement
FOR EACH ROW EXECUTE FUNCTION support_statement_stands();
