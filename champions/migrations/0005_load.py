from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("champions", "0004_life_cycle")]
    operations = []
