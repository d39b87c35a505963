"""The agencies, teams and roles a hub starts with. From here on they are rows that the hub edits."""

from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

AGENCIES = [
    ("social_care", "Children's social care", True),
    ("police", "Police", True),
    ("health", "Health", True),
    ("psychology", "Psychology", True),
    ("adult_social_care", "Adult social care", True),
    ("early_help", "Early help", True),
    ("missing_team", "Missing from home team", True),
    ("probation", "Probation", True),
    ("youth_justice", "Youth justice", False),
    ("education", "Education", False),
    ("housing", "Housing", False),
    ("voluntary", "Voluntary and community", False),
]
TEAMS = [
    ("hub", "Complex Safeguarding Hub"),
    ("missing", "Missing from home team"),
    ("management", "Hub management"),
    ("analysis", "Analysis"),
]
READ = ["CHILD_READ", "CHILD_SEARCH"]
ROLES = [
    (
        "practitioner",
        "Hub practitioner",
        [
            *READ,
            "CHRONOLOGY_WRITE",
            "REFERRAL_CREATE",
            "MISSING_DESK_READ",
            "INTERVIEW_RECORD",
            "REPORT_READ",
            "SHARE_DECIDE",
            "POINTER_ASK",
            "RECORD_EXPORT",
            "BREAK_GLASS",
        ],
    ),
    (
        "missing_worker",
        "Missing from home worker",
        [
            *READ,
            "CHRONOLOGY_WRITE",
            "REFERRAL_CREATE",
            "MISSING_DESK_READ",
            "MISSING_RECORD",
            "INTERVIEW_RECORD",
            "POINTER_ASK",
            "BREAK_GLASS",
        ],
    ),
    (
        "manager",
        "Hub manager",
        [
            *READ,
            "CHRONOLOGY_WRITE",
            "CASE_ALLOCATE",
            "CASE_CLOSE",
            "REFERRAL_CREATE",
            "REFERRAL_DECIDE",
            "MISSING_DESK_READ",
            "MISSING_RECORD",
            "INTERVIEW_RECORD",
            "REPORT_READ",
            "SHARE_DECIDE",
            "POINTER_ASK",
            "RECORD_EXPORT",
            "BREAK_GLASS",
            "BREAK_GLASS_REVIEW",
            "EXCLUSION_MANAGE",
            "SEAL_MANAGE",
            "ACCESS_REVIEW",
        ],
    ),
    ("analyst", "Analyst", ["REPORT_READ"]),
    ("partner", "Remote partner", [*READ, "REFERRAL_CREATE", "POINTER_ASK"]),
    ("administrator", "Administrator", ["ACCOUNT_MANAGE"]),
    ("auditor", "Information governance", ["AUDIT_READ", "ACCESS_REVIEW", "BREAK_GLASS_REVIEW"]),
]


def add_first_rows(apps, schema_editor):
    using = schema_editor.connection.alias

    def add(model, fields, rows):
        """The same rows in every hub, identifiers too: none of them is a secret."""
        made = [model(**dict(zip(fields, row, strict=True))) for row in rows]
        for row in made:
            row.id = uuid5(NAMESPACE_URL, f"trellis:{model._meta.model_name}:{row.code}")
        model.objects.using(using).bulk_create(made)

    agency = apps.get_model("accounts", "Agency")
    add(agency, ("code", "name", "co_located"), AGENCIES)
    agency.objects.using(using).filter(code="police").update(opens_in_emergency=False)
    add(apps.get_model("accounts", "Team"), ("code", "name"), TEAMS)
    add(apps.get_model("accounts", "Role"), ("code", "name", "permissions"), ROLES)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add_first_rows, migrations.RunPython.noop)]
