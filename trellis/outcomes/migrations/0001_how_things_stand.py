"""Outcomes at each point of a case, what its closure needs, and who asks again afterwards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0003_a_closed_case_has_a_day"),
        ("people", "0004_a_place_of_education_beside_the_main_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosureChallenge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(max_length=60)),
                ("met", models.PositiveSmallIntegerField()),
                ("attempted", models.PositiveSmallIntegerField()),
                ("cancelled", models.PositiveSmallIntegerField()),
                ("tried", models.TextField()),
                ("what_else", models.TextField()),
                ("who_else", models.TextField()),
                ("young_person_said", models.TextField()),
                ("may_close", models.BooleanField()),
                ("decided_why", models.TextField()),
                ("decided_on", models.DateField()),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closure_challenges", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closure_challenges",
                        to="people.person",
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
                "ordering": ["-recorded_at"],
                "indexes": [models.Index(fields=["case", "-recorded_at"], name="closure_challenges_of_a_case")],
            },
        ),
        migrations.CreateModel(
            name="ClosureLook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("referred_on", models.DateField()),
                ("learnt", models.TextField()),
                ("change", models.TextField(blank=True)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closure_looks", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closure_looks", to="people.person"
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
                "ordering": ["-recorded_at"],
                "indexes": [models.Index(fields=["case", "-recorded_at"], name="looks_at_a_closure")],
            },
        ),
        migrations.CreateModel(
            name="ClosureTold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "whom",
                    models.CharField(
                        choices=[("school", "School or college"), ("area", "The area that takes over")], max_length=10
                    ),
                ),
                ("told_on", models.DateField(blank=True, null=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("how", models.CharField(blank=True, max_length=200)),
                ("why_not", models.TextField(blank=True)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told_of_closure", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told_of_closure", to="people.person"
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
                "ordering": ["-recorded_at"],
                "indexes": [models.Index(fields=["case", "-recorded_at"], name="told_of_a_closure")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("told_on__isnull", False), ("why_not", ""), models.Q(("name", ""), _negated=True)
                            ),
                            models.Q(
                                ("told_on__isnull", True), ("whom", "school"), models.Q(("why_not", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="told_of_closure_or_why_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "point",
                    models.CharField(
                        choices=[
                            ("start", "At the start"),
                            ("mid", "Half way"),
                            ("close", "At closing"),
                            ("six", "Six months after"),
                            ("twelve", "Twelve months after"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("why_not", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="cases.case"
                    ),
                ),
                (
                    "who_asked",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="people.person"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "recorded_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on__isnull", True)), fields=["due_on"], name="follow_ups_to_do"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "point"), name="one_follow_up_a_point"),
                    models.CheckConstraint(
                        condition=models.Q(("point__in", ("six", "twelve"))), name="follow_up_is_after_closing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("who_asked__isnull", True), ("why_not", "")),
                            models.Q(("done_on__isnull", False), ("who_asked__isnull", False)),
                            _connector="OR",
                        ),
                        name="follow_up_done_has_day_and_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "point",
                    models.CharField(
                        choices=[
                            ("start", "At the start"),
                            ("mid", "Half way"),
                            ("close", "At closing"),
                            ("six", "Six months after"),
                            ("twelve", "Twelve months after"),
                        ],
                        max_length=10,
                    ),
                ),
                ("area", models.CharField(max_length=60)),
                (
                    "stands",
                    models.CharField(
                        choices=[
                            ("achieved", "Achieved"),
                            ("improved", "Improved"),
                            ("same", "The same"),
                            ("worse", "Worse"),
                            ("not_a_need", "Not a need"),
                            ("not_known", "Not known"),
                        ],
                        max_length=20,
                    ),
                ),
                ("evidence", models.TextField(blank=True)),
                (
                    "who_says",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("child", "The young person"),
                            ("family", "Their family or carers"),
                            ("worker", "A worker"),
                            ("data", "What is on record"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_on", models.DateField()),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="people.person"
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
                "ordering": ["case", "point", "area", "-revision"],
                "indexes": [models.Index(fields=["person"], name="outcomes_of_a_child")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "point", "area", "revision"), name="outcome_saved_over_the_one_before"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stands", "not_known"), models.Q(("who_says", ""), _negated=True), _connector="OR"
                        ),
                        name="outcome_known_says_who_says_so",
                    ),
                ],
            },
        ),
    ]
