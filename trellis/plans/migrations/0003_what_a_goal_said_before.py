import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_direct_work_is_called_so"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GoalCorrection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("old_values", models.JSONField()),
                ("corrected_at", models.DateTimeField()),
                ("why", models.CharField(max_length=200)),
                (
                    "corrected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="plans.goal"
                    ),
                ),
            ],
            options={
                "ordering": ["corrected_at"],
                "abstract": False,
            },
        ),
    ]
