"""The areas that are asked about: two sets that overlap, each area asked once.

``closure_area`` holds the areas a hub's annual report shows at closure, ``outcome_area`` the six of the evaluation of
Achieving Change Together. An area of both has one code: one answer is read in both sets.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from trellis.core.models import Code

CLOSURE, ACT = "closure_area", "outcome_area"
SETS = {CLOSURE: "at closure", ACT: "ACT"}


@dataclass(frozen=True)
class Area:
    """``sets``: which published figures its answer is read in."""

    code: str
    label: str
    sets: tuple[str, ...]


def areas_on(day: date) -> list[Area]:
    """The areas asked about on ``day``, those of a closure first. One query."""
    in_force = Q(valid_to=None) | Q(valid_to__gt=day)
    rows = Code.objects.filter(in_force, list__in=SETS, valid_from__lte=day).order_by("list", "position", "valid_from")
    found: dict[str, Area] = {}
    for row in rows:
        before = found.get(row.code)
        sets = tuple(dict.fromkeys((*(before.sets if before else ()), row.list)))
        found[row.code] = Area(row.code, before.label if before and before.sets[0] != row.list else row.label, sets)
    return list(found.values())
