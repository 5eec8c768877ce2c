import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                (
                    "scope",
                    models.CharField(
                        choices=[("external", "Outside the force"), ("internal", "In the force")],
                        default="external",
                        max_length=10,
                    ),
                ),
                (
                    "for_what",
                    models.CharField(help_text="In the words of somebody who needs it: “debt advice”.", max_length=150),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9+ ]{3,20}$",
                                "Write the number with digits and spaces only, for example 0300 131 2789.",
                            )
                        ],
                    ),
                ),
                (
                    "text_number",
                    models.CharField(
                        blank=True,
                        help_text="A number to text, with a condition in brackets: “999 (registered phones)”.",
                        max_length=30,
                    ),
                ),
                (
                    "text_word",
                    models.CharField(
                        blank=True, help_text="The word to text, if there is one: “SHOUT”.", max_length=20
                    ),
                ),
                ("hours", models.CharField(help_text="“always”, or “Monday to Friday 9am to 5pm”.", max_length=80)),
                ("always_open", models.BooleanField(default=False, verbose_name="open day and night")),
                ("website", models.URLField(blank=True)),
                (
                    "how_to_reach",
                    models.CharField(
                        blank=True,
                        help_text="For a service without a number: a room, a form, an address.",
                        max_length=200,
                    ),
                ),
                (
                    "relay_or_bsl",
                    models.CharField(
                        blank=True,
                        help_text="How deaf people and people who cannot speak reach it.",
                        max_length=200,
                        verbose_name="Relay UK or BSL",
                    ),
                ),
                (
                    "shares_with_force",
                    models.CharField(
                        choices=[
                            ("no", "Nothing is shared with the force"),
                            ("with consent", "Shared with the force only if you agree"),
                            ("yes", "The force may be told"),
                        ],
                        default="no",
                        max_length=12,
                    ),
                ),
                (
                    "what_happens",
                    models.CharField(blank=True, help_text="What happens when you call or text.", max_length=250),
                ),
                ("urgent", models.BooleanField(default=False, help_text="Stands first on the page for urgent help.")),
                ("order", models.PositiveSmallIntegerField(default=100, help_text="Lower numbers stand first.")),
                (
                    "short_name",
                    models.CharField(blank=True, help_text="What the strip on every page calls it.", max_length=30),
                ),
                ("verified_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "verified_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "support service",
                "ordering": ["order", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="service_name_once",
                        violation_error_message="A service of this name is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("urgent", False),
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("text_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="urgent_service_has_a_number",
                        violation_error_message="An urgent service needs a number to call or to text.",
                    ),
                ],
            },
        ),
    ]
