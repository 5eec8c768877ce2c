from django.db import migrations

from wellbeing.confidential import sql
from wellbeing.confidential.sql.policies import GRANTS, POLICIES


class Migration(migrations.Migration):
    """Row policies, the functions that are the only ways in, and a link for every line manager there is."""

    dependencies = [("confidential", "0001_initial"), ("people", "0002_refusals")]
    operations = [
        migrations.RunSQL(
            [
                sql.read("identity"),
                POLICIES,
                GRANTS,
                *(sql.read(name) for name in ("read_log", "records", "links", "break_glass", "purge", "keeper")),
                "SELECT confidential_sync_line_manager_links(array_agg(id), null, false) FROM people_person",
            ],
            migrations.RunSQL.noop,
        )
    ]
