from django.db import migrations

from wellbeing.people import sql


class Migration(migrations.Migration):
    """Undoing an import asks the database whom something is tied to: the worker may not read most of it."""

    dependencies = [("people", "0003_identity_closes")]
    operations = [migrations.RunSQL(sql.TIED, "DROP FUNCTION people_tied(bigint[])")]
