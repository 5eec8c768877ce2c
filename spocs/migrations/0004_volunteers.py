from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("spocs", "0003_stories")]

    operations = []
