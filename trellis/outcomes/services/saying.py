"""How things stand in each area at one point of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.lifecycle import OPEN
from trellis.cases.models import Case
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import now, today
from trellis.core.presenters import plural
from trellis.outcomes.lifecycle import check_point
from trellis.outcomes.models import AFTER, OutcomeRecord, Point
from trellis.outcomes.services.follow_ups import followed_up


@dataclass(frozen=True)
class Answer:
    """How things stand in one area (``status`` a Standing), who says so, and what shows it. ``after``: the revision
    that whoever answers had seen, 0 for none."""

    status: str
    who_says: str = ""
    evidence: str = ""
    after: int = 0

    def same_as(self, row: OutcomeRecord | None) -> bool:
        told = (self.status, self.who_says, self.evidence, self.after)
        return row is not None and told == (row.stands, row.who_says, row.evidence, row.revision)


@transaction.atomic
def record_outcomes(
    *, case: Case, point: str, answers: Mapping[str, Answer], by: User, key: UUID | None = None
) -> list[OutcomeRecord]:
    """Write down ``answers`` (area to answer) at ``point``; one that says what stands already adds nothing, an area
    left out stays not yet asked. The same form sent again gives back what it made. At a point after closing
    whoever asks sees no chronology and writes none; it is followed up with that, and the sight given for it ends.

    Raises Refused without OUTCOME_WRITE, NotAsItStands for a point the case is not at, ChangedMeanwhile: then nothing
    is saved.
    """
    check_may(by, Permission.OUTCOME_WRITE)
    case = Case.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(id=case.id)
    check_point(point, is_open=case.status == OPEN)
    before = {row.area: row for row in OutcomeRecord.objects.filter(case=case, point=point).standing()}
    made = [
        _say(case, point, area, answer, by, uuid5(key, area) if key else None)
        for area, answer in answers.items()
        if not answer.same_as(before.get(area))
    ]
    fresh = [row for row, is_new in made if is_new]
    if fresh and point not in AFTER:
        add_chronology_entry(
            person=case.person,
            happened_at=now(),
            kind="outcomes",
            title=f"How things stand, {Point(point).label.lower()}: {plural(len(fresh), 'area')}",
            by=by,
            subject=case.id,
        )
    if fresh:
        note(Action.WRITE, "outcomes", object_id=case.id, children=[case.person_id])
    if point in AFTER:
        followed_up(case=case, point=point, by=by)
    return [row for row, _ in made]


def _say(case: Case, point: str, area: str, answer: Answer, by: User, key: UUID | None) -> tuple[OutcomeRecord, bool]:
    row = OutcomeRecord(
        person_id=case.person_id,
        case=case,
        point=point,
        area=area,
        stands=answer.status,
        evidence=answer.evidence,
        who_says=answer.who_says,
        recorded_on=today(),
        form_key=key,
        recorded_by=by,
    )
    stored = row.add_after(answer.after)
    return stored, stored is row
