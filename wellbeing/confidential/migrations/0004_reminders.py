import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    """How long reminders are kept; and the worker, which makes them, sees from when on a link opens what was written."""

    dependencies = [("confidential", "0003_retention")]

    operations = [
        migrations.AddField(
            model_name="retention",
            name="reminders_days",
            field=models.PositiveSmallIntegerField(
                default=90,
                help_text="From when it is over. What still waits for its reader stays.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="days that a reminder and its mail are kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.CheckConstraint(
                condition=models.Q(("reminders_days__gte", 1)), name="reminders_kept_for_a_day"
            ),
        ),
        migrations.RunSQL(
            "GRANT SELECT (opens_from) ON confidential_carelink TO wellbeing_worker;",
            "REVOKE SELECT (opens_from) ON confidential_carelink FROM wellbeing_worker;",
        ),
    ]
