"""The draft of a story within its record, its steps, reasons and consents; and what is released, which names nobody."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_a_place_of_education_beside_the_main_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseStudy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=120)),
                ("before", models.TextField(blank=True)),
                ("turning_point", models.TextField(blank=True)),
                ("what_helped", models.TextField(blank=True)),
                ("now", models.TextField(blank=True)),
                ("own_words", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft: something is still found"),
                            ("checked", "Checked: nothing is found"),
                            ("proposed", "Waiting for a second person"),
                            ("released", "Released"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("pseudonym", models.CharField(max_length=40)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="case_studies", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "case studies",
                "ordering": ["-recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CaseStudyMove",
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
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_moves",
                        to="case_studies.casestudy",
                    ),
                ),
            ],
            options={
                "ordering": ["moved_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReleasedStudy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("title", models.CharField(max_length=120)),
                ("before", models.TextField(blank=True)),
                ("turning_point", models.TextField(blank=True)),
                ("what_helped", models.TextField(blank=True)),
                ("now", models.TextField(blank=True)),
                ("own_words", models.TextField(blank=True)),
                ("released_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "released case study",
                "verbose_name_plural": "released case studies",
                "ordering": ["-released_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("released_at")),
                            _connector="OR",
                        ),
                        name="story_withdrawn_after_it_was_released",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="casestudy",
            name="released",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="case_studies.releasedstudy",
            ),
        ),
        migrations.CreateModel(
            name="StudyConsent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "who",
                    models.CharField(
                        choices=[("young_person", "The young person"), ("parent", "A parent or carer")], max_length=20
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Said yes"), ("no", "Said no"), ("taken_back", "Took it back")], max_length=20
                    ),
                ),
                ("asked_on", models.DateField()),
                ("words", models.TextField()),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="case_studies.casestudy",
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="HarmlessReason",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("kind", models.CharField(max_length=20)),
                ("matched", models.CharField(max_length=200)),
                ("why", models.CharField(max_length=300)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reasons", to="case_studies.casestudy"
                    ),
                ),
            ],
            options={
                "ordering": ["matched", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("study", "kind", "matched"), name="one_reason_for_words_of_a_story"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="harmless_for_a_reason"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="casestudy",
            index=models.Index(fields=["person", "-recorded_at"], name="case_studies_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="casestudy",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="case_study_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="casestudy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "released"), _negated=True), ("released__isnull", False), _connector="OR"
                ),
                name="released_case_study_has_its_story",
            ),
        ),
        migrations.AddConstraint(
            model_name="studyconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="consent_has_words"
            ),
        ),
    ]
