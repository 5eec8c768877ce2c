from django.db import migrations

from wellbeing.contact import sql


class Migration(migrations.Migration):
    """Apart from the tables: Django makes their foreign keys at the very end of the migration that makes them."""

    dependencies = [("contact", "0001_initial")]

    operations = [migrations.RunSQL(sql.CASCADE, migrations.RunSQL.noop)]
