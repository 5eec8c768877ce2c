from django.db import migrations

from wellbeing.training.sql import places as sql


class Migration(migrations.Migration):
    """The database counts places, and shows each to whom it concerns."""

    dependencies = [("training", "0001_initial"), ("confidential", "0002_walls")]
    operations = [migrations.RunSQL(sql.ALL, migrations.RunSQL.noop)]
