"""Letters about a young person to somebody outside, their links, and the words they begin with."""

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
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("gp", "GP practice"), ("school", "School or college"), ("other", "Somebody else")],
                        max_length=20,
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("opening", "The case was opened"),
                            ("closing", "The case is closing"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("recipient", models.CharField(max_length=150)),
                ("practice_code", models.CharField(blank=True, max_length=6)),
                ("words", models.TextField()),
                ("written_on", models.DateField()),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ready", "Waiting to be sent"),
                            ("sent", "Sent, not collected yet"),
                            ("collected", "Collected"),
                            ("acknowledged", "Acknowledged"),
                            ("returned", "Returned"),
                            ("other_way", "Sent another way"),
                            ("not_sent", "Not sent"),
                        ],
                        default="ready",
                        max_length=20,
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("told_on", models.DateField(blank=True, null=True)),
                (
                    "sent_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "By e-mail, collected here"),
                            ("post", "By post"),
                            ("hand", "Handed over"),
                            ("secure", "By secure e-mail of another system"),
                        ],
                        max_length=20,
                    ),
                ),
                ("chase_on", models.DateField(blank=True, null=True)),
                ("collected_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("code_made_at", models.DateTimeField(blank=True, null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="people.person"
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
            },
        ),
        migrations.CreateModel(
            name="LetterLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("address", models.EmailField(max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("lapses_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="letters.letter"
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="LetterMove",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="status_moves", to="letters.letter"
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["moved_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LetterParagraph",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("source", models.TextField()),
                ("verified", models.BooleanField(default=False)),
                ("letter", models.CharField(max_length=40)),
                ("place", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
            ],
            options={
                "ordering": ["letter", "place", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "place", "valid_from"), name="paragraph_once_from_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="NoLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("gp", "GP practice"), ("school", "School or college"), ("other", "Somebody else")],
                        max_length=20,
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("opening", "The case was opened"),
                            ("closing", "The case is closing"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="no_letters", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
            },
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["person", "-recorded_at"], name="letters_of_a_child"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["case", "kind", "occasion"], name="letter_of_a_case"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["status", "chase_on"], name="letters_under_way"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("ready", "returned", "not_sent")), ("told_on__isnull", False), _connector="OR"
                ),
                name="letter_gone_out_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_on__isnull", True), models.Q(("sent_how", ""), _negated=True), _connector="OR"
                ),
                name="letter_gone_out_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "collected"), _negated=True), ("collected_at__isnull", False), _connector="OR"
                ),
                name="letter_collected_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "acknowledged"), _negated=True),
                    ("acknowledged_at__isnull", False),
                    _connector="OR",
                ),
                name="letter_acknowledged_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("sent", "other_way")), _negated=True),
                    models.Q(("sent_how", ""), _negated=True),
                    _connector="OR",
                ),
                name="letter_sent_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="noletter",
            constraint=models.UniqueConstraint(fields=("case", "kind", "occasion"), name="one_reason_for_no_letter"),
        ),
    ]
