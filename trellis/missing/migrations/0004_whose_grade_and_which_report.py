import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missing", "0003_the_whole_of_a_missing_desk")]

    operations = [
        migrations.AddField(
            model_name="riskgrading",
            name="by_police",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="episodecorrection",
            name="report",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="missing.missingepisode",
            ),
        ),
    ]
