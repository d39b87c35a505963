import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_a_release_has_its_moment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("letter", "Letter"),
                    ("report", "Report or assessment"),
                    ("minutes", "Minutes of a meeting"),
                    ("order", "Court order or legal document"),
                    ("plan", "Plan of another agency"),
                    ("theirs", "Something the young person wrote or made"),
                    ("picture", "Photograph or screenshot"),
                    ("other", "Something else"),
                ],
                db_default="other",
                default="other",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="DocumentRecoding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("old", models.JSONField()),
                ("new", models.JSONField()),
                ("why", models.CharField(max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recodings", to="documents.document"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at"],
                "abstract": False,
            },
        ),
    ]
