from django.db import migrations

from champions.sql import directory


class Migration(migrations.Migration):
    """Whoever looks for a champion by name reads only those of that name, however many people there are."""

    dependencies = [("champions", "0006_posters"), ("people", "0004_tied")]
    operations = [
        migrations.RunSQL(
            directory.BY_NAME, ["DROP INDEX person_folded_known_as", "DROP INDEX person_folded_last_name"]
        )
    ]
