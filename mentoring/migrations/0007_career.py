import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Career mentoring: profiles, requests, askings, pairings, goals and sessions. Dates and keys; no words."""

    dependencies = [
        ("mentoring", "0006_absence_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CareerFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quarter", models.DateField(help_text="Its first day.")),
                (
                    "helped",
                    models.CharField(choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")], max_length=6),
                ),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-quarter"],
                "constraints": [
                    models.UniqueConstraint(fields=("quarter", "helped"), name="career_feedback_counted_once"),
                    models.CheckConstraint(
                        condition=models.Q(("helped__in", ["yes", "partly", "no"])), name="career_helped_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareerProfile",
            fields=[
                (
                    "mentor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="career_profile",
                        serialize=False,
                        to="mentoring.mentor",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                ("paused", models.BooleanField(default=False)),
                (
                    "path",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "experience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("about_me", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("capacity__range", (1, 10))), name="career_capacity_one_to_ten"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "path__contained_by",
                                [
                                    "response",
                                    "neighbourhood",
                                    "investigation",
                                    "safeguarding",
                                    "custody",
                                    "control_room",
                                    "roads",
                                    "operations",
                                    "intelligence",
                                    "forensics",
                                    "training",
                                    "corporate",
                                    "command",
                                ],
                            )
                        ),
                        name="career_path_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "experience__contained_by",
                                [
                                    "board",
                                    "specialist",
                                    "lateral",
                                    "staff_to_officer",
                                    "officer_to_staff",
                                    "another_force",
                                    "first_team",
                                    "parenthood",
                                    "long_absence",
                                    "flexible",
                                    "caring",
                                    "disability",
                                    "minority",
                                    "study",
                                    "last_years",
                                ],
                            )
                        ),
                        name="career_experience_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareerRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not sent yet"),
                            ("waiting", "Sent"),
                            ("matched", "A mentor has said yes"),
                            ("withdrawn", "Withdrawn"),
                            ("ended", "Ended"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "wanted_path",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "wanted_experience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("has_text", models.BooleanField(default=False)),
                (
                    "asked_avoid",
                    models.BooleanField(default=False, help_text="Whether they have said whom to avoid, or nobody."),
                ),
                (
                    "ranked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=3
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_on", models.DateField(null=True)),
                ("look_again_on", models.DateField(null=True)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="career_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="Avoid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="avoided",
                        to="mentoring.careerrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("asked_on", models.DateField()),
                ("answer_by", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No answer yet"),
                            ("more", "Asks for more"),
                            ("accepted", "Says yes"),
                            ("declined", "Declines"),
                            ("passed_on", "Passed on"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                (
                    "more_about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="askings",
                        to="mentoring.careerrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("began", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("feedback_open", models.BooleanField(default=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="pairing",
                        to="mentoring.careerrequest",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="career_pairings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-began", "id"],
            },
        ),
        migrations.CreateModel(
            name="CareerSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "We met"), ("off", "Called off")],
                        default="planned",
                        max_length=7,
                    ),
                ),
                ("has_text", models.BooleanField(default=False)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="sessions", to="mentoring.pairing"
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-made_at"],
            },
        ),
        migrations.CreateModel(
            name="CareerGoal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("review_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "On the way"), ("reached", "Reached"), ("left", "Left")],
                        default="open",
                        max_length=7,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="goals", to="mentoring.pairing"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="careerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "waiting", "matched", "withdrawn", "ended"])),
                name="career_request_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="careerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "wanted_path__contained_by",
                        [
                            "response",
                            "neighbourhood",
                            "investigation",
                            "safeguarding",
                            "custody",
                            "control_room",
                            "roads",
                            "operations",
                            "intelligence",
                            "forensics",
                            "training",
                            "corporate",
                            "command",
                        ],
                    ),
                    (
                        "wanted_experience__contained_by",
                        [
                            "board",
                            "specialist",
                            "lateral",
                            "staff_to_officer",
                            "officer_to_staff",
                            "another_force",
                            "first_team",
                            "parenthood",
                            "long_absence",
                            "flexible",
                            "caring",
                            "disability",
                            "minority",
                            "study",
                            "last_years",
                        ],
                    ),
                    ("ranked__len__lte", 3),
                ),
                name="career_request_asks_what_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="careerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "waiting"), ("look_again_on__isnull", True), _connector="OR"),
                name="career_looks_while_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="careerrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "waiting", "matched"])),
                fields=("subject",),
                name="career_one_request_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="avoid",
            constraint=models.UniqueConstraint(fields=("request", "person"), name="career_avoid_once"),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(
                condition=models.Q(("answer__in", ["", "more"])), fields=["mentor"], name="asking_by_mentor"
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "more", "accepted", "declined", "passed_on", "withdrawn"])),
                name="career_answer_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", models.F("mentor")), _negated=True), name="career_asks_somebody_else"
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(("more_about__contained_by", ["hope", "now", "time", "until"])),
                name="career_more_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="career_answer_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer__in", ["", "more"])), fields=("request",), name="career_asks_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.UniqueConstraint(fields=("request", "mentor"), name="career_asks_somebody_once"),
        ),
        migrations.AddIndex(
            model_name="pairing",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)), fields=["mentor"], name="pairing_by_mentor"
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", models.F("mentor")), _negated=True), name="career_pair_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on__gte", models.F("began"))), name="career_pairing_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_by__isnull", True), ("ended_on__isnull", False), _connector="OR"),
                name="career_pairing_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)), fields=("subject",), name="career_one_mentor_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="careersession",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "held", "off"])), name="career_session_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="careergoal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "reached", "left"])), name="career_goal_state_known"
            ),
        ),
    ]
