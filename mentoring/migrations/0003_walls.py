from django.db import migrations

from mentoring.sql import one_to_ones as sql


class Migration(migrations.Migration):
    """Row policies on 1-1s, and the one way in which they go."""

    dependencies = [("mentoring", "0002_one_to_ones"), ("confidential", "0002_walls")]
    operations = [migrations.RunSQL([sql.POLICIES, sql.GRANTS, sql.PURGE], migrations.RunSQL.noop)]
