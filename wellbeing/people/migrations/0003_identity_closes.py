import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from wellbeing.people import sql


class Migration(migrations.Migration):
    """A changed address or staff number closes the account whoever writes it; two people vouch for somebody."""

    dependencies = [("people", "0002_refusals"), ("sessions", "0001_initial")]
    operations = [
        migrations.AddField(
            "person",
            "identity_vouched_by",
            models.ForeignKey(
                editable=False,
                help_text="The first of the two who say that it is still them. Empty again once the second has.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("person", "identity_vouched_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=Q(identity_vouched_by__isnull=True) | Q(identity_changed_at__isnull=False),
                name="vouched_for_while_closed",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(condition=~Q(identity_vouched_by=F("id")), name="nobody_vouches_for_themselves"),
        ),
        migrations.RunSQL(sql.IDENTITY_CLOSES, sql.UNDO_IDENTITY_CLOSES),
        migrations.RunSQL(sql.WORKER_READS_NO_SESSION, migrations.RunSQL.noop),
        migrations.RunSQL(sql.HISTORY_KEEPS_WHO, "DROP TRIGGER history_keeps_who ON people_change"),
    ]
