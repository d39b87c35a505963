"""What the roles of a hub may do from health to adulthood. What a hub has changed stays beside."""

from django.db import migrations

HUB = [
    *("HEALTH_WRITE", "LETTER_SEND", "VOICE_WRITE", "NRM_WRITE", "OUTCOME_WRITE"),
    *("TRANSITION_WRITE", "ADULT_BASIS_RECORD", "CASE_STUDY_WRITE"),
]
MORE = {
    "practitioner": HUB,
    "missing_worker": ["VOICE_WRITE"],
    "manager": [*HUB, "CASE_STUDY_RELEASE"],
}


def add_permissions(apps, schema_editor):
    roles = apps.get_model("accounts", "Role").objects.using(schema_editor.connection.alias)
    for role in roles.filter(code__in=MORE):
        role.permissions += [name for name in MORE[role.code] if name not in role.permissions]
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_roles_of_the_missing_desk")]
    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
