"""From the 18th birthday on the work goes on with a basis, or what was granted in childhood ends: kept by the database."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.core.ids

FORWARD = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("need_to_know", "0004_unseal_proposals_and_ended_exclusions"),
        ("people", "0004_a_place_of_education_beside_the_main_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdultBasis",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("kind", models.CharField(max_length=60)),
                ("with_partners", models.BooleanField(default=False)),
                ("words", models.TextField()),
                ("starts_on", models.DateField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_because", models.TextField(blank=True)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adult_bases", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "adult bases",
                "ordering": ["-starts_on", "-recorded_at"],
                "indexes": [models.Index(fields=["person"], name="adult_basis_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="one_adult_basis_at_a_time",
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD),
    ]
