from django.db import migrations

from wellbeing.training.sql import events as sql


class Migration(migrations.Migration):
    """Events are the coordinator's to see until they are over; whoever leaves the force gives their places back."""

    dependencies = [("training", "0003_requirements")]
    operations = [migrations.RunSQL(sql.ALL, migrations.RunSQL.noop)]
