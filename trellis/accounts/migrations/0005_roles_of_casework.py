"""What the roles of a hub may do in casework. A hub that has changed its roles keeps what it has beside."""

from django.db import migrations

WRITE = ["PERSON_EDIT", "ASSESSMENT_WRITE", "CONTRIBUTION_GIVE", "PLAN_WRITE", "SUPERVISION_WRITE", "DOCUMENT_ADD"]
MORE = {
    "practitioner": [*WRITE, "FORMULATION_WRITE"],
    "missing_worker": ["CONTRIBUTION_GIVE", "DOCUMENT_ADD"],
    "manager": [
        *WRITE,
        "ASSESSMENT_SIGN_OFF",
        "OVERSIGHT_WRITE",
        "INSTRUMENT_EDIT",
        "INSTRUMENT_PUBLISH",
        "WORDING_EDIT",
    ],
    "partner": ["CONTRIBUTION_GIVE"],
}


def add_permissions(apps, schema_editor):
    roles = apps.get_model("accounts", "Role").objects.using(schema_editor.connection.alias)
    for role in roles.filter(code__in=MORE):
        role.permissions += [name for name in MORE[role.code] if name not in role.permissions]
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_single_sign_on_and_invitations")]
    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
