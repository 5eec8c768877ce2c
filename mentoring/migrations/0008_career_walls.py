from django.db import migrations

from mentoring.sql import career as sql
from mentoring.sql import read


class Migration(migrations.Migration):
    """Row policies on career mentoring, and the functions that ask, answer, pass on and end."""

    dependencies = [("mentoring", "0007_career"), ("confidential", "0002_walls")]
    operations = [migrations.RunSQL([sql.POLICIES, sql.GRANTS, read("career")], migrations.RunSQL.noop)]
