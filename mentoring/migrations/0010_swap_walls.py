from django.db import migrations

from mentoring.sql import read, swaps


class Migration(migrations.Migration):
    """Row policies on welfare mentors' profiles, swaps and cover, and the functions that write them."""

    dependencies = [("mentoring", "0009_swaps"), ("confidential", "0002_walls")]
    operations = [
        migrations.RunSQL(
            [swaps.GO_WITH_THE_ABSENCE, swaps.POLICIES, swaps.GRANTS, read("welfare"), read("swaps")],
            migrations.RunSQL.noop,
        ),
    ]
