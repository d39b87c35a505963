"""What young people say at each step, of their plan and of the service, what changed, and times together."""

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
            name="Feedback",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("given_on", models.DateField()),
                (
                    "by_whom",
                    models.CharField(
                        choices=[("young_person", "The young person"), ("carer", "A parent or carer")],
                        default="young_person",
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="people.person"
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
                "verbose_name_plural": "feedback",
                "ordering": ["-given_on", "-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="FeedbackQuestion",
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
                ("code", models.CharField(max_length=60)),
                ("words", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="feedback_question_once_from_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "face",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Very bad"), (2, "Bad"), (3, "In the middle"), (4, "Good"), (5, "Very good")],
                        null=True,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "feedback",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="voice.feedback"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="voice.feedbackquestion"
                    ),
                ),
            ],
            options={
                "ordering": ["question__position"],
            },
        ),
        migrations.CreateModel(
            name="ReadBack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("plan", models.UUIDField()),
                ("plan_revision", models.PositiveIntegerField()),
                ("read_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("agreed", "It is right"),
                            ("changes", "They want something changed"),
                            ("unsure", "They are not sure yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("read_with", models.CharField(max_length=150)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="read_backs", to="people.person"
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
                "ordering": ["-read_on", "-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Together",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("plan", models.UUIDField(null=True)),
                ("plan_revision", models.PositiveIntegerField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[("finished", "They gave the device back"), ("left", "They left by the way out")],
                        max_length=10,
                    ),
                ),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="together", to="people.person"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="together",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "together",
                "ordering": ["-begun_at"],
            },
        ),
        migrations.CreateModel(
            name="View",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("step", models.CharField(max_length=60)),
                ("said_on", models.DateField()),
                ("words", models.TextField(blank=True)),
                ("asked", models.CharField(blank=True, max_length=300)),
                ("not_said", models.CharField(blank=True, max_length=60)),
                ("not_said_why", models.CharField(blank=True, max_length=300)),
                ("how", models.CharField(blank=True, max_length=60)),
                ("heard_by", models.CharField(max_length=150)),
                ("confirmed", models.BooleanField(default=False)),
                ("why_corrected", models.CharField(blank=True, max_length=300)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="voice.view",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="people.person"
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
                "ordering": ["-said_on", "-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="TogetherStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("question", models.CharField(blank=True, max_length=300)),
                ("words", models.TextField(blank=True)),
                ("answer", models.CharField(blank=True, max_length=20)),
                ("saved_at", models.DateTimeField(null=True)),
                ("set_aside_why", models.CharField(blank=True, max_length=300)),
                (
                    "read_back",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="together_step",
                        to="voice.readback",
                    ),
                ),
                (
                    "together",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="voice.together"
                    ),
                ),
                (
                    "view",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="together_step",
                        to="voice.view",
                    ),
                ),
            ],
            options={
                "ordering": ["together", "position"],
            },
        ),
        migrations.CreateModel(
            name="ChangeMade",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("plan", "In their plan"),
                            ("panel", "At a panel"),
                            ("service", "In the service, for others too"),
                            ("other", "Somewhere else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what", models.TextField()),
                ("changed_on", models.DateField()),
                ("told_on", models.DateField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=300)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes_made", to="people.person"
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
                    "teller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "feedback",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="voice.feedback",
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="voice.view"
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_on", "-recorded_at"],
            },
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["person", "-given_on"], name="feedback_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="feedbackanswer",
            constraint=models.UniqueConstraint(fields=("feedback", "question"), name="question_answered_once"),
        ),
        migrations.AddConstraint(
            model_name="feedbackanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("face__isnull", True), models.Q(("face__gte", 1), ("face__lte", 5)), _connector="OR"
                ),
                name="face_from_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("face__isnull", False), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="feedback_answer_says_something",
            ),
        ),
        migrations.AddIndex(
            model_name="readback",
            index=models.Index(fields=["person", "plan", "-read_on"], name="read_backs_of_a_plan"),
        ),
        migrations.AddIndex(
            model_name="together",
            index=models.Index(fields=["worker", "-begun_at"], name="together_of_a_worker"),
        ),
        migrations.AddConstraint(
            model_name="together",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", ""), ("ended_at__isnull", True)),
                    models.Q(models.Q(("ended", ""), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="together_ended_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="together",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("plan__isnull", True), ("plan_revision__isnull", True)),
                    models.Q(("plan__isnull", False), ("plan_revision__isnull", False)),
                    _connector="OR",
                ),
                name="together_reads_a_plan_as_it_was",
            ),
        ),
        migrations.AddIndex(
            model_name="view",
            index=models.Index(fields=["person", "-said_on"], name="views_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="view",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("words", ""), _negated=True), models.Q(("how", ""), _negated=True), ("not_said", "")
                    ),
                    models.Q(("words", ""), models.Q(("not_said", ""), _negated=True)),
                    _connector="OR",
                ),
                name="view_says_something_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="view",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True), models.Q(("why_corrected", ""), _negated=True), _connector="OR"
                ),
                name="corrected_view_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="togetherstep",
            constraint=models.UniqueConstraint(fields=("together", "position"), name="together_one_step_at_a_place"),
        ),
        migrations.AddIndex(
            model_name="changemade",
            index=models.Index(fields=["person", "-changed_on"], name="changes_for_a_child"),
        ),
        migrations.AddConstraint(
            model_name="changemade",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_how", ""), ("told_on__isnull", True)),
                    models.Q(("told_on__isnull", False), models.Q(("told_how", ""), _negated=True)),
                    _connector="OR",
                ),
                name="change_told_back_on_a_day_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="changemade",
            constraint=models.CheckConstraint(
                condition=models.Q(("view__isnull", True), ("feedback__isnull", True), _connector="OR"),
                name="change_because_of_one_thing",
            ),
        ),
    ]
