from django.db import migrations

# Answers of months that are over, which no function of a real portal writes: this one is in no real portal.
COUNTED_BEFORE = """
CREATE FUNCTION demo_count_answers(kind text, key text, month date, answer text, count integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO support_feedback (kind, key, month, answer, count) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION demo_count_answers(text, text, date, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION demo_count_answers(text, text, date, text, integer) TO wellbeing_app;
"""
GONE = "DROP FUNCTION demo_count_answers(text, text, date, text, integer)"


class Migration(migrations.Migration):
    dependencies = [("demo", "0001_initial"), ("support", "0005_pages")]

    operations = [migrations.RunSQL(COUNTED_BEFORE, GONE)]
