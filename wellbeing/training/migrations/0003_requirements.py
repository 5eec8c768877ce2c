from django.db import migrations, models

from wellbeing.training.sql import requirements as sql


class Migration(migrations.Migration):
    """Whom a requirement concerns is kept in line by the database, from the roster."""

    dependencies = [("training", "0002_walls"), ("people", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="required",
            name="ended_on",
            field=models.DateField(help_text="Since when it concerns them no longer.", null=True),
        ),
        migrations.RunSQL(sql.ALL, migrations.RunSQL.noop),
    ]
