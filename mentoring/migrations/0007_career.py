from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0006_absence_walls")]
    operations = []
