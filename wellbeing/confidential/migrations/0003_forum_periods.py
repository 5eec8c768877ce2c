import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("confidential", "0002_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="retention",
            name="forum_names_months",
            field=models.PositiveSmallIntegerField(
                default=12,
                help_text="From the last decision about it; where there is none, from when it was raised.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="months that it is kept who raised something for the forum",
            ),
        ),
        migrations.AddField(
            model_name="retention",
            name="forum_invitations_months",
            field=models.PositiveSmallIntegerField(
                default=24,
                help_text="From the meeting. Its minutes stay, with the names that stand in them.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="months that it is kept who was invited to a meeting of the forum, and who came",
            ),
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.CheckConstraint(
                condition=models.Q(("forum_invitations_months__gte", 1), ("forum_names_months__gte", 1)),
                name="forum_kept_for_a_month",
            ),
        ),
    ]
