from django.db import migrations

from wellbeing.people import sql


class Migration(migrations.Migration):
    """What the database itself refuses: cycles of managers, roles that exclude each other, edited history."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL([sql.NO_MANAGER_CYCLES, sql.ROLES_EXCLUDE, sql.HISTORY_STAYS], sql.UNDO)]
