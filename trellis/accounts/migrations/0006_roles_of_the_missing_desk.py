"""What the roles of a hub may do at the missing desk and its panels. What a hub has changed stays beside."""

from django.db import migrations

DESK = ["MISSING_PROFILE_WRITE", "INTERVIEW_AUDIT", "PANEL_READ", "PANEL_REFER", "PANEL_UPDATE"]
MORE = {
    "practitioner": [*DESK, "PREVENTION_INTERVIEW_RECORD"],
    "missing_worker": DESK,
    "manager": [
        *DESK,
        "PREVENTION_INTERVIEW_RECORD",
        "MISSING_ESCALATED",
        "MISSING_RECONCILE",
        "PANEL_LEAD",
    ],
    "analyst": ["MISSING_RECONCILE"],
    "partner": ["PANEL_UPDATE"],
}


def add_permissions(apps, schema_editor):
    roles = apps.get_model("accounts", "Role").objects.using(schema_editor.connection.alias)
    for role in roles.filter(code__in=MORE):
        role.permissions += [name for name in MORE[role.code] if name not in role.permissions]
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_roles_of_casework")]
    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
