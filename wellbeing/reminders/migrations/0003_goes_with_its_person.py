from django.db import migrations

from wellbeing.reminders import sql


class Migration(migrations.Migration):
    """By itself: Django makes a new table's foreign keys at the end of its migration."""

    dependencies = [("reminders", "0002_outbox")]
    operations = [migrations.RunSQL([sql.CASCADE], migrations.RunSQL.noop)]
