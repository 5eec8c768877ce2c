from django.db import migrations


class Migration(migrations.Migration):
    """The worker, which reminds of what was agreed, sees when: nobody is told of what was agreed before their time."""

    dependencies = [("mentoring", "0003_walls")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT (made_at) ON mentoring_action TO wellbeing_worker;",
            "REVOKE SELECT (made_at) ON mentoring_action FROM wellbeing_worker;",
        ),
    ]
