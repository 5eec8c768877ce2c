from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0012_return_walls")]
    operations = []
