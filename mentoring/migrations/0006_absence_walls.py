from django.db import migrations

from mentoring.sql import absences, read


class Migration(migrations.Migration):
    """Row policies on absences, plans and contacts, and the functions that write them."""

    dependencies = [("mentoring", "0005_absences"), ("confidential", "0002_walls")]
    operations = [
        migrations.RunSQL([absences.POLICIES, absences.GRANTS, read("absences")], migrations.RunSQL.noop),
    ]
