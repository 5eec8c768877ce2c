from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("champions", "0003_waiting")]
    operations = []
