"""The handling codes a hub starts with and which agencies may hold them. From here on they are rows that the hub edits."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

NEW = "College of Policing, intelligence management: the 3x5x2 report"
OLD = "National Intelligence Model, the 5x5x5 report: from memory, to be checked by the hub"
ASK = "Ask the owner before this goes any further."
EVERYBODY = "everybody"
CO_LOCATED = "co_located"
POLICE = "police"
# Code, scheme, label, conditions needed, for new items, source, verified, who may hold it.
CODES = [
    ("P", "3x5x2", "Lawful sharing permitted", False, True, NEW, True, EVERYBODY),
    ("C", "3x5x2", "Lawful sharing permitted with conditions", True, True, NEW, True, CO_LOCATED),
    ("5x5x5:1", "5x5x5", "Default: police and other law enforcement in the UK", False, False, OLD, False, CO_LOCATED),
    ("5x5x5:2", "5x5x5", "To UK bodies that do not prosecute, with conditions", True, False, OLD, False, CO_LOCATED),
    ("5x5x5:3", "5x5x5", "To law enforcement in the EEA", False, False, OLD, False, POLICE),
    ("5x5x5:4", "5x5x5", "Within the originating agency only", False, False, OLD, False, POLICE),
    ("5x5x5:5", "5x5x5", "No further than the recipient, with conditions", True, False, OLD, False, POLICE),
]
DEFAULTS = {"police": "C"}


def add_codes(apps, schema_editor):
    using = schema_editor.connection.alias
    code, rule = (apps.get_model("need_to_know", name) for name in ("HandlingCode", "HandlingRule"))
    agencies = list(apps.get_model("accounts", "Agency").objects.using(using).all())
    for name, scheme, label, needs, new, source, verified, holders in CODES:
        code.objects.using(using).create(
            id=uuid5(NAMESPACE_URL, f"trellis:handlingcode:{name}"),
            code=name,
            scheme=scheme,
            label=label,
            needs_conditions=needs,
            for_new_items=new,
            valid_from=date(2010, 1, 1),
            source=source,
            verified=verified,
        )
        for agency in agencies:
            default = DEFAULTS.get(agency.code, "P") == name
            if holders == EVERYBODY or (holders == CO_LOCATED and agency.co_located) or agency.code == holders:
                rule.objects.using(using).create(
                    id=uuid5(NAMESPACE_URL, f"trellis:handlingrule:{agency.code}:{name}"),
                    agency=agency,
                    code_id=name,
                    is_default=default,
                    conditions=ASK if default and needs else "",
                )


class Migration(migrations.Migration):
    dependencies = [("need_to_know", "0002_sight"), ("accounts", "0002_first_agencies_and_roles")]
    operations = [migrations.RunPython(add_codes, migrations.RunPython.noop)]
