from django.db import migrations

from wellbeing.plan_door import sql


class Migration(migrations.Migration):
    """Row policies, what may be done to another's rows, and what goes with its person. By itself: Django makes a new
    table's foreign keys at the end of its migration."""

    dependencies = [("plan_door", "0001_initial"), ("confidential", "0002_walls"), ("people", "0003_identity_closes")]
    operations = [migrations.RunSQL([sql.POLICIES, sql.GRANTS, sql.FUNCTIONS, sql.CASCADE], migrations.RunSQL.noop)]
