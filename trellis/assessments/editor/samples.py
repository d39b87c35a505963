"""The sample tools this system brings along, put in when the database is set up."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from trellis.assessments.instruments.reading import fingerprint, read
from trellis.assessments.models import Instrument, InstrumentVersion
from trellis.core.clocks import now

FOLDER = Path(__file__).resolve().parent.parent / "reference" / "instruments"
OF_THE_TOOL = ("code", "name", "purpose", "about", "exploitation_types", "age_from", "age_to", "is_sample")


def load_samples(using: str = "default") -> int:
    """Publish version 1 of each sample tool the database does not hold; one that is there stays as it is.

    Returns how many were added. Raises Unusable where a file does not read.
    """
    held = set(Instrument.objects.using(using).values_list("code", flat=True))
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    missing = [tool for tool in files if tool["code"] not in held]
    for tool in missing:
        _publish(tool, using)
    return len(missing)


def _publish(tool: dict[str, Any], using: str) -> None:
    read(tool["definition"])
    with transaction.atomic(using=using):
        made = Instrument.objects.using(using).create(**{name: tool[name] for name in OF_THE_TOOL})
        InstrumentVersion.objects.using(using).create(
            instrument=made,
            number=1,
            definition=tool["definition"],
            fingerprint=fingerprint(tool["definition"]),
            valid_from=date.fromisoformat(tool["valid_from"]),
            published_at=now(),
            what_changed=tool["what_changed"],
        )
