"""The database keeps sight itself, so that nothing which changes a grant, a seal or a membership can forget it."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("need_to_know", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD)]
