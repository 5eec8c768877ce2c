from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("spocs", "0002_topics")]

    operations = []
