from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("champions", "0002_rules")]
    operations = []
