"""What supervision keeps a case open for: actions that were agreed and are still to do."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.cases.closing import Unfinished
from trellis.cases.models import Case
from trellis.supervision.models import SupervisionAction


def actions_unfinished(case: Case) -> Iterator[Unfinished]:
    for action in SupervisionAction.objects.to_do().filter(person=case.person_id):
        here = reverse("supervision-action", args=[case.person_id, action.id])
        yield Unfinished(f"Agreed in supervision and still to do: {action.what}", here)
