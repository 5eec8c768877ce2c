from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0010_swap_walls")]
    operations = []
