"""Updates of health for the meeting, what health is asked, and which health services are involved."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_roles_from_help_to_adulthood"),
        ("people", "0004_a_place_of_education_beside_the_main_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HealthQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("question", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[("asked", "Asked"), ("answered", "Answered"), ("withdrawn", "Not needed any more")],
                        default="asked",
                        max_length=20,
                    ),
                ),
                ("due_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="health_questions", to="people.person"
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
                "ordering": ["due_on", "asked_at"],
            },
        ),
        migrations.CreateModel(
            name="HealthQuestionMove",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("old", models.CharField(blank=True, max_length=30)),
                ("new", models.CharField(max_length=30)),
                ("moved_at", models.DateTimeField()),
                ("why", models.TextField(blank=True)),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_moves",
                        to="health_needs.healthquestion",
                    ),
                ),
            ],
            options={
                "ordering": ["moved_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HealthService",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("handling", models.CharField(blank=True, max_length=20)),
                ("conditions", models.CharField(blank=True, max_length=300)),
                (
                    "limited_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("lawful_basis", models.CharField(default="public_task", max_length=40)),
                ("purpose", models.CharField(default="safeguarding", max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("what_for", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=200)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="health_services", to="people.person"
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
                "ordering": [models.OrderBy(models.F("ends_on"), descending=True, nulls_first=True), "-starts_on"],
            },
        ),
        migrations.CreateModel(
            name="HealthServiceCorrection",
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
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="health_needs.healthservice",
                    ),
                ),
            ],
            options={
                "ordering": ["corrected_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HealthUpdate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("handling", models.CharField(blank=True, max_length=20)),
                ("conditions", models.CharField(blank=True, max_length=300)),
                (
                    "limited_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("lawful_basis", models.CharField(default="public_task", max_length=40)),
                ("purpose", models.CharField(default="safeguarding", max_length=40)),
                ("told_on", models.DateField()),
                ("words", models.TextField()),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="health_needs.healthquestion",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="health_updates", to="people.person"
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
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="health_needs.healthupdate",
                    ),
                ),
            ],
            options={
                "ordering": ["-told_on", "-recorded_at"],
            },
        ),
        migrations.AddIndex(
            model_name="healthquestion",
            index=models.Index(
                condition=models.Q(("status", "asked")), fields=["due_on"], name="health_question_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="healthquestion",
            index=models.Index(fields=["person"], name="health_questions_of_a_child"),
        ),
        migrations.AddIndex(
            model_name="healthservice",
            index=models.Index(fields=["person"], name="health_services_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="healthservice",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="health_service_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="healthupdate",
            index=models.Index(fields=["person", "-told_on"], name="health_updates_of_a_child"),
        ),
    ]
