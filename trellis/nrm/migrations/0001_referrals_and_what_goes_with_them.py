"""Referrals to the National Referral Mechanism, their decisions, words and routes; guardians and the defence in court."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.core.ids
import trellis.core.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_roles_from_help_to_adulthood"),
        ("people", "0004_a_place_of_education_beside_the_main_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NrmDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[("reasonable", "Reasonable grounds"), ("conclusive", "Conclusive grounds")],
                        max_length=20,
                    ),
                ),
                ("outcome", models.CharField(max_length=40)),
                ("decided_on", models.DateField()),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("central", "Central competent authority"),
                            ("devolved", "Local panel (devolved decisions)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("chair", models.CharField(blank=True, max_length=150)),
                ("form_key", models.UUIDField(null=True, unique=True)),
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
                "ordering": ["decided_on", "-stage", "recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="NrmReferral",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("reasonable", "Reasonable grounds decided"),
                            ("conclusive", "Conclusive grounds decided"),
                            ("reconsideration", "Reconsideration asked for"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                            ("notified", "Notified without a referral"),
                        ],
                        default="referred",
                        max_length=20,
                    ),
                ),
                ("first_responder", models.CharField(max_length=150)),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("not_needed", "Not needed: under 18"),
                            ("given", "Given"),
                            ("duty", "Not given: the duty to notify was met instead"),
                        ],
                        max_length=20,
                    ),
                ),
                ("consented_on", models.DateField(blank=True, null=True)),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                (
                    "county_lines",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="not_known",
                        max_length=10,
                    ),
                ),
                (
                    "happened_where",
                    models.CharField(
                        choices=[
                            ("uk", "In the UK"),
                            ("abroad", "Abroad"),
                            ("both", "In the UK and abroad"),
                            ("not_known", "Not known"),
                        ],
                        default="not_known",
                        max_length=10,
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("reference", models.CharField(blank=True, max_length=40)),
                (
                    "body",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("central", "Central competent authority"),
                            ("devolved", "Local panel (devolved decisions)"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "clock",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reasonable_due", "Reasonable grounds are due by"),
                            ("conclusive_from", "Conclusive grounds may be decided from"),
                            ("reconsider_by", "Last day to ask for reconsideration"),
                        ],
                        max_length=20,
                    ),
                ),
                ("clock_on", models.DateField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="nrm_referrals", to="people.person"
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
                "ordering": ["-submitted_at"],
            },
        ),
        migrations.CreateModel(
            name="NrmReconsideration",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("asked_on", models.DateField()),
                ("asked_by", models.CharField(max_length=150)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "Decided otherwise"),
                            ("stands", "Looked at again: the decision stands"),
                            ("not_taken_up", "Not looked at again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconsiderations",
                        to="nrm.nrmdecision",
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
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconsiderations",
                        to="nrm.nrmreferral",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_on"],
            },
        ),
        migrations.AddField(
            model_name="nrmdecision",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="nrm.nrmreferral"
            ),
        ),
        migrations.CreateModel(
            name="NrmReferralMove",
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
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="status_moves", to="nrm.nrmreferral"
                    ),
                ),
            ],
            options={
                "ordering": ["moved_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NrmRoute",
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
                ("authority", models.CharField(blank=True, max_length=9)),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("central", "Central competent authority"),
                            ("devolved", "Local panel (devolved decisions)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("conditions", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["body", "authority", "valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("authority", "="),
                            ("body", "="),
                            (trellis.core.models.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="nrm_route_said_once_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NrmStatement",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("told", "What was told with the referral"),
                            ("evidence", "Evidence sent"),
                            ("reasons", "Reasons given for the decision"),
                            ("reconsider", "Why it should be looked at again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("said_on", models.DateField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="nrm_statements", to="people.person"
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
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="nrm.nrmreferral"
                    ),
                ),
            ],
            options={
                "ordering": ["said_on", "recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Section45",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("matter", models.CharField(max_length=150)),
                ("considered_on", models.DateField()),
                (
                    "raised",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="not_known",
                        max_length=10,
                    ),
                ),
                (
                    "solicitor_told",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="not_known",
                        max_length=10,
                    ),
                ),
                (
                    "cps_told",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="not_known",
                        max_length=10,
                    ),
                ),
                (
                    "schedule_4",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="not_known",
                        max_length=10,
                    ),
                ),
                (
                    "used_in_court",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="not_known",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Not decided yet"),
                            ("not_charged", "Not charged, or charges dropped"),
                            ("accepted", "The defence succeeded"),
                            ("not_accepted", "The defence did not succeed"),
                            ("not_raised", "The defence was not raised"),
                            ("not_known", "Not known"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="section_45", to="people.person"
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
                "verbose_name": "section 45 defence",
                "ordering": ["-considered_on"],
            },
        ),
        migrations.CreateModel(
            name="Guardian",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("asked_on", models.DateField()),
                ("service", models.CharField(max_length=150)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("first_contact_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="guardians", to="people.person"
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
                "ordering": ["-asked_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("person",),
                        name="one_guardian_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_contact_on__isnull", True),
                            ("first_contact_on__gte", models.F("asked_on")),
                            _connector="OR",
                        ),
                        name="guardian_met_after_asked_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_why", "")),
                            models.Q(
                                ("ended_on__gte", models.F("asked_on")),
                                ("ended_on__isnull", False),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="guardian_ended_says_why",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="nrmreferral",
            index=models.Index(fields=["person", "-submitted_at"], name="nrm_referrals_of_a_child"),
        ),
        migrations.AddIndex(
            model_name="nrmreferral",
            index=models.Index(fields=["clock_on"], name="nrm_clocks"),
        ),
        migrations.AddConstraint(
            model_name="nrmreferral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "referred")), fields=("person",), name="one_nrm_referral_waits_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", ""), ("consent", "duty"), ("status", "notified")),
                    models.Q(
                        models.Q(("consent", "duty"), _negated=True),
                        models.Q(("status", "notified"), _negated=True),
                        models.Q(("body", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="nrm_referral_goes_to_a_body_a_notice_to_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent", "given"), ("consented_on__isnull", False)),
                    models.Q(models.Q(("consent", "given"), _negated=True), ("consented_on__isnull", True)),
                    _connector="OR",
                ),
                name="nrm_consent_given_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clock", ""), ("clock_on__isnull", True)),
                    models.Q(models.Q(("clock", ""), _negated=True), ("clock_on__isnull", False)),
                    _connector="OR",
                ),
                name="nrm_clock_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(("types", []), _negated=True), name="nrm_referral_says_of_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmreconsideration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("referral",), name="one_nrm_reconsideration_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmreconsideration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on__isnull", True), ("outcome", "")),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("answered_on__gte", models.F("asked_on")),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="nrm_reconsideration_answered_has_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="nrmdecision",
            index=models.Index(fields=["referral", "decided_on"], name="nrm_decisions_in_order"),
        ),
        migrations.AddConstraint(
            model_name="nrmdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ("reasonable", "conclusive"))), name="nrm_decision_is_of_a_stage"
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", "devolved"), _negated=True),
                    models.Q(("chair", ""), _negated=True),
                    _connector="OR",
                ),
                name="nrm_panel_says_who_led_it",
            ),
        ),
        migrations.AddIndex(
            model_name="nrmstatement",
            index=models.Index(fields=["referral", "said_on"], name="nrm_statements_in_order"),
        ),
        migrations.AddConstraint(
            model_name="section45",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome_on__isnull", True),
                    models.Q(
                        models.Q(("outcome", "waiting"), _negated=True), ("outcome_on__gte", models.F("considered_on"))
                    ),
                    _connector="OR",
                ),
                name="section_45_outcome_after_it_was_considered",
            ),
        ),
    ]
