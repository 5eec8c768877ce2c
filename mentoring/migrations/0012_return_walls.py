from django.db import migrations

from mentoring.sql import read
from mentoring.sql.returns import ADJUSTMENTS, GRANTS, POLICIES


class Migration(migrations.Migration):
    """Row policies on return-to-work meetings and what belongs to them, and the functions that write them."""

    dependencies = [("mentoring", "0011_returns"), ("confidential", "0002_walls")]
    operations = [
        migrations.RunSQL(
            [POLICIES, ADJUSTMENTS, GRANTS, read("returns"), read("adjustments")], migrations.RunSQL.noop
        ),
    ]
